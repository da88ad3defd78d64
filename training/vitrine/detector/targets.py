"""Dense targets: which cells speak for which face, and what they should say.

A face belongs to the strides that suit its size S = sqrt(width * height),
with soft borders between them; within a stride to the cells around its
centre. A cell's heat is 1 at the centre and falls to 0 within one to two
cells. The heat is the target of `obj`; `cls` is wider (twice the heat, at
most 1). Cells of faces to be ignored, or too small, carry no weight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from vitrine.detector.codec import STRIDES
from vitrine.detector.labels import FACE

SMALLEST = 9.0  # px of S: under this a face is ignored
RANGES = {8: (0.0, 0.0, 40.0, 56.0), 16: (28.0, 40.0, 88.0, 120.0), 32: (64.0, 88.0, 1e9, 2e9)}


def suits(size: float, stride: int) -> float:
    """How far a stride is responsible for a face of that size: 0..1."""
    a, b, c, d = RANGES[stride]
    rise = 1.0 if size >= b else max(0.0, (size - a) / max(b - a, 1e-6))
    fall = 1.0 if size <= c else max(0.0, (d - size) / (d - c))
    return min(rise, fall)


@dataclass
class Targets:
    """Targets of one stride for a batch: float32, all [B, c, H/s, W/s]."""

    heat: torch.Tensor  # [B, 1, ...]
    weight: torch.Tensor  # [B, 1, ...], 0 or 1: whether the score counts
    bbox: torch.Tensor  # [B, 4, ...]
    kps: torch.Tensor  # [B, 10, ...]


def _mark(faces: np.ndarray, status: np.ndarray, stride: int, out: tuple[np.ndarray, ...]) -> None:
    """Fill the arrays heat, weight, bbox, kps (channel first) of one picture and stride."""
    heat, weight, bbox, kps = out
    rows, columns = heat.shape[1:]
    sizes = np.sqrt(np.maximum(faces[:, 2] * faces[:, 3], 0))
    for face, state, size in zip(faces, status, sizes):
        if state == FACE and size >= SMALLEST:
            continue
        x0, y0 = (face[:2] - 0.15 * face[2:4]) / stride
        x1, y1 = (face[:2] + 1.15 * face[2:4]) / stride
        weight[:, max(0, int(y0)) : max(0, int(y1) + 2), max(0, int(x0)) : max(0, int(x1) + 2)] = 0
    for face, state, size in zip(faces, status, sizes):
        share = suits(size, stride) if state == FACE and size >= SMALLEST else 0.0
        if share <= 0:
            continue
        cx, cy = (face[:2] + face[2:4] / 2) / stride
        flat = 0.5 + 0.5 * min(max((size / stride - 2) / 2, 0), 1)
        c0, c1 = max(0, int(np.ceil(cx - flat - 1))), min(columns - 1, int(np.floor(cx + flat + 1)))
        r0, r1 = max(0, int(np.ceil(cy - flat - 1))), min(rows - 1, int(np.floor(cy + flat + 1)))
        if c1 < c0 or r1 < r0:
            continue
        c, r = np.arange(c0, c1 + 1), np.arange(r0, r1 + 1)
        far = np.maximum(np.abs(r - cy)[:, None], np.abs(c - cx)[None, :])
        value = share * np.clip(1 - (far - flat), 0, 1)
        part = np.s_[r0 : r1 + 1, c0 : c1 + 1]
        better = value > heat[0][part]
        if not better.any():
            continue
        heat[0][part][better] = value[better]
        weight[0][part][better] = 1
        grid_c, grid_r = np.broadcast_to(c[None, :], far.shape), np.broadcast_to(r[:, None], far.shape)
        for k, v in enumerate((cx - grid_c, cy - grid_r)):
            bbox[k][part][better] = v[better]
        bbox[2][part][better] = np.log(face[2] / stride)
        bbox[3][part][better] = np.log(face[3] / stride)
        for k in range(10):
            kps[k][part][better] = (face[4 + k] / stride - (grid_c if k % 2 == 0 else grid_r))[better]


def build(faces: list[np.ndarray], status: list[np.ndarray], height: int, width: int) -> list[Targets]:
    """Targets of a batch for strides 8, 16, 32.

    faces: per picture [n, >=14] in pixels; status: FACE or IGNORE per face.
    """
    result = []
    for stride in STRIDES:
        shape = (len(faces), height // stride, width // stride)
        arrays = [np.zeros((shape[0], c, *shape[1:]), np.float32) for c in (1, 1, 4, 10)]
        arrays[1][...] = 1
        for i, (f, s) in enumerate(zip(faces, status)):
            _mark(f, s, stride, tuple(a[i] for a in arrays))
        result.append(Targets(*[torch.from_numpy(a) for a in arrays]))
    return result
