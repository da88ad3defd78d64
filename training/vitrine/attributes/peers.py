"""`peers-pictures` and `compare-peers`: other packages beside ours on the same FFHQ faces.

Each system says what it reads of a picture in a file: {"name", "network", "ms":
{"least", "median"}, "faces": {file: {"age", "gender", "expression"} or null}}.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vitrine.detector.pack import PackWriter

from . import metrics, splits
from .paired import difference, losses
from .schema import EXPRESSIONS, columns
from .sources import Face, Pictures, read_set

COMPARED = ("gender", "expression", "age")
GENDERS = {"male": 0.0, "female": 1.0}
NO_CLASS = -1.0
"""An answer that is none of ours ("unknown"): it counts as wrong."""


def faces_of(archive: Path, part: str, split_folder: Path = splits.FOLDER) -> list[Face]:
    """The labelled faces of a part of an archive."""
    where = splits.read(split_folder)
    found = [face for face in read_set(archive) if where.get((face.set, face.file), "train") == part]
    if not found:
        raise ValueError(f"{archive} has no faces of the part {part}.")
    return found


def write_pictures(archive: Path, part: str, out: Path, split_folder: Path = splits.FOLDER) -> int:
    """The whole pictures as RGB, for programs in other languages; returns how many."""
    writer, pictures = PackWriter(out / "pictures"), Pictures(archive)
    faces = faces_of(archive, part, split_folder)
    for face in faces:
        writer.add(pictures.picture(face.file), file=face.file)
    writer.close()
    return len(faces)


def truths_of(faces: list[Face]) -> dict[str, np.ndarray]:
    """What FFHQ's labels say of each face."""
    labels = np.array([[face.labels.get(name, np.nan) for name in columns()] for face in faces], np.float32)
    return metrics.truths(labels, "ffhq")


@dataclass
class Readings:
    """What one system reads of faces: values [n] by attribute; `seen` [n] tells where it found a face."""

    name: str
    network: str
    ms: dict[str, float]
    seen: np.ndarray
    values: dict[str, np.ndarray]


def read(path: Path, files: list[str]) -> Readings:
    """The readings of the named pictures, in their order."""
    content = json.loads(path.read_text())
    missing = [file for file in files if file not in content["faces"]]
    if missing:
        raise ValueError(f"{path} says nothing of {missing[0]}. Write the pictures and the readings again.")
    answers = [content["faces"][file] for file in files]
    values = {
        "age": [a["age"] if a else np.nan for a in answers],
        "gender": [GENDERS.get(a["gender"], NO_CLASS) if a else np.nan for a in answers],
        "expression": [EXPRESSIONS.index(a["expression"]) if a and a["expression"] in EXPRESSIONS else NO_CLASS for a in answers],
    }
    return Readings(content["name"], content["network"], content["ms"], np.array([a is not None for a in answers]),
                    {name: np.array(each, float) for name, each in values.items()})


def cells(reading: Readings, truth: dict[str, np.ndarray], ours: Readings | None) -> list[str]:
    """A system's figures over the faces it found; beside ours the difference of the error, with its interval."""
    row = []
    for name in COMPARED:
        known = ~np.isnan(truth[name]) & reading.seen
        figure = metrics.figure(name, reading.values[name][known], truth[name][known])
        text = f"{figure:.2f}" if name == "age" else f"{figure:.1f} %"
        if ours is not None:
            both = known & ours.seen
            mean, low, high = difference(*(losses(name, r.values[name][both], truth[name][both]) for r in (ours, reading)))
            scale, unit = (1, "") if name == "age" else (100, " points")
            text += f" ({scale * mean:+.1f}{unit}, {scale * low:+.1f} to {scale * high:+.1f})"
        row.append(text)
    return row


def compare(archive: Path, part: str, files: list[Path], split_folder: Path = splits.FOLDER) -> str:
    """A Markdown table; the first file is the one that the others are compared with."""
    faces = faces_of(archive, part, split_folder)
    truth = truths_of(faces)
    readings = [read(path, [face.file for face in faces]) for path in files]
    lines = ["| | found | gender | expression | age MAE | ms a picture: least, median |", "| --- | --- | --- | --- | --- | --- |"]
    for i, reading in enumerate(readings):
        row = cells(reading, truth, readings[0] if i else None)
        lines.append(f"| {reading.name} | {int(reading.seen.sum())} of {len(faces)} | " + " | ".join(row) +
                     f" | {reading.ms['least']:.0f}, {reading.ms['median']:.0f} |")
    return "\n".join(lines)
