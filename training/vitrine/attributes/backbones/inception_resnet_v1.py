"""Inception-ResNet-v1 (Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the Impact of Residual Connections").

The original takes 299 pixels and pads nothing in its stem; for faces of 64 to 112 pixels every layer pads here, and the
first layer and the first pool alone halve the size before block A.
"""
from __future__ import annotations

import torch
from torch import nn


def layer(inputs: int, outputs: int, kernel: int | tuple[int, int], stride: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU."""
    pair = (kernel, kernel) if isinstance(kernel, int) else kernel
    return nn.Sequential(nn.Conv2d(inputs, outputs, pair, stride, (pair[0] // 2, pair[1] // 2), bias=False),
                         nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Mixed(nn.Module):
    """Branches side by side, joined, projected and added to what came in, scaled down."""

    def __init__(self, channels: int, branches: list[nn.Module], joined: int, scale: float):
        super().__init__()
        self.branches = nn.ModuleList(branches)
        self.project = nn.Conv2d(joined, channels, 1)
        self.scale = scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, channels, h, w], the same shape."""
        return torch.relu(x + self.scale * self.project(torch.cat([b(x) for b in self.branches], 1)))


class Reduction(nn.Module):
    """Branches that halve the size, joined."""

    def __init__(self, branches: list[nn.Module]):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, channels, h, w] to [n, more, h / 2, w / 2]."""
        return torch.cat([b(x) for b in self.branches], 1)


def block_a() -> Mixed:
    """35x35 in the original."""
    return Mixed(256, [layer(256, 32, 1), nn.Sequential(layer(256, 32, 1), layer(32, 32, 3)),
                       nn.Sequential(layer(256, 32, 1), layer(32, 32, 3), layer(32, 32, 3))], 96, 0.17)


def block_b() -> Mixed:
    """17x17 in the original."""
    return Mixed(896, [layer(896, 128, 1), nn.Sequential(layer(896, 128, 1), layer(128, 128, (1, 7)),
                                                         layer(128, 128, (7, 1)))], 256, 0.10)


def block_c() -> Mixed:
    """8x8 in the original."""
    return Mixed(1792, [layer(1792, 192, 1), nn.Sequential(layer(1792, 192, 1), layer(192, 192, (1, 3)),
                                                           layer(192, 192, (3, 1)))], 384, 0.20)


class InceptionResNetV1(nn.Module):
    """Stem, 5 blocks A, 10 blocks B, 5 blocks C."""

    width = 1792

    def __init__(self):
        super().__init__()
        pool = nn.MaxPool2d(3, 2, 1)
        self.layers = nn.Sequential(
            layer(3, 32, 3, 2), layer(32, 32, 3), layer(32, 64, 3), nn.MaxPool2d(3, 2, 1),
            layer(64, 80, 1), layer(80, 192, 3), layer(192, 256, 3), *[block_a() for _ in range(5)],
            Reduction([layer(256, 384, 3, 2), nn.Sequential(layer(256, 192, 1), layer(192, 192, 3),
                                                            layer(192, 256, 3, 2)), pool]),
            *[block_b() for _ in range(10)],
            Reduction([nn.Sequential(layer(896, 256, 1), layer(256, 384, 3, 2)),
                       nn.Sequential(layer(896, 256, 1), layer(256, 256, 3, 2)),
                       nn.Sequential(layer(896, 256, 1), layer(256, 256, 3), layer(256, 256, 3, 2)), pool]),
            *[block_c() for _ in range(5)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, 1792]."""
        return self.layers(x).mean((2, 3))


def build() -> InceptionResNetV1:
    """Untrained."""
    return InceptionResNetV1()
