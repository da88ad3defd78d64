"""Many pictures of different sizes in one memory-mapped file of bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np


class PackWriter:
    """Writes pictures one after the other: <stem>.u8 (pixels) and <stem>.json (where and what)."""

    def __init__(self, stem: Path):
        stem.parent.mkdir(parents=True, exist_ok=True)
        self._stem = stem
        self._file = open(stem.with_suffix(".u8"), "wb")
        self._items: list[dict] = []
        self._offset = 0

    def add(self, picture: np.ndarray, **facts) -> None:
        """picture: uint8 [h, w, 3]. facts: JSON values kept with it."""
        self._file.write(np.ascontiguousarray(picture).tobytes())
        self._items.append({"offset": self._offset, "height": picture.shape[0], "width": picture.shape[1], **facts})
        self._offset += picture.size

    def close(self) -> None:
        self._file.close()
        self._stem.with_suffix(".json").write_text(json.dumps(self._items))


class Pack:
    """Reads what a `PackWriter` wrote; `items[i]` are the facts of picture i."""

    def __init__(self, stem: Path):
        try:
            self.items: list[dict] = json.loads(stem.with_suffix(".json").read_text())
        except FileNotFoundError:
            raise SystemExit(f"{stem.with_suffix('.json')} is missing: run the prepare command first.") from None
        self._bytes = np.memmap(stem.with_suffix(".u8"), np.uint8, "r") if self.items else np.zeros(0, np.uint8)

    def __len__(self) -> int:
        return len(self.items)

    def picture(self, index: int) -> np.ndarray:
        """uint8 [h, w, 3], a view of the file."""
        item = self.items[index]
        size = item["height"] * item["width"] * 3
        return self._bytes[item["offset"] : item["offset"] + size].reshape(item["height"], item["width"], 3)
