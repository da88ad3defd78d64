"""Measures detectors side by side on the checked test pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np
from PIL import Image
from tqdm import tqdm

from vitrine.detector import landmarks
from vitrine.detector.boxes import read_boxes
from vitrine.detector.conditions import CONDITIONS, Case, with_points
from vitrine.detector.labels import FACE
from vitrine.detector.metrics import BANDS, Hits, Truth, collect, pair
from vitrine.detector.pack import Pack

LOWEST = 0.05  # scores below are not looked at
LANDMARKS_FROM = 24.0  # px of height for landmark errors
EMPTY_SCALES = (0.6, 1.0, 1.6)  # every empty picture is looked at in these sizes
FRAMES, FRAME_NOISE, JITTER_FROM = 8, 6.0, 40.0  # noisy copies; grey levels; px of height

Detect = Callable[[np.ndarray], np.ndarray]  # uint8 [h, w, 3] BGR -> [n, 15]


@dataclass
class Entrant:
    """A detector to be measured, with the threshold it is used at."""

    name: str
    detect: Detect
    threshold: float


def load_cases(work: Path, part: str, boxes: Path | None) -> list[Case]:
    """The scenes of a part; checked boxes where a list is given (and only its pictures), else the teacher's labels."""
    pack = Pack(work / "scenes")
    checked = read_boxes(boxes) if boxes else None
    cases = []
    for i, item in enumerate(pack.items):
        if item["part"] != part or (checked is not None and item["file"] not in checked):
            continue
        faces = np.array(item["faces"], np.float32).reshape(-1, 15)
        truth = checked[item["file"]] if checked else Truth(faces[:, :4], np.array(item["status"], np.int64) != FACE)
        cases.append(with_points(item["file"], pack.picture(i).copy(), truth, faces))
    if not cases:
        raise SystemExit(f"There are no {part} pictures in {work}: run the prepare command first.")
    return cases


def landmark_error(cases: list[Case], found: list[np.ndarray]) -> dict[str, float]:
    """Mean distance from the label's landmarks as a part of the eye distance, over the faces found; profiles left out.

    The label is one look of the teacher, itself not exact: good for comparing
    conditions. `landmarks.measure` has a better reference.
    """
    errors = []
    for case, faces in zip(cases, found):
        hit, _ = pair(faces, case.truth)
        for face, box in zip(faces, hit):
            if box < 0 or np.isnan(case.points[box]).any() or case.truth.boxes[box, 3] < LANDMARKS_FROM:
                continue
            points = case.points[box]
            eyes = float(np.hypot(*(points[1] - points[0])))
            if eyes > 0.3 * case.truth.boxes[box, 2]:
                errors.append(np.hypot(*(face[4:14].reshape(5, 2) - points).T).mean() / eyes)
    return {"faces": len(errors), "mean": float(np.mean(errors)), "median": float(np.median(errors))} if errors else {"faces": 0}


def jitter(cases: list[Case], entrant: Entrant, most: int = 25) -> dict[str, float]:
    """Standard deviation over noisy copies of a still picture, as parts of the box's height and the eye distance."""
    box_moves, point_moves = [], []
    for case in [c for c in cases if (c.truth.boxes[~c.truth.ignore, 3] > JITTER_FROM).any()][:most]:
        index = int(np.argmax(np.where(case.truth.ignore, 0, case.truth.boxes[:, 3])))
        rows = []
        for k in range(FRAMES):
            noise = np.random.default_rng(k).normal(0, FRAME_NOISE, case.picture.shape)
            faces = entrant.detect(np.clip(case.picture + noise, 0, 255).astype(np.uint8))
            hit, _ = pair(faces, case.truth)
            rows += [f for f, h in zip(faces, hit) if h == index]
        if len(rows) == FRAMES:
            rows = np.array(rows)
            eyes = np.hypot(*(rows[:, 6:8] - rows[:, 4:6]).mean(0))
            box_moves.append(rows[:, :4].std(0).mean() / rows[:, 3].mean())
            if eyes > 0.3 * rows[:, 2].mean():
                point_moves.append(rows[:, 4:14].std(0).mean() / eyes)
    return {"faces": len(box_moves), "box": float(np.mean(box_moves)), "landmarks": float(np.mean(point_moves))} if point_moves else {"faces": 0}


def false_alarms(cases: list[Case], entrant: Entrant) -> float:
    """Detections at the working point per 100 pictures without any face."""
    count, pictures = 0, 0
    for case in cases:
        if len(case.truth.boxes):
            continue
        for scale in EMPTY_SCALES:
            size = (round(case.picture.shape[1] * scale), round(case.picture.shape[0] * scale))
            picture = np.asarray(Image.fromarray(case.picture).resize(size, Image.BILINEAR))
            count += int((entrant.detect(picture)[:, 14] >= entrant.threshold).sum())
            pictures += 1
    return 100 * count / pictures if pictures else float("nan")


