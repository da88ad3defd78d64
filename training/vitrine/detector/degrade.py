"""What a camera above a screen does to faces: covered, dim, coloured, blurred, noisy, compressed."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from vitrine.detector.labels import FACE, IGNORE

Colour = tuple[int, int, int]
_RAMP = np.arange(256, dtype=np.float32) / 255


def _frame(face: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, float] | None:
    """A face's own axes: point between the eyes, unit vectors along the eyes and down, eye distance, eyes to mouth.

    None when the eyes lie nearly on one another (profile).
    """
    points = face[4:14].reshape(5, 2)
    eyes, mouth = points[:2].mean(0), points[3:].mean(0)
    along, down = points[1] - points[0], mouth - eyes
    distance, length = float(np.hypot(*along)), float(np.hypot(*down))
    if distance < 0.22 * face[2] or length < 0.15 * face[3]:
        return None
    return eyes, along / distance, down / length, distance, length


def _polygon(draw: ImageDraw.ImageDraw, origin: np.ndarray, along: np.ndarray, down: np.ndarray,
             points: list[tuple[float, float]], colour: Colour) -> None:
    draw.polygon([tuple(float(v) for v in origin + a * along + d * down) for a, d in points], fill=colour)


def draw_mask(draw: ImageDraw.ImageDraw, face: np.ndarray, colour: Colour, rise: float = 0.35) -> bool:
    """A mask over nose, mouth and chin; rise: where it ends, 0 at the eyes, 1 at the mouth. False for a profile."""
    frame = _frame(face)
    if frame is None:
        return False
    eyes, along, down, _, length = frame
    half = 0.49 * float(face[2])
    middle = float((face[:2] + face[2:4] / 2 - eyes) @ along)
    nose = float((face[8:10] - eyes) @ along)
    shape = [(-half, rise - 0.05), (nose - middle, rise), (half, rise - 0.05), (0.9 * half, 1.15),
             (0.45 * half, 1.68), (0, 1.78), (-0.45 * half, 1.68), (-0.9 * half, 1.15)]
    _polygon(draw, eyes + middle * along, along, down, [(a, d * length) for a, d in shape], colour)
    return True


def draw_sunglasses(draw: ImageDraw.ImageDraw, face: np.ndarray, colour: Colour, size: float = 0.4) -> bool:
    """Two dark lenses, bridge and temples; size: half a lens as a part of the eye distance. False for a profile."""
    frame = _frame(face)
    if frame is None:
        return False
    eyes, along, down, distance, _ = frame
    turns = np.linspace(0, 2 * math.pi, 12, endpoint=False)
    for side in (-0.5, 0.5):
        ring = [(side * distance + size * distance * math.cos(t), 0.8 * size * distance * math.sin(t)) for t in turns]
        _polygon(draw, eyes, along, down, ring, colour)
    thick = 0.06 * distance
    reach = 0.48 * float(face[2])
    _polygon(draw, eyes, along, down, [(-reach, -thick), (reach, -thick), (reach, thick), (-reach, thick)], colour)
    return True


def draw_cap(draw: ImageDraw.ImageDraw, face: np.ndarray, colour: Colour) -> bool:
    """A cap over the forehead. False for a profile."""
    frame = _frame(face)
    if frame is None:
        return False
    eyes, along, down, _, length = frame
    half = 0.6 * float(face[2])
    shape = [(-half, -0.5), (half, -0.5), (0.95 * half, -1.1), (0.6 * half, -1.7), (-0.6 * half, -1.7), (-0.95 * half, -1.1)]
    _polygon(draw, eyes, along, down, [(a, d * length) for a, d in shape], colour)
    return True


def _cover_side(rng: np.random.Generator, draw: ImageDraw.ImageDraw, face: np.ndarray, colour: Colour) -> None:
    """Something before up to 40 % of the face: a hand, a shoulder, a telephone."""
    x, y, w, h = (float(v) for v in face[:4])
    part, side = rng.uniform(0.15, 0.4), int(rng.integers(4))
    box = [(x - w, y - h, x + part * w, y + 2 * h), (x + (1 - part) * w, y - h, x + 2 * w, y + 2 * h),
           (x - w, y + (1 - part) * h, x + 2 * w, y + 2 * h), (x + w * 0.1, y + h * 0.5, x + w * (0.1 + part), y + h * 1.3)][side]
    shape = draw.rectangle if rng.random() < 0.5 else draw.ellipse
    box = (max(box[0], x - 0.3 * w), max(box[1], y - 0.3 * h), min(box[2], x + 1.3 * w), min(box[3], y + 1.4 * h))
    shape(box, fill=colour)


def _colour(rng: np.random.Generator) -> Colour:
    kind = rng.random()
    if kind < 0.3:  # black or dark
        return tuple(int(v) for v in rng.integers(0, 60, 3))
    if kind < 0.55:  # white
        return tuple(int(v) for v in rng.integers(190, 256) - rng.integers(0, 15, 3))
    if kind < 0.75:  # a surgical mask's blue or green, BGR
        return (int(rng.integers(170, 240)), int(rng.integers(150, 220)), int(rng.integers(90, 180)))
    return tuple(int(v) for v in rng.integers(0, 256, 3))


def cover(rng: np.random.Generator, picture: np.ndarray, faces: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Draws masks, sunglasses, caps and things over some faces of 14 px and more."""
    chosen = [f for f, s in zip(faces, status) if s == FACE and f[3] >= 14 and rng.random() < 0.4]
    if not chosen:
        return picture
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    for face in chosen:
        kind, colour = rng.random(), _colour(rng)
        if kind < 0.42:
            draw_mask(draw, face, colour, float(rng.uniform(0.2, 0.75)))
        elif kind < 0.62:
            draw_sunglasses(draw, face, tuple(v // 4 for v in colour), float(rng.uniform(0.3, 0.45)))
        elif kind < 0.75:
            draw_cap(draw, face, colour)
        else:
            _cover_side(rng, draw, face, colour)
    return np.asarray(image)


def _curves(rng: np.random.Generator) -> np.ndarray:
    """One curve per channel, uint8 [256, 3]: exposure, contrast, gamma, colour of the light."""
    curve = _RAMP ** math.exp(rng.normal(0, 0.25))
    curve = (curve - 0.5) * rng.uniform(0.6, 1.3) + 0.5
    gain = rng.uniform(0.12, 0.5) if rng.random() < 0.25 else math.exp(rng.normal(0, 0.15))
    light = np.exp(rng.normal(0, 0.18 if rng.random() < 0.3 else 0.05, 3))
    out = (curve[:, None] * gain + rng.normal(0, 0.03)) * light
    return (np.clip(out, 0, 1) * 255).astype(np.uint8)


def _light(rng: np.random.Generator, picture: np.ndarray) -> np.ndarray:
    """Light from one side or from behind: a smooth factor over the picture."""
    grid = rng.uniform(0.25, 1.0, (3, 3)).astype(np.float32)
    if rng.random() < 0.5:
        grid[1:, :] *= 0.5  # bright sky or window above, dark faces below
    smooth = Image.fromarray(grid).resize((picture.shape[1], picture.shape[0]), Image.BILINEAR)
    return (picture * np.asarray(smooth)[:, :, None]).astype(np.uint8)


def _blur(rng: np.random.Generator, picture: np.ndarray) -> tuple[np.ndarray, float]:
    """Out of focus, moved, or from too few pixels; returns the picture and the size of a face that it spoils."""
    kind, height, width = rng.random(), picture.shape[0], picture.shape[1]
    if kind < 0.35:
        radius = rng.uniform(0.4, 2.0)
        return np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(radius))), 8 * radius
    if kind < 0.65:
        steps = int(rng.integers(2, 7))
        angle = rng.uniform(0, math.pi)
        total = np.zeros(picture.shape, np.uint16)
        for i in range(steps):
            offset = i - (steps - 1) / 2
            total += np.roll(picture, (round(offset * math.sin(angle)), round(offset * math.cos(angle))), (0, 1))
        return (total // steps).astype(np.uint8), 3.0 * steps
    factor = rng.uniform(1.3, 2.6)
    small = Image.fromarray(picture).resize((int(width / factor), int(height / factor)), Image.BILINEAR if rng.random() < 0.6 else Image.NEAREST)
    return np.asarray(small.resize((width, height), Image.BILINEAR)), 8 * factor


class Degrader:
    """Makes a clean picture look as from a kiosk's camera."""

    def __init__(self, seed: int, size: int):
        noise = np.random.default_rng(seed).normal(0, 1, 4 * size * size * 3)
        self._noise = (noise * 16).clip(-127, 127).astype(np.int16)

    def __call__(self, rng: np.random.Generator, picture: np.ndarray, faces: np.ndarray,
                 status: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The degraded picture, and the status with faces too spoilt to be asked for set to IGNORE."""
        picture = cover(rng, picture, faces, status)
        spoilt = 0.0
        if rng.random() < 0.12:
            picture = _light(rng, picture)
        if rng.random() < 0.3:
            picture, spoilt = _blur(rng, picture)
        if rng.random() < 0.08:
            picture = np.repeat(picture[:, :, 1:2], 3, 2)
        if rng.random() < 0.7:
            curves = _curves(rng)
            picture = np.stack([curves[:, c][picture[:, :, c]] for c in range(3)], 2)
        if rng.random() < 0.4:
            picture = self._add_noise(rng, picture)
        if rng.random() < 0.2:
            buffer = io.BytesIO()
            Image.fromarray(np.ascontiguousarray(picture)).save(buffer, "JPEG", quality=int(rng.integers(25, 85)))
            picture = np.asarray(Image.open(buffer).convert("RGB"))
        if spoilt:
            status = np.where(faces[:, 3] < spoilt, IGNORE, status)
        return picture, status

    def _add_noise(self, rng: np.random.Generator, picture: np.ndarray) -> np.ndarray:
        start = int(rng.integers(0, len(self._noise) - picture.size + 1))
        noise = self._noise[start : start + picture.size].reshape(picture.shape)
        strength = int(rng.integers(1, 15))  # standard deviation in grey levels
        return np.clip(picture.astype(np.int16) + (noise * np.int16(strength) >> 4), 0, 255).astype(np.uint8)
