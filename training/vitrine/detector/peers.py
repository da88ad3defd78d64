"""Detectors of other packages beside ours: they look at exactly the pictures that ours is measured on, elsewhere.

What they found comes back as a file: {"name", "network", "threshold" (the
package's usual one), "faces": {picture's key: [[x, y, width, height, score]]}}.
All figures are computed here, by the rules that hold for ours.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vitrine.detector.codec import FACE_COLUMNS, SCORE, overlap
from vitrine.detector.conditions import Case
from vitrine.detector.evaluate import Detect, Entrant, choose_threshold, false_alarms
from vitrine.detector.metrics import BANDS, collect
from vitrine.detector.pack import PackWriter

ALIKE = 0.3  # intersection over union from which a validation detection tells how a detector draws its boxes
SURE_PART = 0.5  # of those detections the better half by score


def key_of(picture: np.ndarray) -> str:
    """Names a picture by its size and pixels."""
    return hashlib.sha256(repr(picture.shape).encode() + np.ascontiguousarray(picture).tobytes()).hexdigest()[:20]


class Asked:
    """Stands in for a detector and keeps every picture it is asked about."""

    def __init__(self) -> None:
        self.pictures: dict[str, np.ndarray] = {}

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        self.pictures[key_of(picture)] = np.ascontiguousarray(picture)
        return np.zeros((0, FACE_COLUMNS), np.float32)

    def write(self, folder: Path) -> int:
        """The pictures as RGB, for programs in other languages; returns how many."""
        writer = PackWriter(folder / "pictures")
        for key, picture in self.pictures.items():
            writer.add(picture[:, :, ::-1], key=key)
        writer.close()
        return len(self.pictures)


class Recorded:
    """A detector whose answers were written down before."""

    def __init__(self, path: Path):
        try:
            content = json.loads(path.read_text())
        except FileNotFoundError:
            raise SystemExit(f"There is no file of detections at {path}.") from None
        self.name, self.network, self.usual_threshold = content["name"], content["network"], float(content["threshold"])
        self._path, self._faces = path, content["faces"]

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        found = self._faces.get(key_of(picture))
        if found is None:
            raise SystemExit(f"{self._path} says nothing of one of the pictures: write the pictures and the detections again.")
        faces = np.full((len(found), FACE_COLUMNS), np.nan, np.float32)
        if found:
            rows = np.array(found, np.float32)
            faces[:, :4], faces[:, SCORE] = rows[:, :4], rows[:, 4]
        return faces[np.argsort(-faces[:, SCORE], kind="stable")]


@dataclass(frozen=True)
class BoxHabit:
    """How a detector's boxes lie to the checked ones, as parts of its box: shift of the centre, factors of the sides."""

    shift: tuple[float, float] = (0.0, 0.0)
    factor: tuple[float, float] = (1.0, 1.0)

    def undone(self, faces: np.ndarray) -> np.ndarray:
        """The faces with boxes drawn as the checked ones are."""
        centre = faces[:, :2] + faces[:, 2:4] * (0.5 + np.array(self.shift, np.float32))
        size = faces[:, 2:4] * np.array(self.factor, np.float32)
        return np.concatenate([centre - size / 2, size, faces[:, 4:]], 1).astype(np.float32)


def habit_of(detect: Detect, cases: list[Case]) -> BoxHabit:
    """The usual difference on validation pictures.

    One package's box ends at the brows, another's at the hair: with IoU 0.5 as
    the measure of a hit that would decide more than whether the face was seen.
    """
    pairs, scores = [], []
    for case in cases:
        boxes = case.truth.boxes[~case.truth.ignore]
        for face in detect(case.picture) if len(boxes) else ():
            shared = overlap(face[:4], boxes)
            if shared.max() >= ALIKE:
                pairs.append((face[:4], boxes[shared.argmax()]))
                scores.append(face[SCORE])
    if not pairs:
        return BoxHabit()
    sure = np.array(scores) >= np.quantile(scores, 1 - SURE_PART)
    theirs, checked = (np.array(side)[sure] for side in zip(*pairs))
    shift = (checked[:, :2] + checked[:, 2:] / 2 - theirs[:, :2] - theirs[:, 2:] / 2) / theirs[:, 2:]
    factor = checked[:, 2:] / theirs[:, 2:]
    return BoxHabit(tuple(np.median(shift, 0).tolist()), tuple(np.median(factor, 0).tolist()))


