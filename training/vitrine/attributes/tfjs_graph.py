"""Runs small TensorFlow.js graph models (as npm packages ship them) with PyTorch: the teachers of `hint`.

Knows the operations of convolutional networks only; the graph is walked once in the order of the file's needs.
"""
from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F


def read_weights(folder: Path, manifest: list[dict]) -> dict[str, torch.Tensor]:
    """Weights by name as float32 (half precision and 8-bit affine quantisation are undone)."""
    found = {}
    for group in manifest:
        data = b"".join((folder / p).read_bytes() for p in group["paths"])
        at = 0
        for weight in group["weights"]:
            quantised = weight.get("quantization")
            kind = np.dtype(quantised["dtype"] if quantised else weight["dtype"])
            count = int(np.prod(weight["shape"]))
            values = np.frombuffer(data, kind, count, at).reshape(weight["shape"])
            at += count * kind.itemsize
            if quantised and "scale" in quantised:
                values = values.astype(np.float32) * quantised["scale"] + quantised["min"]
            if values.dtype.kind == "f":
                values = values.astype(np.float32)
            found[weight["name"]] = torch.from_numpy(np.array(values))
    return found


def same_padding(x: torch.Tensor, kernel: int, stride: int, value: float = 0.0) -> torch.Tensor:
    """TensorFlow's SAME: as many zeros as needed, the odd one at the right and the bottom."""
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads, value=value) if any(pads) else x


class TfjsGraph:
    """A graph model; `run` takes [n, 3, h, w] and gives the named inner values."""

    def __init__(self, path: Path):
        content = json.loads(Path(path).read_text())
        self.nodes = {n["name"]: n for n in content["modelTopology"]["node"]}
        self.weights = read_weights(Path(path).parent, content["weightsManifest"])

    @torch.no_grad()
    def run(self, images: torch.Tensor, wanted: list[str]) -> list[torch.Tensor]:
        """Values of the nodes `wanted`; pictures are float [n, 3, h, w]. A value is dropped after its last use."""
        done: dict[str, torch.Tensor] = dict(self.weights)
        plan = self.order(wanted)
        uses = {name: sum(name in self.inputs(other) for other in plan) for name in plan}
        for name in plan:
            node = self.nodes[name]
            needed = self.inputs(name)
            done[name] = images if node["op"] == "Placeholder" else self.apply(node, [done[i] for i in needed])
            for i in needed:
                if i in uses:
                    uses[i] -= 1
                    if not uses[i] and i not in wanted:
                        del done[i]
        return [done[n] for n in wanted]

    def inputs(self, name: str) -> list[str]:
        """What a node reads."""
        return [i.split(":")[0] for i in self.nodes[name].get("input", [])]

    def order(self, wanted: list[str]) -> list[str]:
        """The nodes to compute, each after what it reads."""
        plan: list[str] = []
        for name in wanted:
            stack = [name]
            while stack:
                top = stack[-1]
                missing = [i for i in self.inputs(top) if i not in plan and i not in self.weights]
                if missing and top not in plan:
                    stack += missing
                else:
                    stack.pop()
                    if top not in plan and top not in self.weights:
                        plan.append(top)
        return plan

    def apply(self, node: dict, x: list[torch.Tensor]) -> torch.Tensor:
        """One operation; pictures are channels-first here, weights as in the file."""
        kind = node["op"]
        if kind in ("Conv2D", "_FusedConv2D", "DepthwiseConv2dNative"):
            return self.convolve(node, x)
        if kind in ("_FusedMatMul", "MatMul"):
            y = x[0] @ x[1]
            return self.fused(node, y + x[2] if len(x) > 2 else y)
        if kind in ("Add", "AddV2", "Mul"):
            a, b = self.aligned(x[0], x[1])
            return a * b if kind == "Mul" else a + b
        simple = {"Relu": lambda: x[0].relu(), "Minimum": lambda: torch.minimum(x[0], x[1]),
                  "Maximum": lambda: torch.maximum(x[0], x[1]), "Sigmoid": lambda: x[0].sigmoid(),
                  "Softmax": lambda: x[0].softmax(-1), "Identity": lambda: x[0],
                  "Mean": lambda: x[0].mean((2, 3)), "MaxPool": lambda: self.pool(node, x[0])}
        if kind not in simple:
            raise ValueError(f"The operation {kind} of this tfjs graph is not known to tfjs_graph.py.")
        return simple[kind]()

    @staticmethod
    def aligned(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """A vector beside a picture speaks of its channels."""
        if a.dim() == 4 and b.dim() == 1:
            return a, b[:, None, None]
        return (a[:, None, None], b) if b.dim() == 4 and a.dim() == 1 else (a, b)

    @staticmethod
    def fused(node: dict, y: torch.Tensor) -> torch.Tensor:
        """The activation that was fused into a node."""
        names = [base64.b64decode(s) for s in node["attr"].get("fused_ops", {}).get("list", {}).get("s", [])]
        return y.relu() if b"Relu" in names else y

    @staticmethod
    def geometry(node: dict) -> tuple[int, bool]:
        """Stride and whether padding is SAME."""
        return int(node["attr"]["strides"]["list"]["i"][1]), base64.b64decode(node["attr"]["padding"]["s"]) == b"SAME"

    def convolve(self, node: dict, x: list[torch.Tensor]) -> torch.Tensor:
        """Plain or depthwise convolution, with a fused bias where given."""
        stride, same = self.geometry(node)
        kernel, groups = x[1].permute(3, 2, 0, 1), 1
        if node["op"] == "DepthwiseConv2dNative":
            kernel, groups = x[1].permute(2, 3, 0, 1), x[1].shape[2]
        picture = same_padding(x[0], kernel.shape[2], stride) if same else x[0]
        return self.fused(node, F.conv2d(picture, kernel.contiguous(), x[2] if len(x) > 2 else None, stride,
                                         groups=groups))

    def pool(self, node: dict, x: torch.Tensor) -> torch.Tensor:
        """Largest value of a window."""
        stride, same = self.geometry(node)
        size = int(node["attr"]["ksize"]["list"]["i"][1])
        return F.max_pool2d(same_padding(x, size, stride, -torch.inf) if same else x, size, stride)
