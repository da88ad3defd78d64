"""The pictures of a run, batch by batch: composed, looked at by the teacher, made worse, with their targets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from vitrine.detector.compose import Composer
from vitrine.detector.degrade import Degrader
from vitrine.detector.geometry import mirror
from vitrine.detector.settings import Settings
from vitrine.detector.targets import Targets, build
from vitrine.detector.yunet import YuNet


@dataclass
class Batch:
    clean: np.ndarray | None  # uint8 [B, S, S, 3]
    seen: np.ndarray  # uint8 [B, S, S, 3], degraded
    targets: list[Targets]
    hints: list[Tensor] | None = None  # the teacher's inner values for the clean pictures

    def packed(self) -> tuple:
        """Plain arrays, for another process."""
        targets = [tuple(v.numpy() for v in (t.heat, t.weight, t.bbox, t.kps)) for t in self.targets]
        hints = [h.half().numpy() for h in self.hints] if self.hints else None
        return self.seen, targets, hints

    @classmethod
    def unpacked(cls, packed: tuple) -> Batch:
        """The inverse of `packed`; hints come in half precision."""
        seen, targets, hints = packed
        return cls(None, seen, [Targets(*map(torch.from_numpy, t)) for t in targets],
                   [torch.from_numpy(h).float() for h in hints] if hints else None)


def as_tensor(pictures: np.ndarray) -> Tensor:
    """uint8 [B, H, W, 3] to float [B, 3, H, W] with channels last in memory."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float()


class Pictures:
    """Batch number i of a run; always the same for the same seed and data.

    Composing would cost a third of a step, so each composed batch is seen
    several times: after `block` new batches come the same ones mirrored, then
    plain, then mirrored again, each time made worse in another way. The
    teacher looks at the clean, plain ones once.
    """

    def __init__(self, work: Path, settings: Settings, teacher: YuNet | None = None, block: int = 24):
        """teacher: for hints, where the settings name layers."""
        self.settings, self.block = settings, block
        self.teacher = teacher if settings.hint_layers else None
        self.composer = Composer(work, settings.size, settings.seed)
        self.degrade = Degrader(settings.seed, settings.size)
        self._kept: dict[int, list] = {}
        self._hints: dict[int, list[Tensor]] = {}

    def view(self, step: int) -> int:
        """Which look at its composed pictures a step is: 0 the first, odd ones mirrored."""
        return step % (self.settings.looks * self.block) // self.block

    def _composed(self, step: int) -> list:
        """The clean pictures that a step begins with, kept until their last look."""
        source = step - self.view(step) * self.block
        if source not in self._kept:
            first = source * self.settings.batch
            self._kept[source] = [self.composer.compose(first + i) for i in range(self.settings.batch)]
        return self._kept.pop(source) if self.view(step) == self.settings.looks - 1 else self._kept[source]

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
        return Batch(np.stack(clean), np.stack(seen), build(faces, status, size, size), self._teachers(step, clean))

    def _teachers(self, step: int, clean: list[np.ndarray]) -> list[Tensor] | None:
        """The teacher's hints, which only plain looks have."""
        view = self.view(step)
        if self.teacher is None or view % 2:
            return None
        source = step - view * self.block
        if source not in self._hints:
            inner = self.teacher.raw(as_tensor(np.stack(clean)), self.settings.hint_layers)
            self._hints[source] = [inner[name] for name in self.settings.hint_layers]
        return self._hints.pop(source) if view >= self.settings.looks - 2 else self._hints[source]
