"""`compare-crops`: the same file on the same faces, aligned by two detectors; is a difference more than the test's noise?"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from vitrine.common.onnx_graph import OnnxGraph

from . import dataset, metrics
from .evaluate import chosen, facts, kept_faces, run
from .sources import Pictures


def difference(first: np.ndarray, second: np.ndarray, draws: int = 4000, seed: int = 0) -> tuple[float, float, float]:
    """
    Mean of `second - first` over the same faces, and the ends of its 95 % interval by a paired bootstrap (Efron 1979):
    faces are drawn with replacement, each with both of its values.
    """
    each = np.asarray(second, float) - np.asarray(first, float)
    picks = np.random.RandomState(seed).randint(0, len(each), (draws, len(each)))
    low, high = np.percentile(each[picks].mean(1), (2.5, 97.5))
    return float(each.mean()), float(low), float(high)


def losses(name: str, guess: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """What each face costs: its absolute error, or 1 where its class is wrong."""
    return np.abs(guess - truth) if name in metrics.REGRESSED else (guess != truth).astype(float)


def outputs_of(model: Path, cache: Path, zips: list[Path], part: str) -> dict[str, tuple[np.ndarray, np.ndarray, dict]]:
    """By test bed: names of its faces in the part, their labels, and the outputs of the file for them."""
    data = dataset.load(cache, [Path(z).stem for z in zips])
    pictures = {Path(z).stem: Pictures(z) for z in zips}
    graph, size, sets = OnnxGraph(model), facts(model)["input_size"], np.array(data.sets)
    found = {}
    for bed, (_, index) in chosen(data, part).items():
        if len(index):
            faces = kept_faces(cache, f"{part}.{bed}", data, index, pictures, size)
            names = np.char.add(np.char.add(sets[data.set_of[index]], "/"), data.files[index].astype(str))
            found[bed] = names, data.labels[index], run(graph, faces)
    return found


def compare_crops(model: Path, first: Path, second: Path, zips: list[Path], part: str, threads: int) -> str:
    """For each test bed a table: every attribute's figure with the first and the second detector, and the change with its
    interval."""
    torch.set_num_threads(threads)
    before, after = (outputs_of(model, cache, zips, part) for cache in (first, second))
    return "\n".join(compare_bed(bed, before[bed], after[bed], part) for bed in before if bed in after)


def compare_bed(bed: str, before: tuple, after: tuple, part: str) -> str:
    """The table of one test bed, over the faces that both have."""
    both, a, b = np.intersect1d(before[0], after[0], return_indices=True)
    truth = metrics.truths(before[1][a], bed)
    guesses = [metrics.predictions({k: v[rows] for k, v in outputs.items()}) for outputs, rows in ((before[2], a), (after[2], b))]
    lines = ["| attribute | first | second | change of the error (95 %) | more than noise |", "| --- | --- | --- | --- | --- |"]
    for name in metrics.PAPER:
        known = ~np.isnan(truth[name])
        if not known.any():
            continue
        each = [losses(name, guess[name][known], truth[name][known]) for guess in guesses]
        mean, low, high = difference(*each)
        shown = [f"{value.mean():.3f}" if name in metrics.REGRESSED else f"{100 * (1 - value.mean()):.1f} %" for value in each]
        verdict = "worse" if low > 0 else "better" if high < 0 else "no"
        lines.append(f"| {name} | {shown[0]} | {shown[1]} | {mean:+.3f} ({low:+.3f} to {high:+.3f}) | {verdict} |")
    return f"{bed}: {len(both)} faces of the part {part}\n\n" + "\n".join(lines) + "\n"
