"""The interchangeable trunks. Each takes float [n, 3, S, S] (normalised) and gives features [n, width]."""
from __future__ import annotations

from importlib import import_module

from torch import nn

BACKBONES = ("resnet18", "resnet50", "resnet101", "mobilenetv2", "squeezenet", "inception_resnet_v1", "mobilenetv1")


def build(name: str) -> nn.Module:
    """A trunk by name, untrained; its attribute `width` is the length of the feature vector."""
    if name not in BACKBONES:
        raise ValueError(f"There is no backbone '{name}'. Choose one of {', '.join(BACKBONES)}.")
    return import_module(f"{__name__}.{name}").build()
