"""The tensor contract of YuNet-like detectors: cells, boxes, landmarks, scores.

For each stride s in 8, 16, 32 the picture is a grid of cells, row by row.
The cell in column c and row r speaks for the point (c * s, r * s):

* score = sqrt(cls * obj)
* box centre = (c + b0, r + b1) * s, box size = (exp(b2), exp(b3)) * s
* landmark k = (c + k_2k, r + k_2k+1) * s

Source: OpenCV, modules/objdetect/src/face_detect.cpp (postProcess).
A face is a row of 15 numbers: x, y, width, height, five landmarks as x, y
(right eye, left eye, nose, right and left mouth corner, right and left being
the person's own), score. Lengths are pixels of the picture given.
"""

from __future__ import annotations

import numpy as np

STRIDES = (8, 16, 32)
FACE_COLUMNS = 15
LANDMARK_ORDER = "right_eye,left_eye,nose,right_mouth_corner,left_mouth_corner"
SCORE = 14
JOINED_OVERLAP = 0.6  # intersection over union from which two answers are of the same face and say nearly the same
JOINED_SHARE = 0.5  # of the best answer's score, from which another one counts


def output_names() -> list[str]:
    """The output names in the order of the file: all cls, all obj, all bbox, all kps."""
    return [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in STRIDES]


def cell_points(height: int, width: int, stride: int) -> np.ndarray:
    """Column and row of every cell: float32 [n, 2], n = (height / stride) * (width / stride)."""
    rows, columns = np.mgrid[0 : height // stride, 0 : width // stride]
    return np.stack([columns.ravel(), rows.ravel()], 1).astype(np.float32)


def encode(faces: np.ndarray, cells: np.ndarray, stride: int) -> tuple[np.ndarray, np.ndarray]:
    """Targets for faces [n, >=14] at cells [n, 2] (column, row): bbox [n, 4], kps [n, 10]."""
    centres = faces[:, 0:2] + faces[:, 2:4] / 2
    offsets = centres / stride - cells
    sizes = np.log(np.maximum(faces[:, 2:4], 1e-3) / stride)
    points = faces[:, 4:14].reshape(-1, 5, 2) / stride - cells[:, None, :]
    bbox = np.concatenate([offsets, sizes], 1).astype(np.float32)
    return bbox, points.reshape(-1, 10).astype(np.float32)


def decode(bbox: np.ndarray, kps: np.ndarray, cells: np.ndarray, stride: int) -> np.ndarray:
    """The inverse of `encode`: float32 [n, 14]."""
    centres = (cells + bbox[:, 0:2]) * stride
    sizes = np.exp(np.minimum(bbox[:, 2:4], 10)) * stride
    points = (kps.reshape(-1, 5, 2) + cells[:, None, :]) * stride
    return np.concatenate([centres - sizes / 2, sizes, points.reshape(-1, 10)], 1).astype(np.float32)


def overlap(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Intersection over union of one box [4] (x, y, w, h) with boxes [n, 4]: [n]."""
    right = np.minimum(box[0] + box[2], boxes[:, 0] + boxes[:, 2])
    bottom = np.minimum(box[1] + box[3], boxes[:, 1] + boxes[:, 3])
    width = np.maximum(right - np.maximum(box[0], boxes[:, 0]), 0)
    height = np.maximum(bottom - np.maximum(box[1], boxes[:, 1]), 0)
    inner = width * height
    return inner / np.maximum(box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - inner, 1e-9)


def suppress(faces: np.ndarray, limit: float) -> np.ndarray:
    """Greedy non-maximum suppression: faces [n, 15] -> the kept ones, best first.

    A face goes when it overlaps a better one by more than `limit` (IoU). Where it says nearly the same, its
    landmarks go into the mean of those that are kept: neighbouring cells err apart from each other. The application
    joins in the same way (`main/vision/detection/joined-landmarks.ts`, which says why boxes are not joined).
    """
    order = np.argsort(-faces[:, SCORE], kind="stable")
    kept = []
    while order.size:
        best, order = faces[order[0]], order[1:]
        shared = overlap(best[:4], faces[order, :4]) if order.size else np.zeros(0)
        others = faces[order[(shared >= JOINED_OVERLAP) & (faces[order, SCORE] >= JOINED_SHARE * best[SCORE])]]
        kept.append(_joined(best, others))
        order = order[shared <= limit]
    return np.array(kept, np.float32).reshape(-1, FACE_COLUMNS)


def _joined(best: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The best face with the mean of all landmarks, weighted by the square of the score."""
    group = np.concatenate([best[None], others])
    weight = group[:, SCORE, None] ** 2
    joined = best.copy()
    joined[4:SCORE] = (group[:, 4:SCORE] * weight).sum(0) / weight.sum()
    return joined


def faces_of_maps(maps: dict[str, np.ndarray], height: int, width: int, min_score: float, nms: float,
                  limit: int = 2000) -> list[np.ndarray]:
    """Decode and suppress dense maps.

    maps: the twelve outputs by name, [batch, n, channels], of a picture of
    height x width (multiples of 32). Returns one float32 [n, 15] per picture;
    at most `limit` candidates are considered. Answers down to JOINED_SHARE of
    min_score are joined with the faces that are kept.
    """
    batch = maps["cls_8"].shape[0]
    cells = {s: cell_points(height, width, s) for s in STRIDES}
    results = []
    for i in range(batch):
        rows = []
        for s in STRIDES:
            product = np.clip(maps[f"cls_{s}"][i, :, 0], 0, 1) * np.clip(maps[f"obj_{s}"][i, :, 0], 0, 1)
            score = np.sqrt(product)
            index = np.flatnonzero(score >= JOINED_SHARE * min_score)
            if index.size:
                face = decode(maps[f"bbox_{s}"][i, index], maps[f"kps_{s}"][i, index], cells[s][index], s)
                rows.append(np.concatenate([face, score[index, None]], 1))
        faces = np.concatenate(rows) if rows else np.zeros((0, FACE_COLUMNS), np.float32)
        if len(faces) > limit:
            faces = faces[np.argsort(-faces[:, SCORE])[:limit]]
        kept = suppress(faces.astype(np.float32), nms)
        results.append(kept[kept[:, SCORE] >= min_score])
    return results
