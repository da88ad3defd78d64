"""Moving faces with the pictures they are in: mirror, turn, scale, shift."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

MIRRORED = (1, 0, 2, 4, 3)  # the person's right becomes left


def mirror(faces: np.ndarray, width: float) -> np.ndarray:
    """Faces [n, >=14] of a picture of that width, as they lie in its mirror image."""
    faces = faces.copy()
    faces[:, 0] = width - faces[:, 0] - faces[:, 2]
    points = faces[:, 4:14].reshape(-1, 5, 2)[:, MIRRORED].copy()
    points[:, :, 0] = width - points[:, :, 0]
    faces[:, 4:14] = points.reshape(-1, 10)
    return faces


@dataclass(frozen=True)
class Turn:
    """Scale by `scale`, turn by `angle` (radians, clockwise on screen), take `source` to `target` (x, y)."""

    scale: float
    angle: float
    source: tuple[float, float]
    target: tuple[float, float]

    def backward(self, reduced: int = 1) -> tuple[float, ...]:
        """PIL's six numbers from target to source pixels; `reduced`: the source is that many times smaller."""
        c, s = math.cos(self.angle) / self.scale, math.sin(self.angle) / self.scale
        x0 = self.source[0] - c * self.target[0] - s * self.target[1]
        y0 = self.source[1] + s * self.target[0] - c * self.target[1]
        return tuple(v / reduced for v in (c, s, x0, -s, c, y0))

    def points(self, xy: np.ndarray) -> np.ndarray:
        """Points [..., 2] of the source in the target."""
        c, s = math.cos(self.angle) * self.scale, math.sin(self.angle) * self.scale
        d = xy - np.array(self.source)
        return np.stack([c * d[..., 0] - s * d[..., 1], s * d[..., 0] + c * d[..., 1]], -1) + np.array(self.target)

    def faces(self, faces: np.ndarray) -> np.ndarray:
        """Faces [n, >=14] of the source in the target; boxes stay upright and keep about their area."""
        faces = faces.copy()
        if not len(faces):
            return faces
        centres = self.points(faces[:, :2] + faces[:, 2:4] / 2)
        turned = math.sin(self.angle) ** 2
        sizes = self.scale * (faces[:, 2:4] * (1 - turned) + faces[:, 3:1:-1] * turned)
        faces[:, :2], faces[:, 2:4] = centres - sizes / 2, sizes
        faces[:, 4:14] = self.points(faces[:, 4:14].reshape(-1, 5, 2)).reshape(-1, 10)
        return faces


def visible_part(faces: np.ndarray, width: float, height: float) -> np.ndarray:
    """Which part of each box lies inside the picture: [n], 0..1."""
    w = np.minimum(faces[:, 0] + faces[:, 2], width) - np.maximum(faces[:, 0], 0)
    h = np.minimum(faces[:, 1] + faces[:, 3], height) - np.maximum(faces[:, 1], 0)
    return np.maximum(w, 0) * np.maximum(h, 0) / np.maximum(faces[:, 2] * faces[:, 3], 1e-6)
