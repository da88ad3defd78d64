"""The settings of a training run."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


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
    looks: int = 4  # at each composed picture
    apart: bool = False  # pictures are made by a process of their own

    @classmethod
    def of(cls, values: dict) -> Settings:
        """Settings from a config's `train` part; an unknown name is an error that names it."""
        unknown = sorted(set(values) - {f.name for f in fields(cls)})
        if unknown:
            raise SystemExit(f"The config has settings that training does not know: {', '.join(unknown)}.")
        return cls(**{**values, "hint_layers": tuple(values.get("hint_layers", ()))})
