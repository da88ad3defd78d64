"""The list of checked boxes: one line a box, `training/annotations/detector/test-boxes.csv`."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np

from vitrine.detector.metrics import Truth

STATES = ("face", "ignore", "none")  # none: the picture was checked and has no face


def read_boxes(path: Path) -> dict[str, Truth]:
    """The truth of every checked picture by its file name."""
    rows: dict[str, list[dict]] = defaultdict(list)
    try:
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                if row["state"] not in STATES:
                    raise SystemExit(f"{path}: the state {row['state']!r} of {row['file']} is none of {', '.join(STATES)}.")
                rows[row["file"]].append(row)
    except FileNotFoundError:
        raise SystemExit(f"There is no list of checked boxes at {path}.") from None
    truths = {}
    for name, items in rows.items():
        items = [r for r in items if r["state"] != "none"]
        boxes = np.array([[float(r[k]) for k in ("x", "y", "width", "height")] for r in items], np.float32).reshape(-1, 4)
        truths[name] = Truth(boxes, np.array([r["state"] == "ignore" for r in items], bool))
    return truths


def write_boxes(path: Path, truths: dict[str, Truth]) -> None:
    """The inverse of `read_boxes`; whole pixels with one decimal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "x", "y", "width", "height", "state"])
        for name, truth in truths.items():
            if not len(truth.boxes):
                table.writerow([name, "", "", "", "", "none"])
            for box, ignore in zip(truth.boxes, truth.ignore):
                table.writerow([name, *(f"{v:.1f}" for v in box), "ignore" if ignore else "face"])
