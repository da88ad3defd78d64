"""Matching detections with checked boxes; precision, recall, average precision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vitrine.detector.codec import SCORE, overlap

ENOUGH = 0.5  # intersection over union of a hit
BANDS = {"12-20": (12.0, 20.0), "20-32": (20.0, 32.0), "32-64": (32.0, 64.0), "over 64": (64.0, 1e9), "24 and more": (24.0, 1e9)}


@dataclass
class Truth:
    """What is in one picture: boxes [n, 4] (x, y, w, h in px) and which of them not to count."""

    boxes: np.ndarray
    ignore: np.ndarray


@dataclass
class Hits:
    """The detections of many pictures that count: score and whether right; how many faces there were."""

    scores: np.ndarray
    right: np.ndarray
    faces: int

    def recall(self, threshold: float) -> float:
        """Part of the faces found with a score of at least the threshold."""
        return float((self.right & (self.scores >= threshold)).sum() / self.faces) if self.faces else float("nan")

    def precision(self, threshold: float) -> float:
        """Part of the detections of at least the threshold that are right."""
        taken = self.scores >= threshold
        return float(self.right[taken].mean()) if taken.any() else float("nan")

    def curve(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Recall, precision and threshold from the surest detection on."""
        order = np.argsort(-self.scores, kind="stable")
        right = np.cumsum(self.right[order])
        return right / max(self.faces, 1), right / np.arange(1, len(order) + 1), self.scores[order]

    def average_precision(self) -> float:
        """Area under the curve, precision made falling (as in PASCAL VOC since 2010)."""
        if not self.faces:
            return float("nan")
        recall, precision, _ = self.curve()
        precision = np.maximum.accumulate(precision[::-1])[::-1]
        return float(np.sum(np.diff(np.concatenate([[0], recall])) * precision)) if len(recall) else 0.0

    def best_threshold(self, beta: float = 0.5) -> float:
        """The score with the largest F-measure; beta under 1 minds false detections more than missed faces."""
        recall, precision, threshold = self.curve()
        measure = (1 + beta**2) * recall * precision / np.maximum(recall + beta**2 * precision, 1e-9)
        return float(threshold[np.argmax(measure)])


def pair(faces: np.ndarray, truth: Truth) -> tuple[np.ndarray, np.ndarray]:
    """Which box each detection hits.

    faces: [n, 15], best first. Each box is hit once, by the best detection
    with IoU >= 0.5. Returns the box's index or -1 [n], and whether a
    detection without a box lies on something to be ignored [n].
    """
    hit = np.full(len(faces), -1)
    excused = np.zeros(len(faces), bool)
    free = ~truth.ignore.copy()
    for i, face in enumerate(faces):
        if not len(truth.boxes):
            break
        shared = overlap(face[:4], truth.boxes)
        best = int(np.argmax(np.where(free, shared, -1)))
        if free[best] and shared[best] >= ENOUGH:
            hit[i], free[best] = best, False
        elif truth.ignore.any():
            excused[i] = _covered(face, truth.boxes[truth.ignore]) >= ENOUGH
    return hit, excused


def _covered(face: np.ndarray, boxes: np.ndarray) -> float:
    """The largest part of a detection that lies in one of the boxes."""
    w = np.minimum(face[0] + face[2], boxes[:, 0] + boxes[:, 2]) - np.maximum(face[0], boxes[:, 0])
    h = np.minimum(face[1] + face[3], boxes[:, 1] + boxes[:, 3]) - np.maximum(face[1], boxes[:, 1])
    return float((np.maximum(w, 0) * np.maximum(h, 0)).max() / max(face[2] * face[3], 1e-6))


def collect(found: list[np.ndarray], truths: list[Truth], band: tuple[float, float]) -> Hits:
    """Detections of many pictures against the boxes of a band of heights.

    Boxes outside the band, and wrong detections whose own height is outside, do not count.
    """
    scores, right, faces = [], [], 0
    low, high = band
    for detections, truth in zip(found, truths):
        inside = (truth.boxes[:, 3] >= low) & (truth.boxes[:, 3] < high) & ~truth.ignore
        faces += int(inside.sum())
        hit, excused = pair(detections, truth)
        for face, box, excuse in zip(detections, hit, excused):
            if box >= 0:
                if inside[box]:
                    scores.append(face[SCORE])
                    right.append(True)
            elif not excuse and low <= face[3] < high:
                scores.append(face[SCORE])
                right.append(False)
    return Hits(np.array(scores, np.float32), np.array(right, bool), faces)