def ask(validation: list[Case], cases: list[Case], folder: Path) -> int:
    """Write every picture that `compare` will ask a detector about."""
    asked = Asked()
    for case in [*validation, *cases]:
        asked(case.picture)
    false_alarms(cases, Entrant("asked", asked, 1.0))
    return asked.write(folder)


def figures(entrant: Entrant, cases: list[Case], usual_threshold: float | None = None) -> dict:
    """Average precision and recall by face height, false detections, also at the package's usual threshold."""
    found, truths = [entrant.detect(c.picture) for c in cases], [c.truth for c in cases]
    bands = {}
    for label, band in BANDS.items():
        hits = collect(found, truths, band)
        bands[label] = {"faces": hits.faces, "ap": hits.average_precision(), "recall": hits.recall(entrant.threshold),
                        "precision": hits.precision(entrant.threshold)}
        if usual_threshold is not None:
            bands[label]["usual_recall"] = hits.recall(usual_threshold)
    result = {"threshold": entrant.threshold, "bands": bands, "false_per_100_empty": false_alarms(cases, entrant)}
    if usual_threshold is not None:
        usual = Entrant(entrant.name, entrant.detect, usual_threshold)
        result |= {"usual_threshold": usual_threshold, "usual_false_per_100_empty": false_alarms(cases, usual)}
    return result


def peer_figures(recorded: Recorded, validation: list[Case], cases: list[Case]) -> dict:
    """A peer's figures with its boxes drawn as the checked ones, and its AP with its boxes as it gives them."""
    habit = habit_of(recorded, validation)
    as_given = figures(Entrant(recorded.name, recorded, choose_threshold(recorded, validation)), cases)
    detect = lambda picture: habit.undone(recorded(picture))  # noqa: E731
    entrant = Entrant(recorded.name, detect, choose_threshold(detect, validation))
    return figures(entrant, cases, recorded.usual_threshold) | {
        "network": recorded.network, "habit": {"shift": habit.shift, "factor": habit.factor},
        "ap_as_given": {label: band["ap"] for label, band in as_given["bands"].items()}}


def table(report: dict[str, dict]) -> str:
    """The report as Markdown."""
    names = list(report)
    head = ["| face height, px | faces | " + " | ".join(f"{n}: AP, recall" for n in names) + " |",
            "| --- | --- |" + " --- |" * len(names)]
    rows = []
    for label in BANDS:
        cells = [report[n]["bands"][label] for n in names]
        rows.append(f"| {label} | {cells[0]['faces']} | " + " | ".join(f"{c['ap']:.3f}, {c['recall']:.3f}" for c in cells) + " |")
    whole = "24 and more"
    more = [
        ("working point, from the validation scenes", lambda d: f"{d['threshold']:.2f}"),
        (f"precision there, {whole} px", lambda d: f"{d['bands'][whole]['precision']:.3f}"),
        ("false detections per 100 pictures without faces", lambda d: f"{d['false_per_100_empty']:.0f}"),
        ("the package's usual threshold", lambda d: f"{d['usual_threshold']:.2f}" if "usual_threshold" in d else ""),
        (f"recall there, {whole} px", lambda d: f"{d['bands'][whole]['usual_recall']:.3f}" if "usual_threshold" in d else ""),
        ("false detections there", lambda d: f"{d['usual_false_per_100_empty']:.0f}" if "usual_threshold" in d else ""),
        (f"AP with boxes as the package draws them, {whole} px", lambda d: f"{d['ap_as_given'][whole]:.3f}" if "ap_as_given" in d else ""),
    ]
    below = ["", "| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    below += [f"| {label} | " + " | ".join(show(report[n]) for n in names) + " |" for label, show in more]
    return "\n".join(head + rows + below)
