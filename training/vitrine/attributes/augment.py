"""What a kiosk's camera does to faces, done to whole batches in torch."""
from __future__ import annotations

import io
import math

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

from .prepare import MARGIN


def view(crops: torch.Tensor, size: int, turn: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor,
         flip: torch.Tensor, edge: torch.Tensor | None = None) -> torch.Tensor:
    """Cuts the network's view out of cached crops (float [n, 3, c, c]): to [n, 3, size, size].

    turn [n] radians, scale [n, 2] (1 = as specified; x and y), shift [n, 2] as parts of the view, flip [n] of -1 / 1.
    `edge` [n, 4]: where the picture ends at the left, top, right, bottom of the cached crop (-1..1); beyond it the
    border is repeated, as in alignment.
    """
    sx, sy = scale[:, 0] / MARGIN, scale[:, 1] / MARGIN
    cos, sin = torch.cos(turn), torch.sin(turn)
    matrix = torch.stack([torch.stack([cos * sx * flip, -sin * sy, 2 * shift[:, 0] / MARGIN], 1),
                          torch.stack([sin * sx * flip, cos * sy, 2 * shift[:, 1] / MARGIN], 1)], 1)
    grid = F.affine_grid(matrix, [len(crops), 3, size, size], align_corners=False)
    if edge is not None:
        grid = torch.maximum(torch.minimum(grid, edge[:, None, None, 2:]), edge[:, None, None, :2])
    return F.grid_sample(crops, grid, mode="bilinear", padding_mode="border", align_corners=False)


def as_batch(crops: np.ndarray, device: torch.device | str) -> torch.Tensor:
    """uint8 [n, c, c, 3] to float [n, 3, c, c] on the device."""
    return torch.from_numpy(np.array(crops)).to(device).permute(0, 3, 1, 2).float()


def plain_view(crops: np.ndarray, size: int, device: torch.device | str = "cpu") -> torch.Tensor:
    """The view without any change: uint8 [n, c, c, 3] to float [n, 3, size, size], 0..255."""
    batch = as_batch(crops, device)
    zero, one = torch.zeros(len(batch), device=device), torch.ones(len(batch), device=device)
    return view(batch, size, zero, one[:, None].repeat(1, 2), zero[:, None].repeat(1, 2), one)


