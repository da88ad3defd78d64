"""`trade-off`: one config trained once for each backbone, weighting of the loss or input size, with the same number of faces."""
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import onnx
import torch

from .backbones import BACKBONES
from .config import Config, Phase
from .decode import Calibration
from .evaluate import rounded
from .export import halve, load_network, to_onnx
from .metrics import PAPER, REGRESSED
from .train import Training, train
from .weighting import KINDS

VARIED = {"backbone": tuple(BACKBONES), "weighting": KINDS, "size": ("64", "80", "96", "112", "128")}


def variant_of(config: Config, vary: str, name: str) -> Config:
    """The config with one thing changed; a size holds for the whole schedule."""
    change = {"phases": [Phase(1.0, int(name))]} if vary == "size" else {vary: name}
    return replace(config, name=name, **change)


def one(config: Config, cache: Path, run: Path, init: dict[str, torch.Tensor] | None, threads: int,
        device: str = "cpu") -> dict:
    """Trains, or goes on with, one variant; returns what is known of it."""
    done = run / "row.json"
    if done.exists():
        return json.loads(done.read_text())
    resumed = (run / "checkpoint.pt").exists()
    training = train(config, cache, run, None, resumed, init, threads, device)
    return describe(training, run)


def describe(training: Training, run: Path) -> dict:
    """Size, time and validation figures of a training that has ended; also written to `row.json`, with the file beside it."""
    network = load_network(torch.load(run / "checkpoint.pt", map_location="cpu"))
    size = training.config.size_at(1.0)
    model = to_onnx(network, Calibration(), size)
    halve(model)
    onnx.save(model, str(run / "model.onnx"))
    row = rounded({
        "size": size, "faces": training.seen, "seconds": training.seconds,
        "parameters": sum(p.numel() for p in network.parameters()), "bytes": (run / "model.onnx").stat().st_size,
        "figures": training.validate(), "weights": training.weighting.current(),
    })
    (run / "row.json").write_text(json.dumps(row, indent=1) + "\n")
    return row


def trade_off(config: Config, vary: str, cache: Path, out: Path, init: dict[str, torch.Tensor] | None, threads: int,
              device: str = "cpu") -> str:
    """Trains every variant into `out/<name>`; what is there already is not trained again. Returns the table."""
    if not config.faces:
        raise ValueError("Give the config 'faces': variants are compared after the same number of faces, not of minutes.")
    rows = {}
    for name in VARIED[vary]:
        print(f"{vary}: {name}", flush=True)
        rows[name] = one(variant_of(config, vary, name), cache, out / name, init, threads, device)
    (out / "trade-off.json").write_text(json.dumps({"vary": vary, "rows": rows}, indent=1) + "\n")
    return table(rows)


def table(rows: dict[str, dict]) -> str:
    """Markdown: the figures of both validation beds, a column each variant."""
    lines = ["| | " + " | ".join(rows) + " |", "| --- |" + " --- |" * len(rows)]
    lines.append("| faces seen | " + " | ".join(f"{r['faces']:,}" for r in rows.values()) + " |")
    lines.append("| minutes | " + " | ".join(f"{r['seconds'] / 60:.0f}" for r in rows.values()) + " |")
    lines.append("| parameters | " + " | ".join(f"{r['parameters'] / 1e6:.2f} M" for r in rows.values()) + " |")
    lines.append("| file | " + " | ".join(f"{r['bytes'] / 1e6:.1f} MB" for r in rows.values()) + " |")
    for bed in ("annotated", "ffhq"):
        for name in PAPER:
            key = f"{bed}:{name}"
            if all(key in r["figures"] for r in rows.values()):
                lines.append(f"| {name}, {bed} | " + " | ".join(shown(name, r["figures"][key]) for r in rows.values()) + " |")
    return "\n".join(lines)


def shown(name: str, value: float) -> str:
    """A figure as the tables write it."""
    if name in REGRESSED:
        return f"{value:.2f}" if name == "age" else f"{value:.3f}"
    return f"{value:.1f} %"
