"""The state of a training: averaged weights, schedule, checkpoints."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn


class Average:
    """Exponential moving average of a network's weights and buffers."""

    def __init__(self, network: nn.Module, decay: float):
        self.decay = decay
        self.values = {k: v.detach().clone() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Take in the weights after a step; early steps count more, so that the start is forgotten."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for key, value in network.state_dict().items():
            if value.is_floating_point():
                self.values[key].lerp_(value, 1 - decay)
            else:
                self.values[key].copy_(value)


@dataclass(frozen=True)
class Schedule:
    """Learning rate over a run whose length is given in minutes of training, or in steps."""

    peak: float
    minutes: float = 0.0
    steps: int = 0
    warm_up: int = 200
    floor: float = 0.01

    def progress(self, step: int, seconds: float) -> float:
        """0 at the start, 1 at the end."""
        done = step / self.steps if self.steps else seconds / (60 * self.minutes)
        return min(max(done, 0.0), 1.0)

    def rate(self, step: int, progress: float) -> float:
        """Linear warm-up over the first steps, then half a cosine down to `floor` of the peak."""
        cosine = self.floor + (1 - self.floor) * (1 + math.cos(math.pi * progress)) / 2
        return self.peak * min(1.0, (step + 1) / self.warm_up) * cosine


def save(path: Path, state: dict) -> None:
    """Write a checkpoint so that a cut never leaves half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)
