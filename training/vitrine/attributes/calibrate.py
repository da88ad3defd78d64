"""`calibrate`: fits the few numbers between latents and shown values on faces that are in no test part.

FFHQ's training and validation parts (with FFHQ's labels) set the scale that is shown; the annotated validation part
says how the shown values read on the annotation's scale (`to_annotated`).
"""
from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from torch.nn import functional as F

from . import dataset, metrics
from .decode import MIXED, Calibration, decode, mixed_inputs
from .evaluate import kept_faces
from .export import load_network
from .network import Network
from .schema import AGES, BINARY, GRADED, levels
from .sources import Pictures

Latents = dict[str, torch.Tensor]


@torch.no_grad()
def latents_of(network: Network, faces: np.ndarray, batch: int = 64) -> Latents:
    """Latents of aligned faces uint8 [n, S, S, 3]."""
    parts = []
    for start in range(0, len(faces), batch):
        part = np.ascontiguousarray(faces[start:start + batch].transpose(0, 3, 1, 2))
        parts.append(network(torch.from_numpy(part).float()))
    return {k: torch.cat([p[k] for p in parts]) for k in parts[0]}


def minimise(parameters: list[torch.Tensor], loss: Callable[[], torch.Tensor], steps: int = 100) -> None:
    """L-BFGS on a few numbers."""
    for parameter in parameters:
        parameter.requires_grad_(True)
    solver = torch.optim.LBFGS(parameters, max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        solver.zero_grad()
        value = loss()
        value.backward()
        return value

    solver.step(closure)


def fit_age(latents: Latents, truth: torch.Tensor, calibration: Calibration, weight: torch.Tensor) -> None:
    """A parabola with the least (weighted) absolute error, held near the identity."""
    years = (torch.softmax(latents["age"], 1) * torch.arange(AGES)).sum(1)
    known = ~torch.isnan(truth)
    c = torch.tensor([0.0, 0.0, 0.0])
    x = years[known] / 30

    def loss() -> torch.Tensor:
        guess = years[known] + c[0] + c[1] * x + c[2] * x * x
        errors = F.smooth_l1_loss(guess, truth[known], beta=1.0, reduction="none")
        return (errors * weight[known]).sum() / weight[known].sum() + 0.02 * (c * c).sum()

    minimise([c], loss)
    calibration.age = [float(c[0]), 1 + float(c[1]) / 30, float(c[2]) / 900]


def fit_makeup(latents: Latents, truth: torch.Tensor, name: str, calibration: Calibration, weight: torch.Tensor) -> None:
    """Logistic regression on MIXED, and a cut with the best accuracy."""
    known = ~torch.isnan(truth)
    target, weight = truth[known], weight[known]
    years = (torch.softmax(latents["age"], 1) * torch.arange(AGES)).sum(1)
    inputs = mixed_inputs(latents, years)[known]
    centre, spread = inputs.mean(0), inputs.std(0) + 1e-6
    w, b = torch.zeros(inputs.shape[1]), torch.zeros(1)

    def loss() -> torch.Tensor:
        logits = ((inputs - centre) / spread) @ w + b
        fit = (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).sum() / weight.sum()
        return fit + 0.01 * (w * w).sum()

    minimise([w, b], loss)
    with torch.no_grad():
        scaled = w / spread
        shift = float(b - (centre * scaled).sum())
        shift -= best_threshold(inputs @ scaled + shift, target, weight)
    calibration.mix[name], calibration.shift[name], calibration.gain[name] = scaled.tolist(), shift, 1.0


def best_threshold(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor, reach: float = 0.5) -> float:
    """The cut near 0 with the best accuracy, smoothed over its neighbours; half of the way there, as a guard."""
    cuts = torch.linspace(-reach, reach, 21)
    hits = torch.stack([(((logits > c).float() == target).float() * weight).sum() / weight.sum() for c in cuts])
    smooth = F.avg_pool1d(F.pad(hits[None, None], (2, 2), mode="replicate"), 5, 1)[0, 0]
    return 0.5 * float(cuts[smooth.argmax()])


def fit_temperature(logits: torch.Tensor, truth: torch.Tensor) -> float:
    """The factor that makes the probabilities honest on faces never trained on; it changes no answer.

    logits [n, classes], or [n] for yes and no; truth [n], NaN = not to be used.
    """
    known = ~torch.isnan(truth)
    gain = torch.ones(1)

    def loss() -> torch.Tensor:
        if logits.dim() == 1:
            return F.binary_cross_entropy_with_logits(logits[known] * gain, truth[known])
        return F.cross_entropy(logits[known] * gain, truth[known].long())

    minimise([gain], loss)
    return float(gain)


def lift_rare(logits: torch.Tensor, truth: torch.Tensor, common: int = 2, price: float = 0.1) -> list[float]:
    """A shift for all but the `common` first classes (neutral, happiness), which otherwise never win.

    The training faces are nearly all neutral or happy. The shift is the one with the best accuracy plus `price` times the
    mean recall of the classes.
    """
    known = ~torch.isnan(truth)
    target = truth[known].numpy()

    def merit(lift: float) -> float:
        shifts = torch.tensor([0.0] * common + [lift] * (logits.shape[1] - common))
        guess = (logits[known] + shifts).argmax(1).numpy()
        return float((guess == target).mean()) + price * metrics.balanced(guess, target)[0] / 100

    lift = max(np.arange(0, 3.01, 0.25), key=merit)
    return [0.0] * common + [float(lift)] * (logits.shape[1] - common)


def fit_graded(network: Network, latents: Latents, truth: torch.Tensor, name: str, calibration: Calibration,
               weight: torch.Tensor) -> None:
    """Sharpness and limits with the least absolute error."""
    known = ~torch.isnan(truth)
    logits = network.heads.graded(latents, calibration.scale, name).detach()[known]
    steps = torch.tensor(levels(name)).diff()

    def error(sharpness: float, shifts: list[float]) -> float:
        guess = (torch.sigmoid((logits + torch.tensor(shifts)) * sharpness) * steps).sum(1)
        errors = (guess - truth[known]).abs() * weight[known]
        return float(errors.sum() / weight[known].sum()) + 0.0005 * float(np.abs(shifts).sum())

    best = (error(2.0, calibration.limits[name]), 2.0, list(calibration.limits[name]))
    for _ in range(3):
        for sharpness in (1.0, 1.5, 2.0, 3.0, 4.0):
            best = min(best, (error(sharpness, best[2]), sharpness, best[2]), key=lambda b: b[0])
        for limit in range(len(steps)):
            for change in (-1.2, -0.6, -0.3, -0.15, 0.15, 0.3, 0.6, 1.2):
                shifts = list(best[2])
                shifts[limit] = float(np.clip(shifts[limit] + change, -2.5, 2.5))
                best = min(best, (error(best[1], shifts), best[1], shifts), key=lambda b: b[0])
    calibration.sharpness[name], calibration.limits[name] = best[1], best[2]


def kept_right(right: np.ndarray, kept: np.ndarray) -> float:
    """Share of right answers among those given; 0 where none is."""
    return float(right[kept].mean()) if kept.any() else 0.0


def unsure_limits(outputs: dict[str, np.ndarray], truth: dict[str, np.ndarray]) -> dict:
    """Bands in which no answer is given: what stays should be right in 97 (gender), 90 (makeup), 90, 99 % of cases."""
    found: dict = {}
    for name, goal, widest in (("gender", 0.97, 0.35), ("eye_makeup", 0.9, 0.3), ("lip_makeup", 0.9, 0.3)):
        known = ~np.isnan(truth[name])
        p, right = outputs[name][known], (outputs[name] > 0.5)[known] == truth[name][known]
        half = next((h for h in np.arange(0.05, widest, 0.05) if kept_right(right, np.abs(p - 0.5) > h) >= goal), widest)
        found[name] = [round(0.5 - float(half), 2), round(0.5 + float(half), 2)]
    for name, goal, widest in (("expression", 0.9, 0.6), ("glasses", 0.99, 0.75)):
        known = ~np.isnan(truth[name])
        p, right = outputs[name].max(1)[known], outputs[name].argmax(1)[known] == truth[name][known]
        found[name] = round(float(next((t for t in np.arange(0.4, widest, 0.05) if kept_right(right, p > t) >= goal), widest)), 2)
    return found


def reading(shown: np.ndarray, truth: np.ndarray) -> list[list[float]]:
    """Pairs [shown value, mean annotated value], rising, by parts of equal count."""
    known = ~np.isnan(truth)
    order = np.argsort(shown[known])
    x, y = shown[known][order], truth[known][order]
    pairs: list[list[float]] = []
    for part in np.array_split(np.arange(len(x)), 8):
        pairs.append([float(x[part].mean()), max(float(y[part].mean()), pairs[-1][1] if pairs else 0.0)])
    return [[round(a, 3), round(b, 3)] for a, b in pairs]


def calibrate(checkpoint: Path, cache: Path, zips: list[Path], out: Path, size: int | None, annotated_share: float,
              threads: int) -> None:
    """Writes the calibration, the thresholds and what they give on the validation parts."""
    torch.set_num_threads(threads)
    state = torch.load(checkpoint, map_location="cpu")
    network = load_network(state)
    size = size or state["config"]["phases"][-1]["size"]
    pictures = {Path(z).stem: Pictures(z) for z in zips}
    data = dataset.load(cache, list(pictures))
    names = np.array(data.sets)[data.set_of]
    ffhq = np.flatnonzero((names == "ffhq") & (data.part != "test"))
    other = np.flatnonzero((data.part == "val") & data.annotated)
    if not len(ffhq) or not len(other):
        raise ValueError("The calibration is fitted on FFHQ's faces and on the annotated validation faces: give the sets of both "
                         "and list faces in <set>.val.txt. Without it 'export' reads the network as it was trained.")
    index = np.concatenate([ffhq, other])
    is_ffhq, is_val = names[index] == "ffhq", data.part[index] == "val"
    faces = np.concatenate([kept_faces(cache, "calibrate.ffhq", data, ffhq, pictures, size),
                            kept_faces(cache, "val.annotated", data, other, pictures, size)])
    latents = latents_of(network, faces)
    on = {s: {k: torch.from_numpy(v.astype(np.float32)) for k, v in metrics.truths(data.labels[index], s).items()}
          for s in ("ffhq", "annotated")}
    # Validation faces were never trained on, so they speak louder.
    loud = torch.where(torch.from_numpy(is_val), 3.0, 1.0)
    calibration = Calibration()
    shown = {k: torch.where(torch.from_numpy(is_ffhq), on["ffhq"][k], torch.full_like(v, torch.nan))
             for k, v in on["ffhq"].items()}
    fit_age(latents, shown["age"], calibration, loud)
    for name in GRADED:
        fit_graded(network, latents, shown[name], name, calibration, loud)
    both = {k: torch.where(torch.from_numpy(is_ffhq), on["ffhq"][k], on["annotated"][k])
            for k in (*BINARY, "glasses", "expression")}
    unseen = {k: torch.where(torch.from_numpy(is_val), v, torch.full_like(v, torch.nan)) for k, v in both.items()}
    with torch.no_grad():
        logits = {"gender": network.heads.binary(latents, "ffhq", "gender"), "glasses": latents["glasses"],
                  "expression": network.heads.expression(latents, "ffhq")}
    for name, value in logits.items():
        calibration.gain[name] = fit_temperature(value, unseen[name])
    calibration.classes["expression"] = lift_rare(logits["expression"] * calibration.gain["expression"],
                                                  unseen["expression"])
    part = torch.from_numpy(np.where(is_ffhq, 1 / is_ffhq.sum(), annotated_share / max((~is_ffhq).sum(), 1))).float()
    for name in ("eye_makeup", "lip_makeup"):
        fit_makeup(latents, both[name], name, calibration, loud * part)
    with torch.no_grad():
        outputs = {k: v.numpy() for k, v in decode(network.heads, latents, calibration).items()}
    truth = {s: {k: v.numpy() for k, v in t.items()} for s, t in on.items()}
    held = is_ffhq & is_val
    result = {
        "calibration": asdict(calibration),
        "unsure": unsure_limits({k: v[is_val] for k, v in outputs.items()},
                                {k: v.numpy()[is_val] for k, v in both.items()}),
        "to_annotated": {n: reading(outputs[n][~is_ffhq], truth["annotated"][n][~is_ffhq])
                         for n in (*GRADED, "eye_makeup", "lip_makeup")},
        "validation": {
            label: metrics.figures({k: v[inside] for k, v in outputs.items()}, data.labels[index][inside], scale)
            for label, inside, scale in (("ffhq", held, "ffhq"), ("ffhq_train", is_ffhq & ~is_val, "ffhq"),
                                         ("annotated", ~is_ffhq, "annotated"))},
        "mixed": list(MIXED),
    }
    Path(out).write_text(json.dumps(result, indent=1) + "\n")
    for label, found in result["validation"].items():
        print(label, metrics.one_line(found))
    print(result["unsure"])
