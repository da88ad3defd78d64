"""Training pictures: parts of scenes at all sizes, tiled, with faces pasted in.

A composed picture is clean; what a bad camera does to it comes afterwards
(`degrade`), so that the teacher can see the clean one and the student the
other. Picture number i of a seed is always the same.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image

from vitrine.detector.codec import SCORE
from vitrine.detector.geometry import Turn, mirror, visible_part
from vitrine.detector.labels import FACE, IGNORE, UNSURE
from vitrine.detector.pack import Pack

Parts = tuple[np.ndarray, np.ndarray, np.ndarray]  # picture, faces [n, 14], status [n]
LARGEST_TURN = math.radians(35)
EMPTY: Parts = (np.zeros((0, 0, 3), np.uint8), np.zeros((0, 14), np.float32), np.zeros(0, np.int64))


def _soft_shapes(count: int = 24, size: int = 96) -> list[Image.Image]:
    """Masks with soft edges between an ellipse and a rectangle, for pasting."""
    rng = np.random.default_rng(7)
    y, x = (np.mgrid[0:size, 0:size] + 0.5) * 2 / size - 1
    shapes = []
    for _ in range(count):
        power, edge = rng.choice([2, 2.5, 4, 8]), rng.uniform(0.06, 0.3)
        radius = (np.abs(x) ** power + np.abs(y) ** power) ** (1 / power)
        shapes.append(Image.fromarray((np.clip((0.98 - radius) / edge, 0, 1) * 255).astype(np.uint8)))
    return shapes


def warp(picture: np.ndarray, turn: Turn, width: int, height: int, fill: tuple[int, int, int]) -> np.ndarray:
    """uint8 picture through a turn to width x height, averaged first where it shrinks."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    reduced = max(1, int(1 / turn.scale + 0.3))
    if reduced > 1:
        image = image.reduce(reduced)
    return np.asarray(image.transform((width, height), Image.AFFINE, turn.backward(reduced), Image.BILINEAR, fillcolor=fill))


