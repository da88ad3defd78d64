"""Which scenes train, which choose, which judge: fixed by position, never by chance.

Within each source, in the order of `sources.csv`, every tenth scene is test
(0, 10, 20, ...) and every tenth from the fifth on (5, 15, ...) is validation.
Clips and demo media are test only and are never read by prepare or train.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import Iterable


def assign(rows: Iterable[dict]) -> dict[str, str]:
    """Part (train, val, test) of every `file` of the rows, which carry `file` and `source`."""
    counts: dict[str, int] = defaultdict(int)
    parts = {}
    for row in rows:
        position = counts[row["source"]] % 10
        counts[row["source"]] += 1
        parts[row["file"]] = {0: "test", 5: "val"}.get(position, "train")
    return parts


def read_sources(text: str) -> list[dict]:
    """The rows of `sources.csv`."""
    return list(csv.DictReader(io.StringIO(text)))


def part_of_face(position: int) -> str:
    """Part of a picture of a face set by its position in the archive: every tenth is kept for testing."""
    return "test" if position % 10 == 0 else "train"
