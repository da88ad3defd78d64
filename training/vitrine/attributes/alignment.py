"""Aligned face crops, exactly as docs/alignment.md specifies them (the application's crops are the same)."""
from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

TEMPLATE_FILE = Path(__file__).resolve().parents[3] / "resources" / "models" / "alignment.json"


@dataclass(frozen=True)
class Template:
    """Landmarks of an average face in the unit crop: `points` is float64 [5, 2], `id` names the version."""

    id: str
    points: np.ndarray
    max_supersampling: int


def load_template(path: Path = TEMPLATE_FILE) -> Template:
    """Reads the template shared with the application."""
    content = json.loads(Path(path).read_text())
    if content["border"] != "replicate":
        raise ValueError(f"{path}: border '{content['border']}' is not known; use 'replicate'.")
    return Template(content["id"], np.asarray(content["points"], np.float64), int(content["max_supersampling"]))


@dataclass(frozen=True)
class Similarity:
    """x = a*u - b*v + tx, y = b*u + a*v + ty: unit coordinates of the crop to image coordinates in pixels."""

    a: float
    b: float
    tx: float
    ty: float

    @property
    def side(self) -> float:
        """Side of the crop in image pixels."""
        return math.hypot(self.a, self.b)

    def widened(self, factor: float) -> "Similarity":
        """The same crop about the same centre, `factor` times as wide (the training cache keeps such a margin)."""
        cx = 0.5 * (self.a - self.b) + self.tx
        cy = 0.5 * (self.b + self.a) + self.ty
        a, b = self.a * factor, self.b * factor
        return Similarity(a, b, cx - 0.5 * (a - b), cy - 0.5 * (b + a))


def fit(landmarks: np.ndarray, template: Template) -> Similarity:
    """Least-squares similarity (no reflection) from the template to `landmarks` ([5, 2], image coordinates).

    Raises ValueError where the landmarks span less than a pixel: such a face has no crop.
    """
    p = np.asarray(landmarks, np.float64).reshape(5, 2)
    q = template.points
    qm, pm = q.mean(0), p.mean(0)
    qc, pc = q - qm, p - pm
    n = float((qc**2).sum())
    a = float((qc * pc).sum()) / n
    b = float((qc[:, 0] * pc[:, 1] - qc[:, 1] * pc[:, 0]).sum()) / n
    found = Similarity(a, b, float(pm[0] - (a * qm[0] - b * qm[1])), float(pm[1] - (b * qm[0] + a * qm[1])))
    if not math.isfinite(found.side) or found.side < 1:
        raise ValueError("The five landmarks lie on one spot: this face has no crop.")
    return found


def crop(image: np.ndarray, transform: Similarity, size: int, max_supersampling: int = 4) -> np.ndarray:
    """Samples the crop: `image` uint8 [h, w, 3] to uint8 [size, size, 3], channel order kept."""
    height, width = image.shape[:2]
    k = min(max(math.ceil(transform.side / size), 1), max_supersampling)
    unit = (np.arange(size * k) + 0.5) / (size * k)
    u, v = unit[None, :], unit[:, None]
    fx = (transform.a * u - transform.b * v + (transform.tx - 0.5)).astype(np.float32)
    fy = (transform.b * u + transform.a * v + (transform.ty - 0.5)).astype(np.float32)
    x0, y0 = np.floor(fx), np.floor(fy)
    wx, wy = (fx - x0)[..., None], (fy - y0)[..., None]
    x0, y0 = x0.astype(np.int64), y0.astype(np.int64)
    left, right = np.clip(x0, 0, width - 1), np.clip(x0 + 1, 0, width - 1)
    top, bottom = np.clip(y0, 0, height - 1) * width, np.clip(y0 + 1, 0, height - 1) * width
    pixels = image.reshape(-1, 3).astype(np.float32)
    upper = pixels[top + left]
    upper += (pixels[top + right] - upper) * wx
    lower = pixels[bottom + left]
    lower += (pixels[bottom + right] - lower) * wx
    upper += (lower - upper) * wy
    mean = upper.reshape(size, k, size, k, 3).mean((1, 3)) if k > 1 else upper
    return np.floor(mean + 0.5).clip(0, 255).astype(np.uint8)


def align(image: np.ndarray, landmarks: np.ndarray, size: int, template: Template | None = None) -> np.ndarray:
    """The network's view of one face: uint8 [h, w, 3] and five landmarks to uint8 [size, size, 3]."""
    template = template or load_template()
    return crop(image, fit(landmarks, template), size, template.max_supersampling)
