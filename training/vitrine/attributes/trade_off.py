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
from .network import Network
from .train import Training, train
from .weighting import KINDS

VARIED = {"backbone": tuple(BACKBONES), "weighting": KINDS, "size": ("64", "80", "96", "112", "128")}


def variant_of(config: Config, vary: str, name: str) -> Config:
    """The config with one thing changed; a size holds for the whole schedule."""
    change = {"phases": [Phase(1.0, int(name))]} if vary == "size" else {vary: name}
    return replace(config, name=name, **change)


def one(config: Config, cache: Path, run: Path, init: dict[str, torch.Tensor] | None, threads: int,
        device: str = "cpu", teacher: Network | None = None) -> dict:
    """Trains, or goes on with, one variant; returns what is known of it."""
    done = run / "row.json"
    if done.exists():
        return json.loads(done.read_text())
    resumed = (run / "checkpoint.pt").exists()
    training = train(config, cache, run, None, resumed, init, threads, device, teacher)
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
              device: str = "cpu", plot: Path | None = None, teacher: Network | None = None) -> str:
    """Trains every variant into `out/<name>`; what is there already is not trained again. Returns the table.

    teacher: the network to be matched, where the config asks for one (`match`).

    Where `bench/backbones.mjs` has timed the files (`out/times.json`), the table and the plot know the time a face takes.
    """
    if not config.faces:
        raise ValueError("Give the config 'faces': variants are compared after the same number of faces, not of minutes.")
    rows = {}
    for name in VARIED[vary]:
        print(f"{vary}: {name}", flush=True)
        rows[name] = one(variant_of(config, vary, name), cache, out / name, init, threads, device, teacher)
    (out / "trade-off.json").write_text(json.dumps({"vary": vary, "rows": rows}, indent=1) + "\n")
    add_times(rows, out / "times.json")
    if plot:
        draw(rows, vary, plot)
    return table(rows)


def add_times(rows: dict[str, dict], path: Path) -> None:
    """Adds `milliseconds` by batch size to the rows that were timed."""
    if path.exists():
        for name, milliseconds in json.loads(path.read_text()).items():
            if name in rows:
                rows[name]["milliseconds"] = milliseconds


def draw(rows: dict[str, dict], vary: str, path: Path) -> None:
    """Mean accuracy of the classified attributes and error of the age over the time per face, as a PNG."""
    if not all("milliseconds" in row for row in rows.values()):
        raise ValueError("The files were not timed yet. Run `node training/bench/backbones.mjs` with the folder of --out first.")
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    known = set.intersection(*(set(row["figures"]) for row in rows.values()))
    classified = [name for name in PAPER if name not in REGRESSED and f"annotated:{name}" in known]
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), dpi=90)
    for name, row in rows.items():
        time = row["milliseconds"]["1"]
        accuracy = sum(row["figures"][f"annotated:{c}"] for c in classified) / len(classified)
        for axis, value in zip(axes, (accuracy, row["figures"]["annotated:age"])):
            axis.plot(time, value, "o")
            axis.annotate(name, (time, value), textcoords="offset points", xytext=(5, 4), fontsize=8)
    for axis, label in zip(axes, (f"mean accuracy of {len(classified)} attributes, %", "error of the age, years")):
        axis.set(xlabel="milliseconds per face, one thread", ylabel=label, xscale="log")
        axis.set_xlim(0.7 * axis.get_xlim()[0], 4 * axis.get_xlim()[1])
        axis.grid(alpha=0.3)
    figure.suptitle(f"The same budget for each {vary}, annotated validation faces", fontsize=10)
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)


def table(rows: dict[str, dict]) -> str:
    """Markdown: the figures of both validation beds, a column each variant."""
    lines = ["| | " + " | ".join(rows) + " |", "| --- |" + " --- |" * len(rows)]
    lines.append("| faces seen | " + " | ".join(f"{r['faces']:,}" for r in rows.values()) + " |")
    lines.append("| minutes | " + " | ".join(f"{r['seconds'] / 60:.0f}" for r in rows.values()) + " |")
    lines.append("| parameters | " + " | ".join(f"{r['parameters'] / 1e6:.2f} M" for r in rows.values()) + " |")
    lines.append("| file | " + " | ".join(f"{r['bytes'] / 1e6:.1f} MB" for r in rows.values()) + " |")
    for batch in ("1", "4", "8"):
        if all("milliseconds" in r for r in rows.values()):
            cells = [f"{r['milliseconds'][batch]:.1f}" for r in rows.values()]
            lines.append(f"| ms per face, batch {batch} | " + " | ".join(cells) + " |")
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
