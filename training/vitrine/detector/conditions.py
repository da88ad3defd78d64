"""The test pictures again as a kiosk may see them: turned, dim, blurred, masked. Nothing here is random."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from vitrine.detector.codec import overlap
from vitrine.detector.degrade import draw_mask
from vitrine.detector.geometry import Turn, visible_part
from vitrine.detector.metrics import Truth

TURN = math.radians(30)
DIM, NOISE = 0.15, 4.0  # part of the light left; standard deviation in grey levels
BLUR = 1.6  # px
MASK_COLOUR = (215, 190, 150)  # BGR, a surgical mask
SMALLEST_MASK = 14.0  # px of height


@dataclass
class Case:
    """A picture uint8 [h, w, 3] BGR, its boxes, and landmarks [n, 5, 2] (NaN where unknown)."""

    name: str
    picture: np.ndarray
    truth: Truth
    points: np.ndarray


def clean(case: Case) -> Case:
    return case


def turned(case: Case) -> Case:
    """Turned by 30 degrees about the middle; boxes keep centre and size, as upright boxes of turned faces do."""
    height, width = case.picture.shape[:2]
    turn = Turn(1.0, TURN, (width / 2, height / 2), (width / 2, height / 2))
    image = Image.fromarray(case.picture).transform((width, height), Image.AFFINE, turn.backward(), Image.BILINEAR, fillcolor=(114, 114, 114))
    rows = np.concatenate([case.truth.boxes, case.points.reshape(-1, 10)], 1) if len(case.truth.boxes) else np.zeros((0, 14))
    rows = turn.faces(rows)
    part = visible_part(rows, width, height)
    keep = part > 0.05
    ignore = case.truth.ignore | (part < 0.75)
    return Case(case.name, np.asarray(image), Truth(rows[keep, :4], ignore[keep]), rows[keep, 4:].reshape(-1, 5, 2))


def dimmed(case: Case) -> Case:
    """A seventh of the light, with a sensor's noise."""
    rng = np.random.default_rng(len(case.name) + case.picture.size)
    dark = case.picture * DIM + rng.normal(0, NOISE, case.picture.shape)
    return Case(case.name, np.clip(dark, 0, 255).astype(np.uint8), case.truth, case.points)


def blurred(case: Case) -> Case:
    """Out of focus."""
    image = Image.fromarray(case.picture).filter(ImageFilter.GaussianBlur(BLUR))
    return Case(case.name, np.asarray(image), case.truth, case.points)


def masked(case: Case) -> Case:
    """A mask drawn on every face with known landmarks; the other faces do not count."""
    image = Image.fromarray(case.picture)
    draw = ImageDraw.Draw(image)
    done = np.zeros(len(case.truth.boxes), bool)
    for i, (box, points) in enumerate(zip(case.truth.boxes, case.points)):
        if case.truth.ignore[i] or np.isnan(points).any() or box[3] < SMALLEST_MASK:
            continue
        done[i] = draw_mask(draw, np.concatenate([box, points.ravel()]), MASK_COLOUR)
    return Case(case.name, np.asarray(image), Truth(case.truth.boxes, case.truth.ignore | ~done), case.points)


CONDITIONS: dict[str, Callable[[Case], Case]] = {
    "clean": clean, "turned 30 degrees": turned, "dimmed": dimmed, "blurred": blurred, "masked": masked,
}


def with_points(name: str, picture: np.ndarray, truth: Truth, faces: np.ndarray) -> Case:
    """A case whose boxes take the landmarks of the labelled faces [n, 15] that they overlap by half."""
    points = np.full((len(truth.boxes), 5, 2), np.nan, np.float32)
    for i, box in enumerate(truth.boxes):
        if len(faces):
            shared = overlap(box, faces[:, :4])
            if shared.max() >= 0.5:
                points[i] = faces[shared.argmax(), 4:14].reshape(5, 2)
    return Case(name, picture, truth, points)
