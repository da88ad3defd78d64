"""MobileNetV2 (Sandler et al. 2018, "Inverted Residuals and Linear Bottlenecks"), table 2, width 1."""
from __future__ import annotations

import torch
from torch import nn

from .relu6 import ReLU6


def layer(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, active: bool = True) -> nn.Sequential:
    """Convolution, batch normalisation and, where active, ReLU6."""
    parts: list[nn.Module] = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
                              nn.BatchNorm2d(outputs)]
    return nn.Sequential(*parts, ReLU6()) if active else nn.Sequential(*parts)


class Inverted(nn.Module):
    """Expand, filter each channel, project; with a skip where the shape stays."""

    def __init__(self, inputs: int, outputs: int, stride: int, factor: int):
        super().__init__()
        inner = inputs * factor
        parts = [layer(inputs, inner, 1)] if factor > 1 else []
        self.body = nn.Sequential(*parts, layer(inner, inner, 3, stride, inner), layer(inner, outputs, 1, active=False))
        self.skips = stride == 1 and inputs == outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h / stride, w / stride]."""
        return x + self.body(x) if self.skips else self.body(x)


class MobileNetV2(nn.Module):
    """The seventeen inverted residuals between two plain layers."""

    width = 1280

    def __init__(self):
        super().__init__()
        parts: list[nn.Module] = [layer(3, 32, 3, 2)]
        inputs = 32
        for factor, outputs, repeats, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
                                                 (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
            for i in range(repeats):
                parts.append(Inverted(inputs, outputs, stride if i == 0 else 1, factor))
                inputs = outputs
        self.layers = nn.Sequential(*parts, layer(inputs, self.width, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, 1280]."""
        return self.layers(x).mean((2, 3))


def build() -> MobileNetV2:
    """Untrained."""
    return MobileNetV2()
