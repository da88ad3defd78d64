"""From latents to the shown outputs, on FFHQ's or the annotation's scale. Used for validation and export alike."""
from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from .heads import Heads
from .schema import AGES, CELEBA, EXPRESSIONS, GRADED, levels, limits


MIXED = ("eye_makeup", "lip_makeup", "gender", "smile", "Heavy_Makeup", "Wearing_Lipstick", "age", "child")


def mixed_inputs(latents: dict[str, torch.Tensor], years: torch.Tensor) -> torch.Tensor:
    """[n, len(MIXED)]: latents, two of CelebA's logits, the age in decades, and how much of a child (1 below 8 years)."""
    parts = [latents[n] for n in MIXED[:4]] + [latents["celeba"][:, CELEBA.index(n)] for n in MIXED[4:6]]
    return torch.stack([*parts, years * 0.1 - 3, torch.sigmoid((14 - years) * 0.35)], 1)


def each(value: float | list[float], names: tuple[str, ...]) -> dict:
    """The same start value for every name."""
    return {n: (list(value) if isinstance(value, list) else value) for n in names}


@dataclass
class Calibration:
    """What is fitted on validation faces after the training (calibrate.py); the defaults change nothing.

    Where `mix` names a makeup attribute, its logit is first a weighted sum of MIXED (FFHQ's labels of makeup lean on who
    wears it, which one latent alone cannot say). Then logits become `gain * logit + shift`; a graded value is read with `sharpness` (1 = the expectation of the grade, more =
    nearer to its median, which has the smaller absolute error) and one shift for each limit; the age in years becomes
    c0 + c1 * years + c2 * years^2.
    """

    scale: str = "ffhq"
    gain: dict[str, float] = field(default_factory=lambda: each(1.0, ("gender", "eye_makeup", "lip_makeup", "glasses",
                                                                     "expression")))
    shift: dict[str, float] = field(default_factory=lambda: each(0.0, ("gender", "eye_makeup", "lip_makeup")))
    classes: dict[str, list[float]] = field(default_factory=lambda: {"glasses": [0.0] * 3,
                                                                    "expression": [0.0] * len(EXPRESSIONS)})
    sharpness: dict[str, float] = field(default_factory=lambda: each(2.0, GRADED))
    limits: dict[str, list[float]] = field(default_factory=lambda: {n: [0.0] * len(limits(n)) for n in GRADED})
    age: list[float] = field(default_factory=lambda: [0.0, 1.0, 0.0])
    mix: dict[str, list[float]] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """As JSON."""
        Path(path).write_text(json.dumps(asdict(self), indent=1) + "\n")

    @staticmethod
    def read(path: Path) -> "Calibration":
        """The inverse of `save`."""
        return Calibration(**json.loads(Path(path).read_text()))


def decode(heads: Heads, latents: dict[str, torch.Tensor], calibration: Calibration) -> dict[str, torch.Tensor]:
    """The outputs of design.md from latents."""
    scale = calibration.scale
    age = torch.softmax(latents["age"], 1)
    grid = torch.arange(AGES, dtype=age.dtype, device=age.device)
    mean = (age * grid).sum(1)
    off = grid - mean[:, None]
    c0, c1, c2 = calibration.age
    found = {
        "age": age,
        "age_years": (mean * (mean * c2 + c1) + c0).clamp(0, 100),
        "age_spread": ((age * (off * off)).sum(1) + 1e-6).sqrt(),
    }
    for name in ("gender", "eye_makeup", "lip_makeup"):
        if name in calibration.mix:
            weights = torch.tensor(calibration.mix[name], dtype=age.dtype, device=age.device)
            logit = (mixed_inputs(latents, mean) * weights).sum(1)
        else:
            logit = heads.binary(latents, scale, name)
        found[name] = torch.sigmoid(logit * calibration.gain[name] + calibration.shift[name])
    for name, logits in (("expression", heads.expression(latents, scale)), ("glasses", latents["glasses"])):
        shifts = torch.tensor(calibration.classes[name], dtype=age.dtype, device=age.device)
        found[name] = torch.softmax(logits * calibration.gain[name] + shifts, 1)
    for name in GRADED:
        steps = torch.tensor(levels(name), dtype=age.dtype, device=age.device).diff()
        shifts = torch.tensor(calibration.limits[name], dtype=age.dtype, device=age.device)
        logits = (heads.graded(latents, scale, name) + shifts) * calibration.sharpness[name]
        found[name] = (torch.sigmoid(logits) * steps).sum(1)
    return found