class Composer:
    """Makes training pictures from the packed scenes and faces of `work`."""

    def __init__(self, work: Path, size: int, seed: int):
        """size: side of the square pictures in pixels, a multiple of 32."""
        self.size, self.seed = size, seed
        self.scenes, self.faces = Pack(work / "scenes"), Pack(work / "faces")
        train = [i for i, item in enumerate(self.scenes.items) if item["part"] == "train"]
        has = [any(self.scenes.items[i]["status"]) for i in train]
        self.with_faces = [i for i, h in zip(train, has) if h]
        self.without = [i for i, h in zip(train, has) if not h]
        self._shapes = _soft_shapes()

    def compose(self, number: int) -> Parts:
        """Picture `number`: uint8 [size, size, 3] BGR, faces [n, 14], status [n]."""
        rng = np.random.default_rng((self.seed, number))
        canvas, faces, status = self._mosaic(rng) if rng.random() < 0.4 else self._view(rng, self.size, self.size)
        if rng.random() < 0.6:
            canvas, faces, status = self._paste_some(rng, canvas, faces, status)
        return canvas, faces, status

    def _mosaic(self, rng: np.random.Generator) -> Parts:
        """Four views around a random cross."""
        size = self.size
        x, y = (int(v) for v in rng.integers(size // 4, size * 3 // 4, 2))
        canvas = np.empty((size, size, 3), np.uint8)
        all_faces, all_status = [], []
        for left, top, right, bottom in ((0, 0, x, y), (x, 0, size, y), (0, y, x, size), (x, y, size, size)):
            part, faces, status = self._view(rng, right - left, bottom - top)
            canvas[top:bottom, left:right] = part
            faces[:, [0, *range(4, 14, 2)]] += left
            faces[:, [1, *range(5, 14, 2)]] += top
            all_faces.append(faces)
            all_status.append(status)
        return canvas, np.concatenate(all_faces), np.concatenate(all_status)

    def _pick_scene(self, rng: np.random.Generator) -> Parts:
        empty = bool(self.without) and (not self.with_faces or rng.random() < 0.22)
        index = int(rng.choice(self.without if empty else self.with_faces))
        item, picture = self.scenes.items[index], self.scenes.picture(index)
        faces = np.array(item["faces"], np.float32).reshape(-1, 15)
        status = np.array(item["status"], np.int64)
        counts = (status == FACE) | (faces[:, SCORE] >= UNSURE)
        faces, status = faces[counts, :SCORE], status[counts]
        if rng.random() < 0.5:
            picture, faces = picture[:, ::-1], mirror(faces, picture.shape[1])
        return picture, faces, status

    def _view(self, rng: np.random.Generator, width: int, height: int) -> Parts:
        """A part of a scene at a random size and turn; often around a face brought to a random height."""
        picture, faces, status = self._pick_scene(rng)
        tall, wide = picture.shape[:2]
        sure = np.flatnonzero(status == FACE)
        least = 0.8 * max(width / wide, height / tall)
        if len(sure) and rng.random() < 0.75:
            face = faces[rng.choice(sure)]
            wanted = math.exp(rng.uniform(math.log(12), math.log(0.9 * min(width, height))))
            scale = float(np.clip(wanted / face[3], max(0.25, min(least, 1.0)), 2.6))
            source = face[:2] + face[2:4] * rng.uniform(0.2, 0.8, 2)
            target = np.array([width, height]) * rng.uniform(0.2, 0.8, 2)
        else:
            scale = max(min(least, 1.0), math.exp(rng.uniform(math.log(0.4), math.log(1.8))))
            source = np.array([wide, tall]) * rng.uniform(0.2, 0.8, 2)
            target = np.array([width, height]) / 2
        source = self._pull_inside(source, target, np.array([width, height]), np.array([wide, tall]), scale)
        turn = Turn(scale, self._angle(rng), tuple(source), tuple(target))
        fill = tuple(int(v) for v in rng.integers(0, 256, 3))
        out = warp(picture, turn, width, height, fill).copy()
        return self._keep(out, turn.faces(faces), status)

    @staticmethod
    def _pull_inside(source: np.ndarray, target: np.ndarray, size: np.ndarray, scene: np.ndarray, scale: float) -> np.ndarray:
        """Moves the view (of `size` pixels) over the scene so that as little as possible lies outside."""
        corner = source - target / scale
        slack = scene - size / scale
        return np.clip(corner, np.minimum(slack, 0), np.maximum(slack, 0)) + target / scale

    @staticmethod
    def _angle(rng: np.random.Generator) -> float:
        kind = rng.random()
        if kind < 0.4:
            return 0.0
        return float(rng.uniform(-LARGEST_TURN, LARGEST_TURN) if kind < 0.7 else rng.normal(0, 0.1))

    @staticmethod
    def _keep(picture: np.ndarray, faces: np.ndarray, status: np.ndarray) -> Parts:
        """Drops faces outside; a face that is mostly cut off is neither face nor background."""
        height, width = picture.shape[:2]
        part = visible_part(faces, width, height)
        status = np.where(part < 0.55, IGNORE, status)
        inside = part > 0.02
        return picture, faces[inside], status[inside]

    def _paste_some(self, rng: np.random.Generator, canvas: np.ndarray, faces: np.ndarray, status: np.ndarray) -> Parts:
        """One to six faces of the face sets on free places."""
        if not len(self.faces):
            return canvas, faces, status
        canvas = canvas.copy()
        for _ in range(int(rng.integers(1, 7))):
            height = math.exp(rng.uniform(math.log(10), math.log(min(250, 0.8 * self.size))))
            centre = rng.uniform(0.05, 0.95, 2) * self.size
            box = np.concatenate([centre - height * 0.7, centre + height * 0.7])
            hit = (
                (faces[:, 0] < box[2]) & (faces[:, 0] + faces[:, 2] > box[0])
                & (faces[:, 1] < box[3]) & (faces[:, 1] + faces[:, 3] > box[1])
            )
            if hit.any():
                continue
            face = self._paste(rng, canvas, height, centre)
            _, new, state = self._keep(canvas, face[None], np.array([FACE]))
            faces, status = np.concatenate([faces, new]), np.concatenate([status, state])
        return canvas, faces, status

    def _paste(self, rng: np.random.Generator, canvas: np.ndarray, height: float, centre: np.ndarray) -> np.ndarray:
        """Draws one face of the given height into the canvas; returns its row [14]."""
        index = int(rng.integers(len(self.faces)))
        picture = self.faces.picture(index)
        face = np.array(self.faces.items[index]["faces"][0], np.float32)[None, :14]
        if rng.random() < 0.5:
            picture, face = picture[:, ::-1], mirror(face, picture.shape[1])
        x, y, w, h = face[0, :4]
        grow = rng.uniform(1.25, 2.2) / 2
        left, right = max(0, x + w / 2 - grow * h), min(picture.shape[1], x + w / 2 + grow * h)
        top, bottom = max(0, y + h / 2 - grow * h), min(picture.shape[0], y + h / 2 + grow * h)
        scale, angle = height / float(h), self._angle(rng)
        reach = int(math.ceil(scale * math.hypot(right - left, bottom - top) / 2)) + 1
        x0, y0 = max(0, int(centre[0]) - reach), max(0, int(centre[1]) - reach)
        x1, y1 = min(canvas.shape[1], int(centre[0]) + reach), min(canvas.shape[0], int(centre[1]) + reach)
        middle = (float(x + w / 2), float(y + h / 2))
        local = Turn(scale, angle, middle, (centre[0] - x0, centre[1] - y0))
        patch = warp(picture, local, x1 - x0, y1 - y0, (0, 0, 0))
        shape = self._shapes[int(rng.integers(len(self._shapes)))].resize((max(1, int(right - left)), max(1, int(bottom - top))))
        shifted = Turn(scale, angle, (middle[0] - left, middle[1] - top), local.target)
        alpha = np.asarray(shape.transform((x1 - x0, y1 - y0), Image.AFFINE, shifted.backward(), Image.BILINEAR))
        part = canvas[y0:y1, x0:x1]
        mixed = part + (patch.astype(np.int32) - part) * alpha[:, :, None].astype(np.int32) // 255
        part[...] = mixed.astype(np.uint8)
        return Turn(scale, angle, middle, tuple(centre)).faces(face)[0]
