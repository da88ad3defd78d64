"""One YAML file for each experiment (training/configs/attributes)."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml


PRECISIONS = ("float32", "bfloat16")
"""What the trunk computes in while it learns; weights, heads and losses are float32 in any case. On processors with AVX512-BF16 or
AMX the second is twice as fast; on others it is slower."""

OPTIMISERS = ("adamw", "muon")


@dataclass
class Phase:
    """A part of the schedule at one input size, up to `until` (0..1 of the schedule)."""

    until: float
    size: int


@dataclass
class Config:
    """What a training does. The schedule is planned in minutes of wall-clock time, or in `faces` where that is given.

    `pseudo`, `distil`: how much a teacher's word counts where a face has no label and where it has one; the teacher is the one of
    the command `pseudo`, or with `match` (the weight of its features) the one given to `train`, which sees what the student sees.
    `freeze`: how many of the trunk's first blocks do not learn from `freeze_from` (0..1 of the schedule) on; `settle`: from there on
    batch normalisation keeps the statistics it has.
    `labels`: how much the labels count beside the teacher's word. `optimiser`: of the trunk's kernels, `adamw` or `muon`.
    `mixed`: the part of each batch (0..1) that is mixed from two faces, for which that teacher alone is asked.
    """

    name: str = "resnet18"
    backbone: str = "resnet18"
    sets: list[str] = field(default_factory=lambda: ["ffhq", "utkface", "unlabelled", "celeba", "fer2013"])
    shares: dict[str, float] = field(default_factory=dict)
    phases: list[Phase] = field(default_factory=lambda: [Phase(1.0, 64)])
    minutes: float = 60.0
    faces: int = 0
    batch: int = 64
    rate: float = 1e-3
    decay: float = 0.05
    warm_up: float = 0.03
    last_rate: float = 0.01
    average: float = 0.999
    dropout: float = 0.1
    augment: float = 1.0
    hint: int = 0
    pseudo: float = 0.0
    distil: float = 0.0
    match: float = 0.0
    mixed: float = 0.0
    labels: float = 1.0
    optimiser: str = "adamw"
    seed: int = 1
    weights: dict[str, float] = field(default_factory=dict)
    weighting: str = "fixed"
    validate_minutes: float = 6.0
    save_minutes: float = 2.0
    channels_last: bool = False
    precision: str = "float32"
    trunk_rate: float = 1.0
    freeze: int = 0
    freeze_from: float = 0.0
    settle: float = 1.0

    def size_at(self, progress: float) -> int:
        """Input size at this point of the schedule."""
        return next((p.size for p in self.phases if progress < p.until), self.phases[-1].size)


def read(path: Path) -> Config:
    """Reads a config; unknown keys are an error."""
    content = yaml.safe_load(Path(path).read_text()) or {}
    unknown = set(content) - set(asdict(Config()))
    if unknown:
        raise ValueError(f"{path}: unknown setting {', '.join(sorted(unknown))}. See training/README.md.")
    if content.get("precision", "float32") not in PRECISIONS:
        raise ValueError(f"{path}: precision is one of {', '.join(PRECISIONS)}.")
    if content.get("optimiser", "adamw") not in OPTIMISERS:
        raise ValueError(f"{path}: optimiser is one of {', '.join(OPTIMISERS)}.")
    if not 0 <= content.get("mixed", 0) < 1:
        raise ValueError(f"{path}: mixed is a part of the batch, from 0 to less than 1.")
    if content.get("mixed", 0) and not content.get("match", 0):
        raise ValueError(f"{path}: mixed faces have no labels, so 'mixed' needs a teacher that watches ('match').")
    content["phases"] = [Phase(**p) for p in content.get("phases", [{"until": 1.0, "size": 64}])]
    return Config(**content)
