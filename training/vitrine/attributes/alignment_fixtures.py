"""Writes tests/fixtures/alignment: made-up pictures, landmarks and the crops that both languages must give."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .alignment import align, fit, load_template

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "fixtures" / "alignment"


def made_up_picture(width: int, height: int, seed: int) -> np.ndarray:
    """A smooth coloured picture with edges and a little noise, uint8 [height, width, 3]."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    channels = []
    for channel in range(3):
        wave = 60 * np.sin(x / (7 + 3 * channel) + channel) + 50 * np.cos(y / (9 - 2 * channel) + seed)
        disc = 70 * (np.hypot(x - width * (0.35 + 0.1 * channel), y - height * 0.5) < min(width, height) / 4)
        channels.append(110 + wave + disc + random.uniform(-6, 6, (height, width)))
    return np.clip(np.stack(channels, 2), 0, 255).astype(np.uint8)


def placed(side: float, degrees: float, centre: tuple[float, float], seed: int) -> np.ndarray:
    """Landmarks of a face of this crop side, tilt and centre, each up to 2 % of the side off the template."""
    points = load_template().points - 0.5
    points = points + np.random.RandomState(seed).uniform(-0.02, 0.02, points.shape)
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.round(points @ turn.T * side + np.array(centre), 3)


CASES = [
    ("minify", 150, 130, 126.0, 12.0, (76.3, 63.1), 40),
    ("minify-much", 150, 130, 118.0, -31.0, (70.0, 66.5), 24),
    ("magnify", 64, 56, 31.0, -18.0, (30.2, 28.9), 64),
    ("over-the-edge", 64, 56, 60.0, 25.0, (8.0, 50.0), 48),
]


def write(folder: Path = FOLDER) -> None:
    """Writes all cases; deterministic."""
    folder.mkdir(parents=True, exist_ok=True)
    template = load_template()
    cases = []
    for seed, (name, width, height, side, degrees, centre, size) in enumerate(CASES):
        picture = made_up_picture(width, height, seed)
        landmarks = placed(side, degrees, centre, seed)
        transform = fit(landmarks, template)
        (folder / f"{name}.image.rgb").write_bytes(picture.tobytes())
        (folder / f"{name}.expected.rgb").write_bytes(align(picture, landmarks, size, template).tobytes())
        cases.append({
            "name": name, "image": f"{name}.image.rgb", "width": width, "height": height,
            "landmarks": landmarks.tolist(), "size": size, "expected": f"{name}.expected.rgb",
            "matrix": {"a": transform.a, "b": transform.b, "tx": transform.tx, "ty": transform.ty},
        })
    (folder / "cases.json").write_text(json.dumps({"template": template.id, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    write()
