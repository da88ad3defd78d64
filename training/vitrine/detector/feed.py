"""Batches made by a process of their own, so that the trainer's core only trains.

The maker runs ahead by a few batches. When it falls behind, because other
programs want its core too, the trainer looks again at a batch that it has
seen a while ago instead of waiting.
"""

from __future__ import annotations

import queue
from collections import deque
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

from vitrine.detector.pictures import Batch, Pictures
from vitrine.detector.settings import Settings
from vitrine.detector.yunet import YuNet

AHEAD = 4  # batches that wait
REMEMBERED = 48  # batches kept for a second look
PATIENCE = 600.0  # s until a maker that delivers nothing is taken for dead


def _make(work: Path, settings: Settings, teacher: Path | None, first: int, out) -> None:
    torch.set_num_threads(1)
    pictures = Pictures(work, settings, YuNet(teacher) if teacher else None)
    step = first
    while True:
        batch = pictures.batch(step)
        batch.clean = None  # the teacher has seen it; the trainer does not
        out.put(batch.packed())
        step += 1


class Feed:
    """Like `Pictures`, but made elsewhere; batches come in order, with second looks between them."""

    def __init__(self, work: Path, settings: Settings, teacher: Path | None, first: int):
        """first: the step whose batch comes first, so that a resumed run sees new pictures."""
        context = get_context("spawn")
        self._queue = context.Queue(AHEAD)
        self._maker = context.Process(target=_make, args=(work, settings, teacher, first, self._queue), daemon=True)
        self._maker.start()
        self._seen: deque[tuple] = deque(maxlen=REMEMBERED)
        self._rng = np.random.default_rng(first)
        self.again = 0

    def batch(self, step: int) -> Batch:
        """The next batch; one of the last ones where the maker is behind."""
        try:
            packed = self._queue.get_nowait()
        except queue.Empty:
            if len(self._seen) == REMEMBERED:
                self.again += 1
                index = int(self._rng.integers(REMEMBERED // 2))  # the older half
                packed = self._seen[index]
                del self._seen[index]
                return Batch.unpacked(packed)
            packed = self._queue.get(timeout=PATIENCE)
        self._seen.append(packed)
        return Batch.unpacked(packed)

    def close(self) -> None:
        """End the maker."""
        self._maker.terminate()
