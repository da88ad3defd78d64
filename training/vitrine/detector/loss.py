"""What the student is asked for: scores, boxes, landmarks, and the teacher's view of the clean picture."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vitrine.detector.codec import STRIDES
from vitrine.detector.network import HEAD_SLICES
from vitrine.detector.targets import Targets

REGRESSED = 0.2  # heat from which a cell learns boxes and landmarks


@dataclass(frozen=True)
class Weights:
    """How much each part counts."""

    obj: float = 1.0
    cls: float = 0.5
    overlap: float = 1.0
    box: float = 1.0
    kps: float = 1.0
    hint: float = 1.0


def quality_focal(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy with soft targets, weighted by the squared error; elementwise.

    Quality focal loss: Li et al., Generalized Focal Loss, 2020, equation 3 (beta = 2).
    """
    error = (logits.sigmoid() - target).square()
    return error * F.binary_cross_entropy_with_logits(logits, target, reduction="none")


def _overlap(p: Tensor, t: Tensor) -> Tensor:
    """Intersection over union of boxes [n, 4] in the cells' encoding (same cells): [n]."""
    pw, tw = p[:, 2:].clamp(max=8).exp() / 2, t[:, 2:].exp() / 2
    low = torch.maximum(p[:, :2] - pw, t[:, :2] - tw)
    high = torch.minimum(p[:, :2] + pw, t[:, :2] + tw)
    inner = (high - low).clamp(min=0).prod(1)
    return inner / (4 * pw.prod(1) + 4 * tw.prod(1) - inner + 1e-9)


def detection_loss(maps: list[Tensor], targets: list[Targets], weights: Weights) -> dict[str, Tensor]:
    """The parts of the loss, already weighted.

    maps: raw [B, 16, H/s, W/s] per stride, as the network returns them.
    Box and landmark errors are parts of the face's size, so that all sizes count alike.
    """
    mass = sum(t.heat.sum() for t in targets).clamp(min=1.0)
    parts = {name: maps[0].new_zeros(()) for name in ("obj", "cls", "overlap", "box", "kps")}
    for raw, t in zip(maps, targets):
        parts["obj"] = parts["obj"] + (quality_focal(raw[:, HEAD_SLICES["obj"]], t.heat) * t.weight).sum()
        wide = (2 * t.heat).clamp(max=1)
        parts["cls"] = parts["cls"] + (quality_focal(raw[:, HEAD_SLICES["cls"]], wide) * t.weight).sum()
        where = (t.heat[:, 0] > REGRESSED).nonzero(as_tuple=True)
        if not len(where[0]):
            continue
        index = (where[0], slice(None), where[1], where[2])
        heat, cells, box, points = t.heat[:, 0][where], raw[index], t.bbox[index], t.kps[index]
        size = ((box[:, 2] + box[:, 3]) / 2).exp()[:, None]  # in cells
        guess = cells[:, HEAD_SLICES["bbox"]]
        error = torch.cat([(guess[:, :2] - box[:, :2]) / size, guess[:, 2:] - box[:, 2:]], 1)
        parts["overlap"] = parts["overlap"] + (heat * (1 - _overlap(guess, box))).sum()
        parts["box"] = parts["box"] + (heat * error.abs().sum(1)).sum()
        drift = (cells[:, HEAD_SLICES["kps"]] - points) / size
        parts["kps"] = parts["kps"] + (heat * F.smooth_l1_loss(drift, torch.zeros_like(drift), beta=0.02, reduction="none").sum(1)).sum()
    return {name: getattr(weights, name) * value / mass for name, value in parts.items()}


class Hints(nn.Module):
    """1x1 adapters from the student's neck to the teacher's; only for training."""

    def __init__(self, student: int, teacher: int = 64):
        super().__init__()
        self.adapters = nn.ModuleList([nn.Conv2d(student, teacher, 1) for _ in STRIDES])

    def forward(self, features: list[Tensor], teacher: list[Tensor]) -> Tensor:
        """Squared error as a part of the teacher's energy, mean over the strides."""
        total = features[0].new_zeros(())
        for adapter, mine, its in zip(self.adapters, features, teacher):
            total = total + (adapter(mine) - its).square().mean() / its.square().mean().clamp(min=1e-6)
        return total / len(STRIDES)
