"""How the terms of the loss are joined: fixed, by uncertainty, or so that all pull alike (config `weighting`)."""
from __future__ import annotations

import torch
from torch import nn

KINDS = ("fixed", "uncertainty", "balanced")
AUXILIARY = ("hint", "match")
"""Terms that no figure measures keep their fixed weight."""


class Fixed(nn.Module):
    """The sum with given weights."""

    def __init__(self, weights: dict[str, float]):
        super().__init__()
        self.weights = dict(weights)

    def current(self) -> dict[str, float]:
        """The weight of each term at this moment."""
        return self.weights

    def forward(self, terms: dict[str, torch.Tensor], features: torch.Tensor) -> torch.Tensor:
        """terms: scalars by name; features: [n, width], what the heads read. Returns the scalar to minimise."""
        return sum(self.weights[name] * value for name, value in terms.items())


class Uncertainty(Fixed):
    """
    Weights learned with the network: sum of exp(-s) * loss + s, where s stands for the logarithm of a task's variance
    (Kendall, Gal, Cipolla, CVPR 2018, without the factors of one half). They begin as the fixed ones.
    """

    def __init__(self, weights: dict[str, float]):
        super().__init__(weights)
        self.names = [name for name in weights if name not in AUXILIARY]
        self.logarithms = nn.Parameter(torch.tensor([-float(torch.tensor(weights[n]).log()) for n in self.names]))

    def current(self) -> dict[str, float]:
        learned = torch.exp(-self.logarithms.detach()).tolist()
        return {**self.weights, **dict(zip(self.names, learned))}

    def forward(self, terms: dict[str, torch.Tensor], features: torch.Tensor) -> torch.Tensor:
        total = sum(self.weights[n] * terms[n] for n in AUXILIARY if n in terms)
        for logarithm, name in zip(self.logarithms, self.names):
            if name in terms:
                total = total + torch.exp(-logarithm) * terms[name] + logarithm
        return total


class Balanced(Fixed):
    """
    Every term pulls on the features with the same strength: weights are the inverse of the moving average of its
    gradient's norm there, with the sum of the fixed weights. GradNorm (Chen et al., ICML 2018) with alpha = 0, taken at
    the features instead of at the last shared layer, where a gradient costs next to nothing.
    """

    SMOOTHING = 0.98

    def __init__(self, weights: dict[str, float]):
        super().__init__(weights)
        self.names = [name for name in weights if name not in AUXILIARY]
        self.register_buffer("norms", torch.zeros(len(self.names)))

    def current(self) -> dict[str, float]:
        known = self.norms > 0
        if not known.any():
            return self.weights
        sum_known = sum(self.weights[n] for n, k in zip(self.names, known.tolist()) if k)
        inverse = torch.where(known, 1 / self.norms.clamp(min=1e-12), torch.zeros_like(self.norms))
        shares = (inverse / inverse.sum() * sum_known).tolist()
        return {**self.weights, **{n: s for n, s, k in zip(self.names, shares, known.tolist()) if k}}

    def forward(self, terms: dict[str, torch.Tensor], features: torch.Tensor) -> torch.Tensor:
        for i, name in enumerate(self.names):
            value = terms.get(name)
            if value is None or not value.requires_grad:
                continue
            gradient, = torch.autograd.grad(value, features, retain_graph=True, allow_unused=True)
            norm = 0.0 if gradient is None else float(gradient.norm())
            if norm > 0:  # none of these faces may carry the label
                before = float(self.norms[i])
                self.norms[i] = norm if before == 0 else self.SMOOTHING * before + (1 - self.SMOOTHING) * norm
        weights = self.current()
        return sum(weights[name] * value for name, value in terms.items())


def build(kind: str, weights: dict[str, float]) -> Fixed:
    """The weighting that a config names. weights: the fixed ones, by term."""
    found = {"fixed": Fixed, "uncertainty": Uncertainty, "balanced": Balanced}.get(kind)
    if found is None:
        raise ValueError(f"The weighting '{kind}' is none of {', '.join(KINDS)}.")
    return found(weights)
