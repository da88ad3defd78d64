"""Labels for a picture from a teacher that looks at several enlargements of it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from vitrine.detector.codec import SCORE, overlap
from vitrine.detector.yunet import YuNet

FACE, IGNORE = 1, 0
LOWEST = 0.3  # scores under this are background
UNSURE = 0.5  # an unconfirmed sight under this is background when training
SURE = 0.7  # one enlargement alone suffices
LIKELY = 0.55  # two enlargements must agree
SMALL = 20.0  # px: only pictures with a face under this are enlarged three times


def enlarge(picture: np.ndarray, factor: float) -> np.ndarray:
    """uint8 [h, w, 3] resampled by a factor."""
    if factor == 1:
        return picture
    height, width = picture.shape[:2]
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(Image.fromarray(picture).resize(size, Image.BICUBIC))


def detect_at(teacher: YuNet, picture: np.ndarray, factor: float, min_score: float = LOWEST) -> np.ndarray:
    """Faces at one enlargement in pixels of the picture itself: [n, 15]."""
    faces = teacher.detect(enlarge(picture, factor)[None], min_score)[0].copy()
    faces[:, :SCORE] /= factor
    return faces


def merge(found: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Join detections of several enlargements.

    found: [n_i, 15] per enlargement, in pixels of the picture, the first one
    being the picture as it is. Detections that overlap by 0.45 or more are one
    face; its row is the mean of the good ones, with the best score. It is a face
    when its best score is SURE, or when two enlargements give LIKELY or more; one that only the
    strongest enlargement sees must reach 0.8 there. Anything else is to be
    ignored: neither face nor background. Returns faces [n, 15], status [n].
    """
    rows = [np.concatenate([f, np.full((len(f), 1), i)], 1) for i, f in enumerate(found)]
    pool = np.concatenate(rows) if rows else np.zeros((0, 16))
    pool = pool[np.argsort(-pool[:, SCORE], kind="stable")]
    faces, status = [], []
    while len(pool):
        best = pool[0]
        same = overlap(best[:4], pool[:, :4]) >= 0.45
        group, pool = pool[same], pool[~same]
        agree = len({int(i) for i in group[group[:, SCORE] >= LIKELY][:, 15]})
        seen = len({int(i) for i in group[:, 15]})
        sure = best[SCORE] >= (SURE if seen > 1 or best[15] < 2 else 0.8)
        faces.append(np.append(_joined(group), best[SCORE]))
        status.append(FACE if sure or agree >= 2 else IGNORE)
    if not faces:
        return np.zeros((0, 15), np.float32), np.zeros(0, np.int64)
    return np.array(faces, np.float32), np.array(status, np.int64)


def _joined(group: np.ndarray) -> np.ndarray:
    """The mean [14] of the good sights of one face, weighted by score: their errors differ from look to look."""
    weight = np.where(group[:, SCORE] >= min(LIKELY, group[0, SCORE]), group[:, SCORE] ** 2, 0)
    return (group[:, :SCORE] * weight[:, None]).sum(0) / weight.sum()


def label(teacher: YuNet, picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Faces [n, 15] and their status for one BGR picture."""
    found = [detect_at(teacher, picture, 1), detect_at(teacher, picture, 2)]
    both = np.concatenate(found)
    if len(both) and both[:, 3].min() < SMALL:
        found.append(detect_at(teacher, picture, 3))
    return merge(found)


def read_not_faces(path: Path) -> dict[str, np.ndarray]:
    """Boxes [n, 4] by file that a person struck out: dogs, wheels, doughnuts."""
    rows: dict[str, list] = defaultdict(list)
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            rows[row["file"]].append([float(row[k]) for k in ("x", "y", "width", "height")])
    return {name: np.array(boxes) for name, boxes in rows.items()}


def strike_out(faces: np.ndarray, status: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Labels without those that overlap a struck-out box by half."""
    keep = np.array([overlap(face[:4], boxes).max() < 0.5 for face in faces], bool)
    return faces[keep], status[keep]
