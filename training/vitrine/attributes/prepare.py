"""`prepare`: finds the face in every picture, aligns it and packs the crops and labels for training."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator, Protocol

import numpy as np
from PIL import Image
from tqdm import tqdm

from . import splits
from .alignment import Template, crop, fit, load_template
from .schema import columns
from .sources import Face, Pictures, add_annotations, add_eyewear, read_set

MARGIN = 1.25
"""The cached crop is this much wider than the network's view, so that shifts and turns stay inside it."""

CACHE_SIZE = 140
"""112 pixels of view times MARGIN: a training view of 112 px shows as fine a detail as the application's crop does."""

CANVAS = 160
"""Detection runs on a square canvas of this size, the picture centred in it."""


class Detector(Protocol):
    """What `prepare` needs of a face detector (training/vitrine/detector/yunet.py)."""

    def detect(self, images: np.ndarray, min_score: float = 0.5, nms: float = 0.4) -> list[np.ndarray]:
        """uint8 [B, H, W, 3] BGR to rows of x, y, w, h, five landmarks, score."""


def on_canvas(picture: np.ndarray, inside: int) -> tuple[np.ndarray, float, tuple[int, int]]:
    """The picture scaled to longest side `inside` in the middle of a black canvas.

    Returns the canvas (BGR), the scale and the offset: canvas = picture * scale + offset.
    """
    height, width = picture.shape[:2]
    scale = inside / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR))
    left, top = (CANVAS - size[0]) // 2, (CANVAS - size[1]) // 2
    canvas = np.zeros((CANVAS, CANVAS, 3), np.uint8)
    canvas[top:top + size[1], left:left + size[0]] = small[:, :, ::-1]
    return canvas, scale, (left, top)


def main_face(faces: np.ndarray) -> np.ndarray | None:
    """The face meant by the picture: large, near the middle, well scored. Row of 15 or None."""
    if not len(faces):
        return None
    centre = faces[:, :2] + faces[:, 2:4] / 2
    off = np.hypot(*(centre - CANVAS / 2).T) / CANVAS
    merit = np.sqrt(faces[:, 2] * faces[:, 3]) / CANVAS * faces[:, 14] - off
    return faces[int(merit.argmax())]


def find_landmarks(pictures: list[np.ndarray], detector: Detector) -> tuple[np.ndarray, np.ndarray]:
    """Landmarks [n, 5, 2] in each picture's own coordinates and scores [n]; NaN and 0 where no face was found.

    Tries the picture with a margin, then smaller (faces that fill the picture), then with a low score limit.
    """
    landmarks = np.full((len(pictures), 5, 2), np.nan)
    scores = np.zeros(len(pictures))
    for inside, min_score in ((128, 0.5), (90, 0.5), (152, 0.35), (110, 0.15), (70, 0.15)):
        missing = np.flatnonzero(scores == 0)
        if not len(missing):
            break
        placed = [on_canvas(pictures[i], inside) for i in missing]
        for i, (_, scale, offset), faces in zip(missing, placed, detector.detect(
                np.stack([p[0] for p in placed]), min_score=min_score)):
            face = main_face(faces)
            if face is not None:
                landmarks[i] = (face[4:14].reshape(5, 2) - offset) / scale
                scores[i] = face[14]
    return landmarks, scores


def batches(faces: list[Face], pictures: Pictures, most: int = 64, pixels: int = 2**26) -> Iterator[list[np.ndarray]]:
    """The pictures in order, `most` at a time or fewer where they are large."""
    batch: list[np.ndarray] = []
    for face in faces:
        batch.append(pictures.picture(face.file))
        if len(batch) == most or sum(p.shape[0] * p.shape[1] for p in batch) >= pixels:
            yield batch
            batch = []
    if batch:
        yield batch


def prepare_set(faces: list[Face], pictures: Pictures, detector: Detector, template: Template, out: Path) -> None:
    """Crops of one set: `<set>.crops.npy` uint8 [n, CACHE_SIZE, CACHE_SIZE, 3] RGB, `<set>.landmarks.npy` and labels."""
    name = faces[0].set
    crops = np.lib.format.open_memmap(out / f"{name}.crops.tmp", "w+", np.uint8,
                                      (len(faces), CACHE_SIZE, CACHE_SIZE, 3))
    landmarks = np.full((len(faces), 5, 2), np.nan, np.float32)
    scores = np.zeros(len(faces), np.float32)
    sizes = np.zeros((len(faces), 2), np.float32)
    bar, start = tqdm(total=len(faces), desc=name, mininterval=5), 0
    for decoded in batches(faces, pictures):
        found, score = find_landmarks(decoded, detector)
        for i, picture in enumerate(decoded):
            sizes[start + i] = picture.shape[1], picture.shape[0]
            if score[i] > 0:
                crops[start + i] = cached_crop(picture, found[i], template)
        end = start + len(decoded)
        landmarks[start:end], scores[start:end], start = found, score, end
        bar.update(len(decoded))
    bar.close()
    fill_missing(faces, pictures, crops, landmarks, scores, sizes, template)
    crops.flush()
    np.save(out / f"{name}.landmarks.npy", landmarks)
    np.save(out / f"{name}.scores.npy", scores)
    (out / f"{name}.crops.tmp").rename(out / f"{name}.crops.npy")


