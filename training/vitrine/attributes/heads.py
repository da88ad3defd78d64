"""The heads: one linear map from features to latents, and a small mapping of the latents for each label scale.

What the scales share is the latent (how much of a beard, a smile, make-up is seen); what differs from one source of
labels to the other (where "clear stubble" begins, what counts as make-up) is a few numbers per scale, learned with the
rest. Graded attributes are ordinal: the chance to pass limit k is sigmoid(a * latent - b_k), as in Cao, Mirjalili,
Raschka (2020), with `a` and `b` of the label's scale.
"""
from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from .schema import AGES, BINARY, CELEBA, EXPRESSIONS, GLASSES, GRADED, SCALES, limits

LATENTS = {"age": AGES, "gender": 1, "expression": len(EXPRESSIONS), "glasses": len(GLASSES), "eye_makeup": 1,
           "lip_makeup": 1, "smile": 1, "beard": 1, "moustache": 1, "sideburns": 1, "celeba": len(CELEBA)}

# CelebA's yes/no attributes that speak of one of our latents: (latent, attribute, its "yes" means more of it).
CELEBA_LINKS = (("smile", "Smiling", True), ("moustache", "Mustache", True), ("sideburns", "Sideburns", True),
                ("beard", "No_Beard", False), ("gender", "Male", False), ("lip_makeup", "Wearing_Lipstick", True),
                ("eye_makeup", "Heavy_Makeup", True))


class Heads(nn.Module):
    """Features [n, width] to latents, and the mappings of each scale."""

    def __init__(self, width: int, hint: int = 0, dropout: float = 0.1):
        super().__init__()
        self.sizes = dict(LATENTS)
        self.dropout = nn.Dropout(dropout)
        self.latents = nn.Linear(width, sum(self.sizes.values()))
        nn.init.normal_(self.latents.weight, std=0.01)
        nn.init.zeros_(self.latents.bias)
        self.hint = nn.Linear(width, hint) if hint else None
        self.frozen: dict[str, float] = {}
        self.gain = nn.ParameterDict()
        self.bias = nn.ParameterDict()
        for scale in ("ffhq", "annotated"):
            for name in GRADED:
                count = len(limits(name))
                self.gain[f"{scale}_{name}"] = nn.Parameter(torch.full((1,), 3.0))
                self.bias[f"{scale}_{name}"] = nn.Parameter(torch.linspace(-1, 3, count) if name != "smile"
                                                            else torch.linspace(-2, 2, count))
            for name in BINARY:
                self.gain[f"{scale}_{name}"] = nn.Parameter(torch.full((1,), 3.0))
                self.bias[f"{scale}_{name}"] = nn.Parameter(torch.zeros(1))
        for scale in ("ffhq", "annotated", "fer2013"):
            self.bias[f"{scale}_expression"] = nn.Parameter(torch.zeros(len(EXPRESSIONS)))
        for _, attribute, _ in CELEBA_LINKS:
            self.gain[f"celeba_{attribute}"] = nn.Parameter(torch.full((1,), 3.0))
            self.bias[f"celeba_{attribute}"] = nn.Parameter(torch.zeros(1))

    def forward(self, features: torch.Tensor) -> dict[str, torch.Tensor]:
        """Latents by name: [n, size], single ones [n]; with a hint head also `hint` [n, d]."""
        features = self.dropout(features)
        joined, start, found = self.latents(features), 0, {}
        for name, size in self.sizes.items():
            found[name] = joined[:, start] if size == 1 else joined[:, start:start + size]
            start += size
        if self.hint is not None:
            found["hint"] = self.hint(features)
        return found

    def slope(self, key: str) -> torch.Tensor | float:
        """How steeply a scale reads its latent: positive, so that more stays more. A plain number once frozen."""
        return self.frozen[key] if self.frozen else F.softplus(self.gain[key])

    def freeze(self) -> None:
        """Makes the slopes plain numbers, for export."""
        self.frozen = {key: float(F.softplus(value.detach())) for key, value in self.gain.items()}

    def graded(self, latents: dict[str, torch.Tensor], scale: str, name: str) -> torch.Tensor:
        """Logits [n, limits] of passing each limit on this scale."""
        key = f"{scale}_{name}"
        return latents[name][:, None] * self.slope(key) - self.bias[key]

    def binary(self, latents: dict[str, torch.Tensor], scale: str, name: str) -> torch.Tensor:
        """Logit [n] of yes (gender: female) on this scale."""
        key = f"{scale}_{name}"
        return latents[name] * self.slope(key) - self.bias[key]

    def celeba_link(self, latents: dict[str, torch.Tensor], link: tuple[str, str, bool]) -> torch.Tensor:
        """Logit [n] of one of CelebA's attributes that follows from a latent."""
        latent, attribute, same = link
        key = f"celeba_{attribute}"
        return latents[latent] * self.slope(key) * (1 if same else -1) - self.bias[key]

    def expression(self, latents: dict[str, torch.Tensor], scale: str) -> torch.Tensor:
        """Logits [n, 8] on this scale."""
        return latents["expression"] + self.bias[f"{scale}_expression"]


assert set(SCALES) >= {"ffhq", "annotated", "celeba", "fer2013"}
