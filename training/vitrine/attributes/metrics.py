"""The paper's figures, and those that unbalanced classes need beside them."""
from __future__ import annotations

import numpy as np

from .schema import BINARY, EXPRESSIONS, GLASSES, GRADED, columns

PAPER = {"gender": 96.0, "expression": 87.0, "glasses": 99.0, "eye_makeup": 89.0, "lip_makeup": 87.0, "age": 2.10,
         "smile": 0.06, "beard": 0.04, "moustache": 0.04, "sideburns": 0.03}
"""Accuracy in per cent or mean absolute error, on the paper's own data."""

REGRESSED = ("age", *GRADED)


def truths(labels: np.ndarray, scale: str) -> dict[str, np.ndarray]:
    """Label matrix [n, columns] to each attribute's truth [n]: class index, 0/1 or value; NaN = none."""
    place = {c: i for i, c in enumerate(columns())}
    found = {}
    for name in ("age", *BINARY, *GRADED):
        if f"{scale}:{name}" in place:
            found[name] = labels[:, place[f"{scale}:{name}"]]
    for name, classes in (("expression", EXPRESSIONS), ("glasses", GLASSES)):
        if f"{scale}:{name}:{classes[0]}" in place:
            start = place[f"{scale}:{name}:{classes[0]}"]
            block = labels[:, start:start + len(classes)]
            found[name] = np.where(np.isnan(block[:, 0]), np.nan, np.nan_to_num(block).argmax(1))
    return found


def chances(outputs: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Class probabilities [n, classes] of a classified attribute."""
    if name in BINARY:
        return np.stack([1 - outputs[name], outputs[name]], 1)
    return outputs[name]


def predictions(outputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Network outputs to what is compared with the truth."""
    found = {"age": outputs["age_years"], **{n: outputs[n] for n in GRADED}}
    for name in ("expression", "glasses", *BINARY):
        found[name] = chances(outputs, name).argmax(1)
    return found


def figure(name: str, guess: np.ndarray, truth: np.ndarray) -> float:
    """Accuracy in per cent, or mean absolute error."""
    if name in REGRESSED:
        return float(np.abs(guess - truth).mean())
    return 100 * float((guess == truth).mean())


def figures(outputs: dict[str, np.ndarray], labels: np.ndarray, scale: str) -> dict[str, float]:
    """One figure for each attribute that this scale labels."""
    guess = predictions(outputs)
    found = {}
    for name, truth in truths(labels, scale).items():
        known = ~np.isnan(truth)
        if known.any():
            found[name] = figure(name, guess[name][known], truth[known])
    return found


def balanced(guess: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Mean recall and mean F1 (per cent) over the classes that occur in the truth."""
    recalls, scores = [], []
    for value in np.unique(truth):
        hit = ((guess == value) & (truth == value)).sum()
        recalls.append(hit / (truth == value).sum())
        scores.append(2 * hit / max((guess == value).sum() + (truth == value).sum(), 1))
    return 100 * float(np.mean(recalls)), 100 * float(np.mean(scores))


def reliability(chance: np.ndarray, truth: np.ndarray, bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean confidence, accuracy and count in each bin of the winning class's probability."""
    confidence, right = chance.max(1), chance.argmax(1) == truth
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [(float(confidence[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
            for b in range(bins) if (place == b).any()]


def calibration_error(chance: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error (Guo et al. 2017), per cent, ten bins."""
    curve = reliability(chance, truth)
    return 100 * sum(abs(c - a) * n for c, a, n in curve) / max(sum(n for _, _, n in curve), 1)


def trivial(name: str, truth: np.ndarray, seen: np.ndarray) -> float:
    """What the majority class or the median of the training labels (`seen`) would score on `truth`; NaN where there are none."""
    if not len(seen):
        return float("nan")
    if name in REGRESSED:
        return figure(name, np.full(len(truth), np.median(seen)), truth)
    values, counts = np.unique(seen, return_counts=True)
    return figure(name, np.full(len(truth), values[counts.argmax()]), truth)


def one_line(found: dict[str, float]) -> str:
    """Figures for a log."""
    return " ".join(f"{k} {v:.2f}" if v > 1 else f"{k} {v:.3f}" for k, v in found.items())
