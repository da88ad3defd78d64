"""Training: composed pictures, dense targets, the teacher's hints, an averaged student."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from vitrine.detector.compose import Composer
from vitrine.detector.degrade import Degrader
from vitrine.detector.geometry import mirror
from vitrine.detector.loss import Hints, Weights, detection_loss
from vitrine.detector.network import FaceDetector, Width
from vitrine.detector.state import Average, Schedule, save
from vitrine.detector.targets import Targets, build
from vitrine.detector.yunet import YuNet


@dataclass(frozen=True)
class Settings:
    """A run; read from the `train` part of a config file."""

    seed: int = 1
    size: int = 320
    batch: int = 16
    rate: float = 3e-3
    decay: float = 1e-4
    average: float = 0.999
    minutes: float = 60.0
    steps: int = 0
    warm_up: int = 200
    hint_layers: tuple[str, ...] = ()
    hint_until: float = 0.6
    width: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)
    checkpoint_minutes: float = 5.0
    threads: int = 1

    @classmethod
    def of(cls, values: dict) -> Settings:
        """Settings from a config's `train` part; an unknown name is an error that names it."""
        unknown = sorted(set(values) - {f.name for f in fields(cls)})
        if unknown:
            raise SystemExit(f"The config has settings that training does not know: {', '.join(unknown)}.")
        return cls(**{**values, "hint_layers": tuple(values.get("hint_layers", ()))})


@dataclass
class Batch:
    clean: np.ndarray  # uint8 [B, S, S, 3]
    seen: np.ndarray  # uint8 [B, S, S, 3], degraded
    targets: list[Targets]


