"""Begins a run with the weights of an exported detector of ours.

The file has its normalisation folded into the convolutions. To train on, each
layer of normalisation gets the mean and variance that its input really has,
and a scale and shift that undo them, so that the first step sees the same
network as the file.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from vitrine.detector.network import FaceDetector


def _in_order(network: FaceDetector) -> list[tuple[nn.Conv2d, nn.BatchNorm2d | None]]:
    """Convolutions as they are called, each with the normalisation that follows it at once."""
    calls: list[nn.Module] = []
    hooks = [m.register_forward_hook(lambda m, *_: calls.append(m)) for m in network.modules()
             if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    with torch.no_grad():
        network(torch.zeros(1, 3, 32, 32))
    for hook in hooks:
        hook.remove()
    following = [*calls[1:], None]
    return [(c, n if isinstance(n, nn.BatchNorm2d) else None) for c, n in zip(calls, following) if isinstance(c, nn.Conv2d)]


@torch.no_grad()
def start_from(network: FaceDetector, path: Path, batches: list[Tensor]) -> None:
    """Set the network's weights to those of the file, which must have been exported from one of the same widths.

    Landmark branches that the file has not got begin as they are: with no correction.

    batches: float [B, 3, H, W], pictures as in training.
    """
    graph = onnx.load(str(path)).graph
    values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    nodes = [n for n in graph.node if n.op_type == "Conv"]
    network.eval()
    layers = _in_order(network)
    if len(nodes) < len(layers):
        new = set(network.landmarks.modules())
        layers = [layer for layer in layers if layer[0] not in new]
    if [tuple(values[n.input[1]].shape) for n in nodes] != [tuple(c.weight.shape) for c, _ in layers]:
        raise SystemExit(f"{path} has not the widths of the config: it cannot be the start of this run.")
    for node, (convolution, norm) in zip(nodes, layers):
        convolution.weight.copy_(values[node.input[1]])
        bias = values[node.input[2]] if len(node.input) > 2 else torch.zeros(convolution.out_channels)
        if norm is None:
            if convolution.bias is not None:
                convolution.bias.copy_(bias)
            continue
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.fill_(1)
        norm.bias.copy_(bias)
    _normalise(network, batches)


def _normalise(network: FaceDetector, batches: list[Tensor]) -> None:
    """Replace the empty statistics by real ones without changing what the network does."""
    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    sums: dict[nn.Module, list[Tensor]] = {m: [] for m in norms}
    hooks = [m.register_forward_pre_hook(lambda m, x: sums[m].append(torch.stack([x[0].mean((0, 2, 3)), x[0].square().mean((0, 2, 3))])))
             for m in norms]
    for batch in batches:
        network(batch)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        mean, square = torch.stack(sums[norm]).mean(0)
        variance = (square - mean.square()).clamp(min=1e-6)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.bias.add_(mean)
        norm.weight.copy_((variance + norm.eps).sqrt())
