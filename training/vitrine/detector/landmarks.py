"""How exact landmarks are: held-out faces with a reference that is better than one look of the teacher.

One look of the teacher at a clear frontal face is off by about 6 % of the eye
distance from the mean of many looks, so that mean is the reference: five
sizes, each also mirrored.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import numpy as np

from vitrine.detector.codec import overlap
from vitrine.detector.geometry import mirror
from vitrine.detector.labels import detect_at, enlarge
from vitrine.detector.pack import Pack, PackWriter
from vitrine.detector.yunet import YuNet

LOOKS = (0.4, 0.5, 0.6, 0.7, 0.8)  # of a picture of 256 px
REFINING_HEIGHTS = (52.0, 68.0, 88.0)  # px, for labels of training faces
HEIGHTS = (24, 32, 64, 128)  # px of face height that are measured


def consensus(teacher: YuNet, picture: np.ndarray) -> np.ndarray | None:
    """Mean face [14] over all looks; None where one of them sees no face."""
    rows = []
    for factor in LOOKS:
        for flip in (False, True):
            faces = detect_at(teacher, picture[:, ::-1].copy() if flip else picture, factor, 0.6)[:1, :14]
            if not len(faces):
                return None
            rows.append(mirror(faces, picture.shape[1])[0] if flip else faces[0])
    return np.mean(rows, 0)


def refined(teacher: YuNet, picture: np.ndarray, face: np.ndarray) -> np.ndarray:
    """The mean [14] of several looks at the face [>=14] of a picture, which is returned itself where none sees it again.

    The looks bring the face to the heights that the teacher is best at, each also mirrored.
    """
    rows = []
    for height in REFINING_HEIGHTS:
        factor = height / float(face[3])
        scaled = enlarge(picture, factor)
        both = teacher.detect(np.stack([scaled, scaled[:, ::-1]]), 0.5)
        for found, flip in zip(both, (False, True)):
            found = mirror(found, scaled.shape[1]) if flip else found
            found = found[:, :14] / factor
            shared = overlap(face[:4], found[:, :4]) if len(found) else np.zeros(1)
            if shared.max() >= 0.5:
                rows.append(found[shared.argmax()])
    return np.mean(rows, 0) if rows else face[:14]


def write_probe(teacher: YuNet, pictures: list[tuple[str, np.ndarray]], work: Path) -> int:
    """Pack held-out faces with their reference; returns how many."""
    writer, count = PackWriter(work / "probe"), 0
    for name, picture in pictures:
        face = consensus(teacher, picture)
        if face is not None:
            writer.add(picture, file=name, face=face.round(3).tolist())
            count += 1
    writer.close()
    return count


def measure(detect: Callable[[np.ndarray], np.ndarray], work: Path) -> dict[str, dict[str, float]]:
    """By face height: mean distance from the reference as a part of the eye distance, and the part of faces found.

    The picture is scaled so that the face has that height; the best detection
    near the face counts.
    """
    pack = Pack(work / "probe")
    result = {}
    for height in HEIGHTS:
        errors = []
        for i, item in enumerate(pack.items):
            face = np.array(item["face"])
            factor = height / face[3]
            found = detect(enlarge(pack.picture(i).copy(), factor))
            centre = (face[:2] + face[2:4] / 2) * factor
            near = [f for f in found if np.abs(f[:2] + f[2:4] / 2 - centre).max() < height / 2]
            if not near:
                continue
            points = face[4:14].reshape(5, 2) * factor
            eyes = float(np.hypot(*(points[1] - points[0])))
            if eyes > 0.3 * face[2] * factor:
                errors.append(np.hypot(*(near[0][4:14].reshape(5, 2) - points).T).mean() / eyes)
        result[str(height)] = {"faces": len(errors), "mean": float(np.mean(errors)) if errors else float("nan")}
    return result
