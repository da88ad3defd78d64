"""The paper's figures: accuracy for classes, mean absolute error for graded values."""
from __future__ import annotations

import numpy as np

from .schema import BINARY, EXPRESSIONS, GLASSES, GRADED, columns


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


def predictions(outputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Network outputs to what is compared with the truth."""
    found = {"age": outputs["age_years"], "expression": outputs["expression"].argmax(1),
             "glasses": outputs["glasses"].argmax(1)}
    for name in BINARY:
        found[name] = (outputs[name] > 0.5).astype(np.float32)
    for name in GRADED:
        found[name] = outputs[name]
    return found


def figures(outputs: dict[str, np.ndarray], labels: np.ndarray, scale: str) -> dict[str, float]:
    """One figure for each attribute that this scale labels: accuracy in per cent, or MAE."""
    found = {}
    guess = predictions(outputs)
    for name, truth in truths(labels, scale).items():
        known = ~np.isnan(truth)
        if not known.any():
            continue
        if name in ("age", *GRADED):
            found[name] = float(np.abs(guess[name] - truth)[known].mean())
        else:
            found[name] = 100 * float((guess[name] == truth)[known].mean())
    return found


def one_line(found: dict[str, float]) -> str:
    """Figures for a log."""
    return " ".join(f"{k} {v:.2f}" if v > 1 else f"{k} {v:.3f}" for k, v in found.items())
