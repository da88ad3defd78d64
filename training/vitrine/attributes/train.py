"""`train`: a resumable, seeded training planned by the clock."""
from __future__ import annotations

import csv
import math
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from . import dataset, losses, pseudo, weighting
from .augment import Augment, plain_view
from .config import Config
from .decode import Calibration, decode
from .ema import MovingAverage
from .matching import Matching, mix
from .metrics import figures, one_line
from .muon import Muon
from .network import Network

LARGEST_GRADIENT = 5.0
VALIDATED = 2000
"""At most so many faces of a scale are looked at to follow a training."""


def parameter_groups(network: Network, config: Config) -> list[dict]:
    """The trunk's kernels first. Weight decay for matrices and kernels only; a pretrained trunk learns at a rate of its own."""
    groups = []
    for part, rate in ((network.trunk, config.trunk_rate), (network.heads, 1.0)):
        learning = [p for p in part.parameters() if p.requires_grad]
        groups += [{"params": [p for p in learning if p.dim() > 1], "weight_decay": config.decay, "share": rate},
                   {"params": [p for p in learning if p.dim() <= 1], "weight_decay": 0.0, "share": rate}]
    return groups


def rate_at(progress: float, config: Config) -> float:
    """Warm-up, then a cosine down to `last_rate` of the peak."""
    if progress < config.warm_up:
        return config.rate * (0.05 + 0.95 * progress / config.warm_up)
    along = (progress - config.warm_up) / (1 - config.warm_up)
    return config.rate * (config.last_rate + (1 - config.last_rate) * 0.5 * (1 + math.cos(math.pi * min(along, 1))))


def settle(network: Network) -> None:
    """Batch normalisation with the statistics as they are, so that what learns is exactly what is exported: a mixed or dim face says
    nothing any more about how the others of its batch are seen (Wu, Johnson, 2021, "Rethinking 'Batch' in BatchNorm")."""
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()


@torch.no_grad()
def outputs_of(network: Network, data: dataset.Packed, index: np.ndarray, size: int, scale: str = "ffhq",
               batch: int = 64) -> dict[str, np.ndarray]:
    """Decoded outputs of faces `index`, plain views."""
    device = next(network.parameters()).device
    parts = []
    for start in range(0, len(index), batch):
        latents = network(plain_view(data.pictures(index[start:start + batch]), size, device))
        parts.append({k: v.cpu().numpy() for k, v in decode(network.heads, latents, Calibration(scale)).items()})
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


