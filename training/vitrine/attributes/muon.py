"""Muon: an optimiser that gives every direction of a layer's gradient the same length (Jordan et al., 2024, "Muon: An optimizer for
hidden layers in neural networks").

The gradient of a convolution is dominated by few directions; Adam, which scales each number by itself, leaves it so. Made orthogonal,
the rare directions are learned as fast as the common ones (docs/backbones.md says what that gave here).
"""
from __future__ import annotations

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the polynomial whose repetition drives all singular values to about 1, from Jordan et al."""
STEPS = 5
LIKE_ADAM = 0.2
"""Root mean square of an update of AdamW: with it both share a learning rate and a decay (Liu et al., 2025, "Muon is scalable for LLM
training", section 2.2)."""


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """[rows, columns] with the same singular vectors, and all singular values near 1 (about 0.7 to 1.2; those below a hundredth of the norm less).

    All factors of the iteration are polynomials of the same Gram matrix, so they are multiplied while small, rows by rows, and
    the wide matrix is touched twice only.
    """
    a, b, c = COEFFICIENTS
    x = matrix.float()
    if x.shape[0] > x.shape[1]:
        return orthogonal(x.T).T
    x = x / (x.norm() + 1e-7)
    gram = x @ x.T
    identity = torch.eye(len(x), device=x.device)
    whole = identity
    for _ in range(STEPS):
        factor = a * identity + gram @ (b * identity + c * gram)
        whole = factor @ whole
        gram = factor @ gram @ factor
    return whole @ x


class Muon(torch.optim.Optimizer):
    """For weights of two or more dimensions; the first is the rows, all others the columns."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.0):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        """One update with Nesterov's momentum."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if not state:
                    state["momentum"] = torch.zeros_like(weight)
                state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(state["momentum"], group["momentum"])
                rows = len(ahead)
                update = orthogonal(ahead.reshape(rows, -1))
                scale = LIKE_ADAM * max(update.shape) ** 0.5
                weight.mul_(1 - group["lr"] * group["weight_decay"])
                weight.add_(update.reshape(ahead.shape).to(weight.dtype), alpha=-group["lr"] * scale)