class Augment:
    """Random changes; `strength` 0..1 scales how often they come. Deterministic for a seed and a kind of device."""

    def __init__(self, seed: int, strength: float = 1.0, device: torch.device | str = "cpu"):
        self.random = torch.Generator(device).manual_seed(seed)
        self.strength, self.device = strength, device

    def uniform(self, n: int, low: float = 0.0, high: float = 1.0) -> torch.Tensor:
        """[n] numbers."""
        return torch.rand(n, generator=self.random, device=self.device) * (high - low) + low

    def normal(self, *shape: int) -> torch.Tensor:
        """Normal numbers."""
        return torch.randn(*shape, generator=self.random, device=self.device)

    def some(self, n: int, chance: float) -> torch.Tensor:
        """Indices of a random subset."""
        return (self.uniform(n) < chance * self.strength).nonzero()[:, 0]

    def __call__(self, crops: np.ndarray, size: int) -> torch.Tensor:
        """uint8 [n, c, c, 3] to float [n, 3, size, size], 0..255."""
        batch = as_batch(crops, self.device)
        n = len(batch)
        scale = torch.exp(0.06 * self.normal(n, 1) + 0.025 * self.normal(n, 2)).clamp(0.8, 1.2)
        faces = view(batch, size, self.normal(n) * math.radians(6), scale, 0.022 * self.normal(n, 2),
                     1 - 2 * (self.uniform(n) < 0.5).float(), self.edges(n))
        faces = self.light(faces)
        self.occlude(faces)
        self.soften(faces)
        self.shrink(faces)
        self.compress(faces)
        self.noise(faces)
        return faces.clamp(0, 255)

    def edges(self, n: int) -> torch.Tensor:
        """Faces at the edge of the picture, or in a tight picture: [n, 4] for `view`."""
        edge = torch.tensor([-1.0, -1.0, 1.0, 1.0], device=self.device).repeat(n, 1)
        tight = self.some(n, 0.25)
        sides = self.uniform(len(tight) * 4).reshape(-1, 4)
        edge[tight] *= 1 - 0.45 * sides * (sides > 0.3)
        return edge

    def light(self, faces: torch.Tensor) -> torch.Tensor:
        """Dim, bright, flat or coloured light; grey pictures (so that grey tells nothing of the set)."""
        n = len(faces)
        gain = torch.exp(0.18 * self.normal(n, 1, 1, 1) + 0.04 * self.normal(n, 3, 1, 1))
        dim = self.some(n, 0.12)
        gain[dim] *= self.uniform(len(dim), 0.25, 0.7)[:, None, None, None]
        cast = self.some(n, 0.1)
        gain[cast] *= torch.exp(0.18 * self.normal(len(cast), 3, 1, 1))
        grey = faces.mean(1, keepdim=True)
        colour = torch.exp(0.25 * self.normal(n, 1, 1, 1))
        colour[self.some(n, 0.16)] = 0
        faces = grey + (faces - grey) * colour
        contrast = torch.exp(0.15 * self.normal(n, 1, 1, 1))
        middle = faces.mean((1, 2, 3), keepdim=True)
        return (((faces - middle) * contrast + middle) * gain).clamp(0, 255)

    def occlude(self, faces: torch.Tensor) -> None:
        """A plain patch over part of the face."""
        size = faces.shape[2]
        for i in self.some(len(faces), 0.12).tolist():
            w, h = (int(size * float(v)) for v in self.uniform(2, 0.1, 0.32))
            x, y = (int((size - s) * float(v)) for s, v in zip((w, h), self.uniform(2)))
            faces[i, :, y:y + h, x:x + w] = self.uniform(3, 0, 255)[:, None, None]

    def soften(self, faces: torch.Tensor) -> None:
        """Gaussian blur, one width a batch."""
        chosen = self.some(len(faces), 0.12)
        if not len(chosen):
            return
        width = float(self.uniform(1, 0.5, 1.8)) * faces.shape[2] / 64
        taps = torch.arange(-4, 5, device=self.device).float()
        kernel = torch.exp(-0.5 * (taps / width) ** 2)
        kernel = (kernel / kernel.sum()).repeat(3, 1)
        part = F.pad(faces[chosen], (4, 4, 4, 4), mode="reflect")
        part = F.conv2d(part, kernel[:, None, None, :], groups=3)
        faces[chosen] = F.conv2d(part, kernel[:, None, :, None], groups=3)

    def shrink(self, faces: torch.Tensor) -> None:
        """Faces that were small in the frame: down and up again, one size a batch."""
        chosen = self.some(len(faces), 0.18)
        if len(chosen):
            size = faces.shape[2]
            small = int(float(self.uniform(1, 20, 48)))
            part = F.interpolate(faces[chosen], (small, small), mode="bilinear", antialias=True)
            faces[chosen] = F.interpolate(part, (size, size), mode="bilinear")

    def compress(self, faces: torch.Tensor) -> None:
        """JPEG artefacts."""
        for i in self.some(len(faces), 0.12).tolist():
            picture = Image.fromarray(faces[i].permute(1, 2, 0).clamp(0, 255).byte().cpu().numpy())
            store = io.BytesIO()
            picture.save(store, "JPEG", quality=int(self.uniform(1, 15, 70)))
            faces[i] = torch.from_numpy(np.asarray(Image.open(store)).copy()).permute(2, 0, 1)

    def noise(self, faces: torch.Tensor) -> None:
        """Sensor noise."""
        chosen = self.some(len(faces), 0.25)
        if len(chosen):
            level = self.uniform(len(chosen), 1, 10)[:, None, None, None]
            faces[chosen] += self.normal(len(chosen), *faces.shape[1:]) * level
