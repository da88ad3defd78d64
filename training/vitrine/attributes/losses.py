"""One loss term for each attribute, masked where a face has no label of it; the total is their weighted sum."""
from __future__ import annotations

import torch
from torch.nn import functional as F

from .heads import CELEBA_LINKS, Heads
from .pseudo import distances, labelled
from .schema import AGES, BINARY, CELEBA, COLUMN, EXPRESSIONS, GLASSES, GRADED, levels, limits



def masked_mean(values: torch.Tensor, mask: torch.Tensor, least: float) -> torch.Tensor:
    """Mean of `values` [n] over `mask` [n] (0..1 weights); few labels count less: the divisor is at least `least`.

    Where the mask is 0 the value has no influence, even if it is NaN.
    """
    kept = torch.where(mask > 0, values, torch.zeros_like(values))
    return (kept * mask).sum() / mask.sum().clamp(min=least)


def label(labels: torch.Tensor, name: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Column `name` with NaN as 0, and the mask of what is labelled."""
    column = labels[:, COLUMN[name]]
    mask = ~torch.isnan(column)
    return torch.where(mask, column, torch.zeros_like(column)), mask.float()


def distribution(labels: torch.Tensor, prefix: str, classes: tuple[str, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Columns `prefix:class` as [n, classes], and the mask of what is labelled."""
    start = COLUMN[f"{prefix}:{classes[0]}"]
    block = labels[:, start:start + len(classes)]
    mask = ~torch.isnan(block[:, 0])
    return torch.nan_to_num(block), mask.float()


def age_target(years: torch.Tensor) -> torch.Tensor:
    """Label distribution over 0..100: a Gaussian about the label, wider with age (1.2 to 4 years)."""
    spread = 1.2 + 0.035 * years.clamp(max=80)
    grid = torch.arange(AGES, dtype=torch.float32, device=years.device)
    return torch.softmax(-0.5 * ((grid - years[:, None]) / spread[:, None]) ** 2, 1)


def age_loss(latents: dict[str, torch.Tensor], years: torch.Tensor) -> torch.Tensor:
    """[n]: divergence from the label distribution plus the error of the expectation in years."""
    log = F.log_softmax(latents["age"], 1)
    target = age_target(years)
    divergence = (target * (target.clamp(min=1e-8).log() - log)).sum(1)
    expected = (log.exp() * torch.arange(AGES, dtype=torch.float32, device=years.device)).sum(1)
    return divergence + 0.1 * (expected - years).abs()


def graded_loss(logits: torch.Tensor, values: torch.Tensor, name: str) -> torch.Tensor:
    """[n]: chance of each limit passed, plus the absolute error of the graded value (what the figures measure)."""
    passed = (values[:, None] > torch.tensor(limits(name), device=values.device)).float()
    steps = torch.tensor(levels(name), device=values.device).diff()
    value = (torch.sigmoid(1.5 * logits) * steps).sum(1)
    return F.binary_cross_entropy_with_logits(logits, passed, reduction="none").sum(1) + 3 * (value - values).abs()


def terms(heads: Heads, latents: dict[str, torch.Tensor], labels: torch.Tensor, hint: torch.Tensor | None = None,
          seen: torch.Tensor | None = None, pseudo: float = 0.0, distil: float = 0.0, labels_weight: float = 1.0) -> dict[str, torch.Tensor]:
    """Every attribute's loss, summed over the scales that label it. labels: float [n, columns], NaN = none.

    seen: float [n, pseudo.WIDTH], what a teacher says of the faces (NaN = nothing); it counts `pseudo` where an attribute
    has no label, `distil` where it has one. labels_weight: how much the labels count beside it.
    """
    least = labels.shape[0] / 10
    found: dict[str, torch.Tensor] = {}

    def add(name: str, values: torch.Tensor, mask: torch.Tensor, weight: float = 1.0) -> None:
        found[name] = found.get(name, 0.0) + weight * masked_mean(values, mask, least)

    def yes_no(logits: torch.Tensor, target: torch.Tensor, smoothing: float = 0.02) -> torch.Tensor:
        soft = target * (1 - 2 * smoothing) + smoothing
        return F.binary_cross_entropy_with_logits(logits, soft, reduction="none")

    best_age = torch.zeros(len(labels), device=labels.device)
    for scale in ("ffhq", "annotated"):
        years, mask = label(labels, f"{scale}:age")
        add("age", age_loss(latents, years), mask)
        best_age = torch.maximum(best_age, mask)
        for name in BINARY:
            target, mask = label(labels, f"{scale}:{name}")
            add(name, yes_no(heads.binary(latents, scale, name), target), mask)
        for name in GRADED:
            target, mask = label(labels, f"{scale}:{name}")
            add(name, graded_loss(heads.graded(latents, scale, name), target, name), mask)
        target, mask = distribution(labels, f"{scale}:glasses", GLASSES)
        add("glasses", -(target * F.log_softmax(latents["glasses"], 1)).sum(1), mask)
    for scale, weight in (("ffhq", 1.0), ("annotated", 1.0), ("fer2013", 0.5)):
        target, mask = distribution(labels, f"{scale}:expression", EXPRESSIONS)
        target = target * 0.95 + 0.05 / len(EXPRESSIONS)
        add("expression", -(target * F.log_softmax(heads.expression(latents, scale), 1)).sum(1), mask, weight)
    years, mask = label(labels, "utkface:age")
    add("age", age_loss(latents, years), mask * (1 - best_age), 0.5)
    target, mask = label(labels, "utkface:gender")
    add("gender", yes_no(heads.binary(latents, "annotated", "gender"), target), mask * (1 - best_age), 0.7)
    target, mask = distribution(labels, "celeba:glasses", GLASSES)
    log = F.log_softmax(latents["glasses"], 1)
    add("glasses", -(target * log).sum(1), mask)
    _, mask = label(labels, "celeba:eyewear")
    add("glasses", -torch.log(1 - log[:, 0].exp().clamp(max=0.999)), mask)
    celeba = torch.stack([label(labels, f"celeba:{a}")[0] for a in CELEBA], 1)
    _, mask = label(labels, f"celeba:{CELEBA[0]}")
    add("celeba", F.binary_cross_entropy_with_logits(latents["celeba"], celeba, reduction="none").mean(1), mask)
    for link in CELEBA_LINKS:
        target, mask = label(labels, f"celeba:{link[1]}")
        add(link[0], yes_no(heads.celeba_link(latents, link), target), mask, 0.4)
    found = {name: labels_weight * value for name, value in found.items()}
    if seen is not None:
        known = (~torch.isnan(seen[:, 0])).float()
        for name, values in distances(latents, seen).items():
            has = labelled(labels, name)
            add(name, values, known * (1 - has), pseudo)
            add(name, values, known * has, distil)
    if hint is not None and "hint" in latents:
        mask = (~torch.isnan(hint[:, 0])).float()
        add("hint", (latents["hint"] - torch.nan_to_num(hint)).pow(2).mean(1), mask)
    return found


# Fixed weights, chosen so that each term pulls on the trunk about as much after the first tenth of the training.
WEIGHTS = {"age": 0.8, "gender": 2.0, "smile": 0.5, "expression": 1.0, "glasses": 1.5, "eye_makeup": 1.2,
           "lip_makeup": 1.2, "beard": 0.6, "moustache": 0.6, "sideburns": 0.6, "celeba": 2.0, "hint": 2.0}
