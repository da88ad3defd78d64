"""One YAML file for each experiment (training/configs/attributes)."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml


PRECISIONS = ("float32", "bfloat16")
"""What the trunk computes in while it learns; weights, heads and losses are float32 in any case. On processors with AVX512-BF16 or
AMX the second is twice as fast; on others it is slower."""


@dataclass
class Phase:
    """A part of the schedule at one input size, up to `until` (0..1 of the schedule)."""

    until: float
    size: int


@dataclass
class Config:
    """What a training does. The schedule is planned in minutes of wall-clock time, or in `faces` where that is given."""

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
    seed: int = 1
    weights: dict[str, float] = field(default_factory=dict)
    weighting: str = "fixed"
    validate_minutes: float = 6.0
    save_minutes: float = 2.0
    channels_last: bool = False
    precision: str = "float32"
    trunk_rate: float = 1.0
    freeze: int = 0

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
    content["phases"] = [Phase(**p) for p in content.get("phases", [{"until": 1.0, "size": 64}])]
    return Config(**content)