def measure(entrant: Entrant, cases: list[Case], work: Path | None) -> tuple[dict, Hits]:
    """All figures of one detector, and its detections in the clean pictures (12 px and more)."""
    result: dict = {"threshold": round(entrant.threshold, 3), "conditions": {}}
    whole: Hits | None = None
    for name, condition in CONDITIONS.items():
        changed = [condition(c) for c in cases]
        found = [entrant.detect(c.picture) for c in tqdm(changed, f"{entrant.name}: {name}", mininterval=5, leave=False)]
        truths = [c.truth for c in changed]
        bands = {}
        for label, band in BANDS.items():
            hits = collect(found, truths, band)
            bands[label] = {"faces": hits.faces, "ap": hits.average_precision(), "recall": hits.recall(entrant.threshold),
                            "precision": hits.precision(entrant.threshold)}
        result["conditions"][name] = {"bands": bands, "landmarks": landmark_error(changed, found)}
        if whole is None:
            whole = collect(found, truths, (12.0, 1e9))
    result["false_per_100_empty"] = false_alarms(cases, entrant)
    result["jitter"] = jitter(cases, entrant)
    result["landmarks"] = landmarks.measure(entrant.detect, work) if work else {}
    return result, whole


def choose_threshold(detect: Detect, cases: list[Case]) -> float:
    """The working point: the best F0.5 over faces of 16 px and more; for validation pictures, not for the test."""
    found = [detect(c.picture) for c in cases]
    return collect(found, [c.truth for c in cases], (16.0, 1e9)).best_threshold()


def table(report: dict) -> str:
    """The report as Markdown."""
    names = list(report["detectors"])
    lines = ["| condition | height, px | faces | " + " | ".join(f"AP {n} | recall {n}" for n in names) + " |",
             "| --- | --- | --- |" + " --- | --- |" * len(names)]
    for condition in CONDITIONS:
        for band in BANDS:
            cells = [report["detectors"][n]["conditions"][condition]["bands"][band] for n in names]
            values = " | ".join(f"{c['ap']:.3f} | {c['recall']:.3f}" for c in cells)
            lines.append(f"| {condition} | {band} | {cells[0]['faces']} | {values} |")
    lines += ["", "| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    rows: list[tuple[str, Callable[[dict], str]]] = [
        ("threshold", lambda d: f"{d['threshold']:.2f}"),
        ("false detections per 100 empty pictures", lambda d: f"{d['false_per_100_empty']:.1f}"),
        ("jitter of the box, % of its height", lambda d: f"{100 * d['jitter'].get('box', float('nan')):.2f}"),
        ("jitter of the landmarks, % of the eye distance", lambda d: f"{100 * d['jitter'].get('landmarks', float('nan')):.2f}"),
    ]
    rows += [(f"landmark error, % of the eye distance, held-out faces of {h} px",
              lambda d, h=h: f"{100 * d['landmarks'].get(h, {}).get('mean', float('nan')):.1f}") for h in map(str, landmarks.HEIGHTS)]
    rows += [(f"landmark error, % of the eye distance, test scenes {c}, against one look of the teacher",
              lambda d, c=c: f"{100 * d['conditions'][c]['landmarks'].get('mean', float('nan')):.1f}") for c in CONDITIONS]
    lines += [f"| {label} | " + " | ".join(show(report["detectors"][n]) for n in names) + " |" for label, show in rows]
    return "\n".join(lines)


def plot(curves: dict[str, Hits], path: Path) -> None:
    """Precision over recall for faces of 12 px and more."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 4), dpi=90)
    for name, hits in curves.items():
        recall, precision, _ = hits.curve()
        axes.plot(recall, precision, label=f"{name} (AP {hits.average_precision():.3f})", linewidth=1.5)
    axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0.5, 1.005), title="Faces of 12 px and more, checked test pictures")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    plt.close(figure)


def evaluate(entrants: list[Entrant], cases: list[Case], out: Path, figure: Path | None, work: Path | None = None) -> dict:
    """Measure, write the report as JSON, draw the curves; returns the report. work: for the held-out faces there."""
    report: dict = {"pictures": len(cases), "empty_pictures": sum(not len(c.truth.boxes) for c in cases), "detectors": {}}
    curves = {}
    for entrant in entrants:
        report["detectors"][entrant.name], curves[entrant.name] = measure(entrant, cases, work)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, indent=1))
    if figure:
        plot(curves, figure)
    return report
