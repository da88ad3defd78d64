"""SqueezeNet 1.1 (Iandola et al. 2016, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters")."""
from __future__ import annotations

import torch
from torch import nn


class Fire(nn.Module):
    """Squeeze to few channels, expand by 1x1 and 3x3 side by side. Batch normalisation is our addition."""

    def __init__(self, inputs: int, squeezed: int, expanded: int):
        super().__init__()
        self.squeeze = nn.Sequential(nn.Conv2d(inputs, squeezed, 1, bias=False), nn.BatchNorm2d(squeezed),
                                     nn.ReLU(inplace=True))
        self.small = nn.Sequential(nn.Conv2d(squeezed, expanded, 1, bias=False), nn.BatchNorm2d(expanded))
        self.large = nn.Sequential(nn.Conv2d(squeezed, expanded, 3, padding=1, bias=False), nn.BatchNorm2d(expanded))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, 2 * expanded, h, w]."""
        x = self.squeeze(x)
        return torch.relu(torch.cat([self.small(x), self.large(x)], 1))


class SqueezeNet(nn.Module):
    """Three groups of fire modules; the pools round up in the original, here they keep half the size."""

    width = 512

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 64, 3, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True))
        self.stages = nn.Sequential(
            nn.MaxPool2d(3, 2, 1), Fire(64, 16, 64), Fire(128, 16, 64),
            nn.MaxPool2d(3, 2, 1), Fire(128, 32, 128), Fire(256, 32, 128),
            nn.MaxPool2d(3, 2, 1), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), Fire(512, 64, 256))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, 512]."""
        return self.stages(self.stem(x)).mean((2, 3))


def build() -> SqueezeNet:
    """Untrained."""
    return SqueezeNet()
