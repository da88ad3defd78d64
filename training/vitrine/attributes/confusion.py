"""`confusion`: how often the shipped file names each class, by what is true; the application corrects its shares with it.

The answers are those that the application would count: where it would say
"unsure" (limits of the file's metadata), nothing is named and the face is left
out. Faces are read as small as a kiosk sees them. Smile, hair and expression
have no table: their labels are of another scale than what is shown, or too
rare to be counted. Nor has age: its bands flow into each other, and undoing
that with some hundred test faces gives shares that are off by thirty points.
"""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from vitrine.common.onnx_graph import OnnxGraph

from . import dataset, metrics
from .evaluate import chosen, facts, kept_faces, run
from .schema import GLASSES
from .sources import Pictures

UNSURE = {"gender": (0.25, 0.75), "eye_makeup": (0.3, 0.7), "lip_makeup": (0.3, 0.7), "glasses": 0.6}
"""For a file that does not say: as `main/vision/attributes/network-metadata.ts`."""

CROP_PX = 48
BED = "annotated"
YES_NO = {"gender": ("female", "male"), "eye_makeup": ("yes", "no"), "lip_makeup": ("yes", "no")}
NAMES = {"gender": "gender", "glasses": "glasses", "eye_makeup": "eyeMakeup", "lip_makeup": "lipMakeup"}
"""Ours to the application's."""


def classes_of(name: str) -> tuple[str, ...]:
    """Names of an attribute's classes in the order of its table."""
    return YES_NO.get(name, GLASSES)


def answers(name: str, outputs: dict[str, np.ndarray], limits: dict) -> tuple[np.ndarray, np.ndarray]:
    """Class index [n] of each answer, and whether there is one [n]."""
    if name == "glasses":
        return outputs[name].argmax(1), outputs[name].max(1) >= limits[name]
    low, high = limits[name]
    return (outputs[name] < 0.5).astype(int), (outputs[name] >= high) | (outputs[name] <= low)


def true_classes(name: str, truth: np.ndarray) -> np.ndarray:
    """Class index [n] of each known truth."""
    return truth.astype(int) if name == "glasses" else 1 - truth.astype(int)


def table(name: str, outputs: dict[str, np.ndarray], truth: np.ndarray, limits: dict) -> list[list[int]]:
    """Faces [truth][answer]; those of unknown truth or without an answer are left out."""
    size = len(classes_of(name))
    named, sure = answers(name, outputs, limits)
    known = ~np.isnan(truth) & sure
    counts = np.zeros((size, size), int)
    np.add.at(counts, (true_classes(name, truth[known]), named[known]), 1)
    return counts.tolist()


def confusion(model: Path, cache: Path, zips: list[Path], out: Path, part: str, threads: int) -> dict:
    """Writes the tables beside the model; returns them."""
    torch.set_num_threads(threads)
    about = facts(model)
    pictures = {Path(z).stem: Pictures(z) for z in zips}
    data = dataset.load(cache, list(pictures))
    scale, index = chosen(data, part)[BED]
    if not len(index):
        raise ValueError(f"The sets have no annotated faces of the part {part}: run 'prepare' with --annotated.")
    outputs = run(OnnxGraph(model), kept_faces(cache, f"{part}.{BED}", data, index, pictures, about["input_size"], CROP_PX))
    truth = metrics.truths(data.labels[index], scale)
    limits = {**UNSURE, **about.get("unsure", {})}
    content = {
        "model": {"name": about["name"], "version": about["version"], "sha256": hashlib.sha256(Path(model).read_bytes()).hexdigest()},
        "measured_on": f"{len(index)} annotated faces of the part {part}, each {CROP_PX} px wide",
        "attributes": {shown: {"classes": list(classes_of(name)), "named": table(name, outputs, truth[name], limits)}
                       for name, shown in NAMES.items()},
    }
    out.write_text(json.dumps(content, indent=1) + "\n")
    return content


def as_text(content: dict) -> str:
    """The tables as Markdown."""
    lines = [content["measured_on"]]
    for name, found in content["attributes"].items():
        lines += ["", f"| {name}: truth | " + " | ".join(f"named {c}" for c in found["classes"]) + " |",
                  "| --- |" + " --- |" * len(found["classes"])]
        lines += [f"| {c} | " + " | ".join(map(str, row)) + " |" for c, row in zip(found["classes"], found["named"])]
    return "\n".join(lines)
