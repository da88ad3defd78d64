"""Tiny made-up pictures with made-up faces, so that the tests need no data."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from vitrine.detector.labels import FACE
from vitrine.detector.pack import PackWriter


def face_row(x: float, y: float, w: float, h: float, score: float = 1.0) -> list[float]:
    """A face [15] with landmarks where a frontal face has them."""
    points = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)]
    return [x, y, w, h, *[v for a, b in points for v in (x + a * w, y + b * h)], score]


def draw_face(picture: np.ndarray, row: list[float]) -> None:
    """A bright block with dark eyes and a red mouth."""
    x, y, w, h = (int(v) for v in row[:4])
    picture[y : y + h, x : x + w] = (150, 180, 220)
    r = max(1, w // 10)
    for k, colour in ((0, (0, 0, 0)), (1, (0, 0, 0)), (3, (40, 40, 200)), (4, (40, 40, 200))):
        px, py = int(row[4 + 2 * k]), int(row[5 + 2 * k])
        picture[py - r : py + r, px - r : px + r] = colour


def scene(seed: int, height: int = 96, width: int = 128, faces: int = 1) -> tuple[np.ndarray, list[list[float]]]:
    """A noisy picture with a face in its left and, for two, in its right half."""
    rng = np.random.default_rng(seed)
    picture = rng.integers(0, 90, (height, width, 3)).astype(np.uint8)
    rows = []
    for k in range(faces):
        w = float(rng.integers(20, 34))
        rows.append(face_row(float(rng.integers(4, 24)) + k * width / 2, float(rng.integers(4, 40)), w, w * 1.2))
        draw_face(picture, rows[-1])
    return picture, rows


def write_work(folder: Path, scenes: int = 6) -> Path:
    """A prepared folder with a few scenes, an empty one, and faces to paste."""
    writer = PackWriter(folder / "scenes")
    for i in range(scenes):
        picture, rows = scene(i, faces=i % 3)
        part = "val" if i == scenes - 1 else "train"
        writer.add(picture, file=f"s{i}.png", source="made up", part=part, faces=rows, status=[FACE] * len(rows))
    writer.close()
    writer = PackWriter(folder / "faces")
    for i in range(3):
        picture, rows = scene(100 + i, 64, 64)
        writer.add(picture, file=f"f{i}.png", faces=rows, status=[FACE])
    writer.close()
    return folder
