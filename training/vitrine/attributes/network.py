"""The unified network: trunk and heads."""
from __future__ import annotations

import torch
from torch import nn

from .backbones import build
from .heads import Heads

MEAN, DEVIATION = 127.5, 64.0
"""Pixels 0..255 are normalised as (value - MEAN) / DEVIATION, all channels alike."""


def normalised(faces: torch.Tensor) -> torch.Tensor:
    """Pixels 0..255 as every trunk expects them."""
    return (faces - MEAN) * (1 / DEVIATION)


class Network(nn.Module):
    """float [n, 3, S, S], RGB 0..255, to latents by name (see heads.py)."""

    def __init__(self, backbone: str = "resnet18", hint: int = 0, dropout: float = 0.1):
        super().__init__()
        self.trunk = build(backbone)
        self.heads = Heads(self.trunk.width, hint, dropout)

    def features(self, faces: torch.Tensor) -> torch.Tensor:
        """[n, width], what the heads read."""
        return self.trunk(normalised(faces))

    def maps(self, faces: torch.Tensor) -> list[torch.Tensor]:
        """What the last stages of the trunk see, [n, channels, h, w] each; the last one's mean are the features. A trunk that shows no
        maps gives its features as one of a single place."""
        if hasattr(self.trunk, "maps"):
            return self.trunk.maps(normalised(faces))
        return [self.features(faces)[:, :, None, None]]

    @property
    def map_widths(self) -> tuple[int, ...]:
        """Channels of `maps`."""
        return getattr(self.trunk, "map_widths", (self.trunk.width,))

    def forward(self, faces: torch.Tensor) -> dict[str, torch.Tensor]:
        """Latents."""
        return self.heads(self.features(faces))