class Training:
    """State of one training and its steps."""

    def __init__(self, config: Config, cache: Path, out: Path, device: str = "cpu", teacher: Network | None = None):
        """teacher: the network to be matched, where the config asks for one (`match`)."""
        if (config.match > 0) != (teacher is not None):
            raise ValueError(f"'{config.name}' asks for a teacher to match: give --teacher." if teacher is None
                             else f"'{config.name}' matches no teacher: leave out --teacher, or set 'match' in the config.")
        self.config, self.out, self.device = config, Path(out), torch.device(device)
        self.out.mkdir(parents=True, exist_ok=True)
        learns_from_teacher = teacher is None and (config.pseudo > 0 or config.distil > 0)
        self.data = dataset.load(cache, config.sets, config.hint, pseudo.WIDTH if learns_from_teacher else 0)
        if learns_from_teacher and self.data.seen is None:
            raise FileNotFoundError(f"{cache} holds no pseudo-labels, which '{config.name}' asks for. Run 'pseudo' first.")
        self.chance = dataset.sampling_weights(self.data, config.shares or {s: 1.0 for s in
                                                                            ["annotated", *config.sets]})
        torch.manual_seed(config.seed)
        self.network = Network(config.backbone, config.hint, config.dropout)
        self.network = self.network.to(self.device)
        if config.channels_last:
            self.network = self.network.to(memory_format=torch.channels_last)
        self.freeze_when_due(0.0)
        self.weighting = weighting.build(config.weighting, {**losses.WEIGHTS, "match": config.match, **config.weights}).to(self.device)
        kernels, *groups = parameter_groups(self.network, config)
        self.matching = None
        if teacher is not None:
            self.matching = Matching(teacher, self.network.map_widths).to(self.device)
            groups.append({"params": list(self.matching.parameters()), "weight_decay": 0.0, "share": 1.0})
        if learned := list(self.weighting.parameters()):
            groups.append({"params": learned, "weight_decay": 0.0, "share": 1.0})
        if config.optimiser == "muon":
            self.optimisers = [torch.optim.AdamW(groups, lr=config.rate), Muon([kernels], lr=config.rate)]
        else:
            self.optimisers = [torch.optim.AdamW([kernels, *groups], lr=config.rate)]
        self.average = MovingAverage(self.network, config.average)
        self.progress, self.step, self.seen, self.seconds = 0.0, 0, 0, 0.0

    def freeze_when_due(self, progress: float) -> None:
        """Stops the first blocks from learning once the schedule is there (`freeze`, `freeze_from`)."""
        if not self.config.freeze:
            return
        if not hasattr(self.network.trunk, "freeze"):
            raise ValueError(f"'{self.config.name}' freezes blocks, which {self.config.backbone} cannot. Leave out 'freeze' in the config.")
        if progress >= self.config.freeze_from:
            self.network.trunk.freeze(self.config.freeze)

    @property
    def groups(self) -> list[dict]:
        """All that is learned, with its rate."""
        return [group for optimiser in self.optimisers for group in optimiser.param_groups]

    @property
    def checkpoint(self) -> Path:
        """The file to resume from."""
        return self.out / "checkpoint.pt"

    def save(self) -> None:
        """Writes the checkpoint in one move, so that a crash leaves the last one whole."""
        unfinished = self.out / "checkpoint.tmp"
        torch.save({"config": asdict(self.config), "network": self.network.state_dict(),
                    "weighting": self.weighting.state_dict(),
                    "matching": self.matching.state_dict() if self.matching else {},
                    "average": self.average.network.state_dict(), "average_steps": self.average.steps,
                    "optimisers": [o.state_dict() for o in self.optimisers], "progress": self.progress, "step": self.step,
                    "seen": self.seen, "seconds": self.seconds}, unfinished)
        unfinished.replace(self.checkpoint)

    def resume(self) -> None:
        """Continues from the checkpoint; heads that it lacks (a new hint) start fresh, and so does an optimiser that it did not use."""
        state = torch.load(self.checkpoint, map_location="cpu")
        missing, unexpected = self.network.load_state_dict(state["network"], strict=False)
        self.average.network.load_state_dict(state["average"], strict=False)
        self.average.steps = state["average_steps"]
        self.weighting.load_state_dict(state.get("weighting", {}))
        if self.matching and state.get("matching"):
            self.matching.load_state_dict(state["matching"])
        saved = state.get("optimisers", [])
        if not missing and not unexpected and len(saved) == len(self.optimisers):
            for optimiser, before in zip(self.optimisers, saved):
                optimiser.load_state_dict(before)
        self.progress, self.step, self.seen, self.seconds = (state[k] for k in ("progress", "step", "seen", "seconds"))

    def start_from(self, weights: dict[str, torch.Tensor]) -> None:
        """Takes over weights (of a checkpoint or a shipped ONNX file); other parts start fresh."""
        own = self.network.state_dict()
        fitting = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
        if not fitting:
            raise ValueError("None of the given weights fits this network. Is the backbone the same?")
        self.network.load_state_dict(fitting, strict=False)
        self.average.network.load_state_dict(fitting, strict=False)
        print(f"{len(fitting)} of {len(own)} tensors taken over")

    def one_step(self, augment: Augment, random: np.random.Generator) -> dict[str, float]:
        """Draws a batch, learns from it, returns the loss terms."""
        config = self.config
        index = random.choice(len(self.data), config.batch, p=self.chance)
        faces = augment(self.data.pictures(index), config.size_at(self.progress))
        mixed = int(config.mixed * config.batch) if self.matching else 0
        mix(faces, mixed, augment.random)
        if config.channels_last:
            faces = faces.contiguous(memory_format=torch.channels_last)
        labels = torch.from_numpy(self.data.labels[index]).to(self.device)
        hint, seen = (None if extra is None else torch.from_numpy(extra[index]).to(self.device).float()
                      for extra in (self.data.hints, self.data.seen))
        labels[config.batch - mixed:] = torch.nan
        if hint is not None:
            hint[config.batch - mixed:] = torch.nan
        for group in self.groups:
            group["lr"] = rate_at(self.progress, config) * group["share"]
        self.freeze_when_due(self.progress)
        self.network.train()
        if self.progress >= config.settle:
            settle(self.network)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=config.precision == "bfloat16"):
            maps = self.network.maps(faces)
            features = maps[-1].mean((2, 3))
            if self.matching:
                seen, watched = self.matching.watch(faces)
                match = self.matching.distance(maps, watched)
        features = features.float()
        found = losses.terms(self.network.heads, self.network.heads(features), labels, hint, seen, config.pseudo,
                             config.distil, config.labels)
        if self.matching:
            found["match"] = match
        total = self.weighting(found, features)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = nn.utils.clip_grad_norm_([p for g in self.groups for p in g["params"]], LARGEST_GRADIENT)
        if not torch.isfinite(norm):
            raise ValueError("The loss is not a number any more. Lower 'rate' in the config and resume.")
        for optimiser in self.optimisers:
            optimiser.step()
        self.average.update(self.network)
        self.step += 1
        self.seen += config.batch
        return {"total": float(total.detach()), **{k: float(v) for k, v in found.items()}}

    def validate(self) -> dict[str, float]:
        """The moving average on the validation parts, each on its own scale."""
        names = np.array(self.data.sets)[self.data.set_of]
        found = {}
        for scale, inside in (("ffhq", names == "ffhq"), ("annotated", self.data.annotated)):
            index = np.flatnonzero(inside & (self.data.part == "val"))
            # Of very many, as many of each set as its share.
            index = index[::math.ceil(len(index) / VALIDATED) or 1]
            if len(index):
                outputs = outputs_of(self.average.network, self.data, index, self.config.size_at(self.progress), scale)
                for key, value in figures(outputs, self.data.labels[index], scale).items():
                    found[f"{scale}:{key}"] = value
        return found

    def log(self, name: str, row: dict[str, float]) -> None:
        """Appends a line to a CSV in the output folder."""
        path = self.out / name
        new = not path.exists()
        with path.open("a", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(row)
            writer.writerow([f"{v:.5g}" for v in row.values()])

    def run(self, minutes: float) -> None:
        """Trains until the schedule ends: `minutes` from now, or when `faces` of the config have been seen. What was done before counts as done."""
        config = self.config
        augment = Augment(config.seed + self.step, config.augment, self.device)
        random = np.random.default_rng(config.seed + self.step)
        end = time.monotonic() + minutes * 60
        saved = validated = time.monotonic()
        smooth: dict[str, float] = {}
        bar = tqdm(total=1000, initial=int(self.progress * 1000), desc=config.name, mininterval=10,
                   disable=not sys.stderr.isatty())
        while self.progress < 1 and (config.faces or time.monotonic() < end):
            begun = time.monotonic()
            for key, value in self.one_step(augment, random).items():
                smooth[key] = 0.98 * smooth.get(key, value) + 0.02 * value
            now = time.monotonic()
            self.seconds += now - begun
            if now - validated > config.validate_minutes * 60:
                self.report(smooth)
                validated = time.monotonic()
            if now - saved > config.save_minutes * 60:
                self.save()
                saved = time.monotonic()
            if config.faces:
                self.progress = min(1.0, self.seen / config.faces)
            else:
                # Time for saving and validating is part of the plan, so progress follows the whole loop.
                left = max(end - begun, 1e-3)
                self.progress = min(1.0, self.progress + (time.monotonic() - begun) * (1 - self.progress) / left)
            bar.update(int(self.progress * 1000) - bar.n)
        bar.close()
        self.report(smooth)
        self.save()

    def report(self, smooth: dict[str, float]) -> None:
        """Validates, logs and prints."""
        if smooth:
            self.log("train.csv", {"step": self.step, "seen": self.seen, "progress": self.progress,
                                   "rate": rate_at(self.progress, self.config), **smooth})
        found = self.validate()
        if found:
            self.log("validation.csv", {"step": self.step, "seen": self.seen, "progress": self.progress, **found})
        size = self.config.size_at(self.progress)
        speed = self.seen / max(self.seconds, 1e-9)
        print(f"{time.strftime('%H:%M:%S', time.gmtime())} step {self.step}, {self.seen} faces ({speed:.0f}/s), "
              f"{100 * self.progress:.1f} %, {size} px\n  losses {one_line(smooth)}\n  "
              + "\n  ".join(one_line({k.split(':')[1]: v for k, v in found.items() if k.startswith(s)})
                            for s in ("ffhq", "annotated")), flush=True)


def train(config: Config, cache: Path, out: Path, minutes: float | None, resume: bool,
          init: dict[str, torch.Tensor] | None, threads: int, device: str = "cpu",
          teacher: Network | None = None) -> Training:
    """Runs or continues a training; `minutes` is what is left of the schedule (default: the config's).

    device: as PyTorch names them (`cpu`, `cuda`). A checkpoint goes on on any of them.
    teacher: the network to be matched, where the config asks for one.
    """
    torch.set_num_threads(threads)
    np.finfo(np.float32), np.finfo(np.float64)  # looked up once before tiny numbers become zero, or numpy warns
    torch.set_flush_denormal(True)
    training = Training(config, cache, out, device, teacher)
    if training.checkpoint.exists():
        if not resume:
            raise ValueError(f"{training.checkpoint} is there already. Give --resume to go on, or another --out.")
        training.resume()
    elif init is not None:
        training.start_from(init)
    training.run(config.minutes if minutes is None else minutes)
    return training