def as_tensor(pictures: np.ndarray) -> Tensor:
    """uint8 [B, H, W, 3] to float [B, 3, H, W] with channels last in memory."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float()


class Pictures:
    """Batch number i of a run; always the same for the same seed and data.

    Composing would cost a third of a step, so each composed batch is seen
    four times: after `block` new batches come the same ones mirrored, then
    plain, then mirrored again, each time made worse in another way.
    """

    VIEWS = 4

    def __init__(self, work: Path, settings: Settings, block: int = 24):
        self.settings, self.block = settings, block
        self.composer = Composer(work, settings.size, settings.seed)
        self.degrade = Degrader(settings.seed, settings.size)
        self._kept: dict[int, list] = {}

    def view(self, step: int) -> int:
        """Which look at its composed pictures a step is: 0 the first, odd ones mirrored."""
        return step % (self.VIEWS * self.block) // self.block

    def _composed(self, step: int) -> list:
        """The clean pictures that a step begins with, kept until their last look."""
        source = step - self.view(step) * self.block
        if source not in self._kept:
            first = source * self.settings.batch
            self._kept[source] = [self.composer.compose(first + i) for i in range(self.settings.batch)]
        return self._kept.pop(source) if self.view(step) == self.VIEWS - 1 else self._kept[source]

    def batch(self, step: int) -> Batch:
        """The batch of a step."""
        clean, seen, faces, status = [], [], [], []
        size = self.settings.size
        for i, (picture, f, s) in enumerate(self._composed(step)):
            if self.view(step) % 2:
                picture, f = np.ascontiguousarray(picture[:, ::-1]), mirror(f, size)
            worse, s = self.degrade(np.random.default_rng((self.settings.seed, step, i)), picture, f, s)
            clean.append(picture)
            seen.append(worse)
            faces.append(f)
            status.append(s)
        return Batch(np.stack(clean), np.stack(seen), build(faces, status, size, size))


class Training:
    """One run: holds the networks, takes steps, saves and resumes itself."""

    def __init__(self, settings: Settings, pictures: Pictures, teacher: YuNet | None = None):
        torch.set_num_threads(settings.threads)
        torch.manual_seed(settings.seed)
        self.settings, self.pictures, self.teacher = settings, pictures, teacher
        self.weights = Weights(**settings.weights)
        self.network = FaceDetector(Width(**settings.width)).to(memory_format=torch.channels_last)
        self.hints = Hints(self.network.width.neck)
        self.average = Average(self.network, settings.average)
        decayed = [p for p in (*self.network.parameters(), *self.hints.parameters()) if p.dim() > 1]
        others = [p for p in (*self.network.parameters(), *self.hints.parameters()) if p.dim() <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": settings.decay}, {"params": others, "weight_decay": 0.0}], lr=settings.rate
        )
        self.schedule = Schedule(settings.rate, settings.minutes, settings.steps, settings.warm_up)
        self.step, self.seconds = 0, 0.0

    @property
    def progress(self) -> float:
        return self.schedule.progress(self.step, self.seconds)

    def _hint_weight(self) -> float:
        if self.teacher is None or not self.settings.hint_layers or self.settings.hint_until <= 0:
            return 0.0
        if self.pictures.view(self.step):  # the teacher costs a fifth of a step
            return 0.0
        return self.weights.hint * max(0.0, 1 - self.progress / self.settings.hint_until)

    def take_step(self) -> dict[str, float]:
        """One batch; returns the weighted parts of the loss."""
        begin = time.monotonic()
        batch = self.pictures.batch(self.step)
        for group in self.optimiser.param_groups:
            group["lr"] = self.schedule.rate(self.step, self.progress)
        self.network.train()
        features = self.network.features(as_tensor(batch.seen))
        maps = [head(f) for head, f in zip(self.network.heads, features)]
        parts = detection_loss(maps, batch.targets, self.weights)
        strength = self._hint_weight()
        if strength > 0:
            layers = self.settings.hint_layers
            inner = self.teacher.raw(as_tensor(batch.clean), layers)
            parts["hint"] = strength * self.hints(features, [inner[name] for name in layers])
        self.optimiser.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 10.0)
        self.optimiser.step()
        self.average.update(self.network, self.step)
        self.step += 1
        self.seconds += time.monotonic() - begin
        return {name: float(value.detach()) for name, value in parts.items()}

    def state(self) -> dict:
        """Everything needed to go on, and the averaged student under `student`."""
        return {
            "network": self.network.state_dict(), "hints": self.hints.state_dict(), "student": self.average.values,
            "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.seconds,
            "width": self.network.width.as_dict(),
        }

    def resume(self, state: dict) -> None:
        """Go on from a saved state."""
        self.network.load_state_dict(state["network"])
        self.hints.load_state_dict(state["hints"])
        self.average.values = {k: v.clone() for k, v in state["student"].items()}
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]


def load_student(path: Path) -> FaceDetector:
    """The averaged student of a checkpoint, ready to look at pictures."""
    try:
        state = torch.load(path, map_location="cpu")
    except FileNotFoundError:
        raise SystemExit(f"There is no checkpoint at {path}: run the train command first.") from None
    network = FaceDetector(Width(**state["width"]))
    network.load_state_dict(state["student"])
    return network.to(memory_format=torch.channels_last).eval()


def train(settings: Settings, work: Path, teacher: Path | None, run: Path) -> Path:
    """Train, or go on with the run in that folder; returns the checkpoint. The log is run/log.jsonl."""
    run.mkdir(parents=True, exist_ok=True)
    needs_teacher = bool(settings.hint_layers)
    if needs_teacher and (teacher is None or not teacher.exists()):
        raise SystemExit("The teacher's hints are asked for: give its ONNX file with --teacher.")
    training = Training(settings, Pictures(work, settings), YuNet(teacher, settings.threads) if needs_teacher else None)
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        training.resume(torch.load(checkpoint, map_location="cpu"))
        print(f"Going on at step {training.step}.")
    saved = training.seconds
    means: dict[str, float] = {}
    with tqdm(total=1.0, initial=training.progress, mininterval=10, bar_format="{percentage:5.1f}% |{bar:20}| {elapsed}<{remaining} {postfix}") as bar, \
            open(run / "log.jsonl", "a") as log:
        while training.progress < 1:
            parts = training.take_step()
            for name, value in parts.items():
                means[name] = value if name not in means else 0.98 * means[name] + 0.02 * value
            bar.n = training.progress
            bar.set_postfix_str(f"step {training.step} " + " ".join(f"{k} {v:.3f}" for k, v in means.items()), refresh=False)
            bar.update(0)
            if training.step % 100 == 0:
                line = {"step": training.step, "seconds": round(training.seconds, 1), **{k: round(v, 4) for k, v in means.items()}}
                log.write(json.dumps(line) + "\n")
                log.flush()
            if training.seconds - saved > 60 * settings.checkpoint_minutes:
                save(checkpoint, training.state())
                saved = training.seconds
        save(checkpoint, training.state())
    return checkpoint
