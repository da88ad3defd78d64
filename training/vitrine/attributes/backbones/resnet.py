"""Residual networks (He et al. 2016, "Deep Residual Learning for Image Recognition"), table 1."""
from __future__ import annotations

import torch
from torch import nn


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Sequential:
    """Convolution and batch normalisation."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    """A residual block; `bottleneck` is the 1-3-1 form with four times as many outputs as inner channels."""

    def __init__(self, inputs: int, inner: int, stride: int, bottleneck: bool):
        super().__init__()
        outputs = inner * 4 if bottleneck else inner
        if bottleneck:
            self.body = nn.Sequential(convolution(inputs, inner, 1), nn.ReLU(inplace=True),
                                      convolution(inner, inner, 3, stride), nn.ReLU(inplace=True),
                                      convolution(inner, outputs, 1))
        else:
            self.body = nn.Sequential(convolution(inputs, inner, 3, stride), nn.ReLU(inplace=True),
                                      convolution(inner, outputs, 3))
        nn.init.zeros_(self.body[-1][1].weight)
        self.skip = convolution(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h / stride, w / stride]."""
        return torch.relu(self.body(x) + self.skip(x))


class ResNet(nn.Module):
    """Stem, four stages, global mean."""

    def __init__(self, depths: tuple[int, int, int, int], bottleneck: bool):
        super().__init__()
        self.stem = nn.Sequential(convolution(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1))
        stages, inputs = [], 64
        for i, depth in enumerate(depths):
            inner = 64 * 2**i
            for j in range(depth):
                stages.append(Block(inputs, inner, 2 if i and j == 0 else 1, bottleneck))
                inputs = inner * 4 if bottleneck else inner
        self.stages = nn.Sequential(*stages)
        self.width = inputs
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, width]."""
        return self.stages(self.stem(x)).mean((2, 3))
