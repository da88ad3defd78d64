"""Runs a face detector file of the YuNet family: the teacher, or our own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from vitrine.common.onnx_graph import OnnxGraph
from vitrine.detector.codec import faces_of_maps


class YuNet:
    """A detector read from its ONNX file and run with PyTorch."""

    def __init__(self, path: str | Path, threads: int = 1):
        """path: the ONNX file. threads: how many PyTorch may use (of the whole process)."""
        torch.set_num_threads(threads)
        self.graph = OnnxGraph(path)

    def raw(self, images: torch.Tensor, extra: tuple[str, ...] = ()) -> dict[str, torch.Tensor]:
        """The dense maps of a float batch [B, 3, H, W], BGR 0..255, H and W multiples of 32.

        Returns cls_8 [B, n, 1], ... by name, and the inner values named in `extra`.
        """
        images = images.contiguous(memory_format=torch.channels_last)  # about a third faster
        return self.graph.run({self.graph.inputs[0]: images}, extra)

    def detect(self, images: np.ndarray, min_score: float = 0.5, nms: float = 0.4) -> list[np.ndarray]:
        """Faces of pictures of one size.

        images: uint8 [B, H, W, 3], BGR; H and W may be anything, zeros are
        added at the right and the bottom up to multiples of 32. Returns per
        picture float32 [n, 15] as in `codec`, best score first.
        """
        batch = torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).float().contiguous()
        height, width = batch.shape[2:]
        batch = F.pad(batch, (0, -width % 32, 0, -height % 32))
        maps = {name: value.numpy() for name, value in self.raw(batch).items()}
        return faces_of_maps(maps, batch.shape[2], batch.shape[3], min_score, nms)
