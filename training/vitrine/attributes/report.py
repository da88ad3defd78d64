"""Tables and pictures of an evaluation."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from . import metrics
from .schema import BINARY, EXPRESSIONS, GLASSES


def shown(name: str, value: float) -> str:
    """A figure as people write it; nothing where there is none."""
    if np.isnan(value):
        return ""
    if name == "age":
        return f"{value:.2f}"
    return f"{value:.3f}" if name in metrics.REGRESSED else f"{value:.1f} %"


def tables(result: dict) -> str:
    """Markdown: the paper's table for each test bed, by group, and under bad conditions."""
    lines = []
    for bed, content in result["beds"].items():
        lines += [f"### {bed}: {content['n']} faces, labels of `{content['labels']}`, part `{result['part']}`", "",
                  "| attribute | measure | here | paper (own data) | majority / median | faces | balanced accuracy | F1 | "
                  "calibration error |", "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
        for name, row in content["attributes"].items():
            more = [f"{row[k]:.1f} %" if k in row else "" for k in ("balanced_accuracy", "f1", "calibration_error")]
            lines.append(f"| {name} | {'MAE' if name in metrics.REGRESSED else 'accuracy'} | "
                         f"**{shown(name, row['figure'])}** | {shown(name, row['paper'])} | "
                         f"{shown(name, row['trivial'])} | {row['n']} | " + " | ".join(more) + " |")
        lines.append("")
        groups = list(next(iter(content["attributes"].values()))["groups"])
        lines += ["By gender and age band:", "", "| attribute | " + " | ".join(groups) + " |",
                  "| --- |" + " --- |" * len(groups)]
        for name, row in content["attributes"].items():
            cells = [f"{shown(name, row['groups'][g][0])} ({row['groups'][g][1]})" if g in row["groups"] else ""
                     for g in groups]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
        rows = result["robustness"].get(bed)
        if rows:
            names = list(content["attributes"])
            lines += ["Under bad conditions:", "", "| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
            lines += [f"| {k} | " + " | ".join(shown(n, v[n]) for n in names) + " |" for k, v in rows.items()]
            lines.append("")
    return "\n".join(lines)


def pictures(outputs: dict[str, np.ndarray], truth: dict[str, np.ndarray], out: Path, prefix: str) -> None:
    """Confusion matrices, age scatter and reliability curves in one PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(2, 3, figsize=(13, 8))
    guess = metrics.predictions(outputs)
    for axis, name, classes in ((axes[0, 0], "expression", EXPRESSIONS), (axes[0, 1], "glasses", GLASSES),
                                (axes[0, 2], "gender", ("male", "female"))):
        confusion(axis, name, classes, guess[name], truth[name])
    known = ~np.isnan(truth["age"])
    axes[1, 0].scatter(truth["age"][known], guess["age"][known], s=5, alpha=0.5)
    axes[1, 0].plot([0, 90], [0, 90], "k", lw=0.7)
    axes[1, 0].set(title="age in years", xlabel="label", ylabel="network")
    for name in ("expression", "glasses", *BINARY):
        known = ~np.isnan(truth[name])
        curve = metrics.reliability(metrics.chances(outputs, name)[known], truth[name][known], 8)
        axes[1, 1].plot([c for c, _, _ in curve], [a for _, a, _ in curve], ".-", label=name)
    axes[1, 1].plot([0.2, 1], [0.2, 1], "k", lw=0.7)
    axes[1, 1].set(title="reliability", xlabel="confidence", ylabel="accuracy")
    axes[1, 1].legend(fontsize=7)
    for name in ("smile", "beard", "moustache", "sideburns"):
        known = ~np.isnan(truth[name])
        axes[1, 2].hist(guess[name][known] - truth[name][known], 41, (-1, 1), histtype="step", label=name)
    axes[1, 2].set(title="error of the graded ones", yscale="log")
    axes[1, 2].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(out / f"{prefix}.png", dpi=70)
    pyplot.close(figure)


def confusion(axis, name: str, classes: tuple[str, ...], guess: np.ndarray, truth: np.ndarray) -> None:
    """Counts of label (rows) against network (columns)."""
    known = ~np.isnan(truth)
    table = np.zeros((len(classes), len(classes)), int)
    np.add.at(table, (truth[known].astype(int), guess[known].astype(int)), 1)
    axis.imshow(table / np.maximum(table.sum(1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
    for (i, j), count in np.ndenumerate(table):
        if count:
            axis.text(j, i, str(count), ha="center", va="center", fontsize=7)
    axis.set_xticks(range(len(classes)), classes, rotation=60, fontsize=7)
    axis.set_yticks(range(len(classes)), classes, fontsize=7)
    axis.set(title=name, xlabel="network", ylabel="label")
