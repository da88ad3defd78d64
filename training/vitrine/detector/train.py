"""Training: composed pictures, dense targets, the teacher's hints, an averaged student."""

from __future__ import annotations

import json
import time
from pathlib import Path

import torch
from tqdm import tqdm

from vitrine.detector.feed import Feed
from vitrine.detector.loss import Hints, Weights, detection_loss
from vitrine.detector.network import FaceDetector, Width
from vitrine.detector.pictures import Pictures, as_tensor
from vitrine.detector.settings import Settings
from vitrine.detector.start import start_from
from vitrine.detector.state import Average, Schedule, save
from vitrine.detector.yunet import YuNet


class Training:
    """One run: holds the networks, takes steps, saves and resumes itself."""

    def __init__(self, settings: Settings, pictures: Pictures | Feed | None):
        torch.set_num_threads(settings.threads)
        torch.manual_seed(settings.seed)
        self.settings, self.pictures = settings, pictures
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
        until = self.settings.hint_until
        return self.weights.hint * max(0.0, 1 - self.progress / until) if until > 0 else 0.0

    def take_step(self) -> dict[str, float]:
        """One batch; returns the weighted parts of the loss."""
        begin = time.monotonic()
        batch = self.pictures.batch(self.step)
        for group in self.optimiser.param_groups:
            group["lr"] = self.schedule.rate(self.step, self.progress)
        self.network.train()
        features = self.network.features(as_tensor(batch.seen))
        maps = self.network.read(features)
        parts = detection_loss(maps, batch.targets, self.weights)
        strength = self._hint_weight()
        if batch.hints and strength > 0:
            parts["hint"] = strength * self.hints(features, batch.hints)
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

    def begin_with(self, path: Path, pictures: Pictures) -> None:
        """Take the weights of an exported detector of the same shape; pictures: for the statistics of its layers."""
        batches = [as_tensor(pictures.batch(i).seen) for i in range(4)]
        start_from(self.network, path, batches)
        self.average = Average(self.network, self.settings.average)

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


def train(settings: Settings, work: Path, teacher: Path | None, run: Path, start: Path | None = None) -> Path:
    """Train, or go on with the run in that folder; returns the checkpoint. The log is run/log.jsonl.

    start: an exported detector of ours whose weights a new run begins with.
    """
    run.mkdir(parents=True, exist_ok=True)
    if not settings.hint_layers:
        teacher = None
    elif teacher is None or not teacher.exists():
        raise SystemExit("The teacher's hints are asked for: give its ONNX file with --teacher.")
    training = Training(settings, None)
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        training.resume(torch.load(checkpoint, map_location="cpu"))
        print(f"Going on at step {training.step}.")
    elif start:
        training.begin_with(start, Pictures(work, settings))
    if settings.apart:
        training.pictures = Feed(work, settings, teacher, training.step)
    else:
        training.pictures = Pictures(work, settings, YuNet(teacher, settings.threads) if teacher else None)
    try:
        _run(training, checkpoint, run / "log.jsonl")
    finally:
        if isinstance(training.pictures, Feed):
            training.pictures.close()
    return checkpoint


def _run(training: Training, checkpoint: Path, journal: Path) -> None:
    """Steps until the end of the schedule, with a checkpoint every few minutes and at the end."""
    saved = training.seconds
    means: dict[str, float] = {}
    bar_format = "{percentage:5.1f}% |{bar:20}| {elapsed}<{remaining} {postfix}"
    with tqdm(total=1.0, initial=training.progress, mininterval=10, bar_format=bar_format) as bar, open(journal, "a") as log:
        while training.progress < 1:
            parts = training.take_step()
            for name, value in parts.items():
                means[name] = value if name not in means else 0.98 * means[name] + 0.02 * value
            bar.n = training.progress
            bar.set_postfix_str(f"step {training.step} " + " ".join(f"{k} {v:.3f}" for k, v in means.items()), refresh=False)
            bar.update(0)
            if training.step % 100 == 0:
                again = getattr(training.pictures, "again", 0)
                line = {"step": training.step, "seconds": round(training.seconds, 1), "again": again,
                        **{k: round(v, 4) for k, v in means.items()}}
                log.write(json.dumps(line) + "\n")
                log.flush()
            if training.seconds - saved > 60 * training.settings.checkpoint_minutes:
                save(checkpoint, training.state())
                saved = training.seconds
    save(checkpoint, training.state())