def cached_crop(picture: np.ndarray, landmarks: np.ndarray, template: Template) -> np.ndarray:
    """The network's view with a margin of MARGIN, CACHE_SIZE pixels wide."""
    return crop(picture, fit(landmarks, template).widened(MARGIN), CACHE_SIZE, template.max_supersampling)


def fill_missing(faces: list[Face], pictures: Pictures, crops: np.ndarray, landmarks: np.ndarray, scores: np.ndarray,
                 sizes: np.ndarray, template: Template) -> None:
    """Faces that the detector does not find get the median landmarks of their set, as part of the picture's size."""
    missing = np.flatnonzero(scores == 0)
    if not len(missing) or len(missing) == len(faces):
        return
    usual = np.median(landmarks[scores > 0] / sizes[scores > 0, None, :], 0)
    for i in missing:
        landmarks[i] = usual * sizes[i]
        crops[i] = cached_crop(pictures.picture(faces[i].file), landmarks[i], template)
    print(f"{faces[0].set}: no face found in {len(missing)} of {len(faces)} pictures; "
          "they are cropped where faces usually are in this set.")


def save_labels(faces: list[Face], out: Path, split_folder: Path) -> None:
    """`<set>.labels.npz`: files, part of each, label matrix float32 [n, columns] (NaN = none), landmarks' source."""
    name, files = faces[0].set, [f.file for f in faces]
    where = splits.read(split_folder)
    if split_folder != splits.FOLDER:
        splits.check(split_folder, name, files)
    names = columns()
    place = {c: i for i, c in enumerate(names)}
    matrix = np.full((len(faces), len(names)), np.nan, np.float32)
    for row, face in zip(matrix, faces):
        for column, value in face.labels.items():
            row[place[column]] = value
    np.savez_compressed(out / f"{name}.labels.npz", columns=np.array(names), files=np.array(files),
                        sheet=np.array([f.sheet for f in faces]),
                        part=np.array([where.get((name, file), "train") for file in files]), labels=matrix)


def forget_others(faces: list[Face], out: Path) -> None:
    """Deletes what was made of the set when it had other faces, or the same in another order: crops go with labels by their place."""
    name = faces[0].set
    if not (out / f"{name}.crops.npy").exists():
        return
    table = out / f"{name}.labels.npz"
    if table.exists() and list(np.load(table)["files"]) == [f.file for f in faces]:
        return
    for kind in ("crops", "landmarks", "scores", "teacher", "hint", "latents"):
        (out / f"{name}.{kind}.npy").unlink(missing_ok=True)
    print(f"{name}: its faces are others now; they are looked at anew ('hint' and 'pseudo' have to be run again).")


def prepare(sets: list[Path], annotated: Path | None, check: Path | None, eyewear: Path | None, detector_file: Path,
            out: Path, split_folder: Path = splits.FOLDER, threads: int = 1) -> None:
    """Runs the whole step; sets whose crops are there already are not detected again (labels are always redone), unless their
    faces are others."""
    from vitrine.detector.yunet import YuNet

    out.mkdir(parents=True, exist_ok=True)
    by_set = {Path(p).stem: read_set(p) for p in sets}
    everything = [f for faces in by_set.values() for f in faces]
    if annotated:
        print(f"{add_annotations(everything, annotated)} annotated faces")
    if check:
        print(f"{add_annotations(everything, check, 'ffhq')} faces annotated again")
    if eyewear:
        print(f"{add_eyewear(everything, eyewear)} faces with sorted eyewear")
    if not any(split_folder.glob("*.txt")):
        splits.write(splits.choose(everything), split_folder)
    template = load_template()
    detector = YuNet(detector_file, threads)
    for path in sets:
        faces = by_set[Path(path).stem]
        forget_others(faces, out)
        save_labels(faces, out, split_folder)
        if not (out / f"{faces[0].set}.crops.npy").exists():
            prepare_set(faces, Pictures(path), detector, template, out)
    (out / "cache.json").write_text(json.dumps(
        {"template": template.id, "margin": MARGIN, "size": CACHE_SIZE, "sets": list(by_set)}, indent=1))
