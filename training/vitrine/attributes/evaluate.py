"""`evaluate`: the figures of an exported file on the test (or validation) parts, from exactly aligned pictures."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from vitrine.common.onnx_graph import OnnxGraph

from . import dataset, metrics, report
from .alignment import Template, align, load_template
from .sources import Pictures

AGE_BANDS = ((0, 13), (13, 20), (20, 35), (35, 50), (50, 121))
SMALL = (48, 32, 24)


def faces_of(data: dataset.Packed, index: np.ndarray, pictures: dict[str, Pictures], landmarks: dict[str, np.ndarray],
             size: int, template: Template, through: int | None = None) -> np.ndarray:
    """Aligned faces uint8 [n, size, size, 3]; with `through`, faces whose crop is that many pixels wide in the frame."""
    found = []
    for i in index:
        name, row = data.sets[data.set_of[i]], data.row_of[i]
        picture = pictures[name].picture(str(data.files[i]))
        face = align(picture, landmarks[name][row], through or size, template)
        if through:
            small = torch.from_numpy(face).permute(2, 0, 1)[None].float()
            large = F.interpolate(small, (size, size), mode="bilinear")
            face = large[0].permute(1, 2, 0).round().byte().numpy()
        found.append(face)
    return np.stack(found)


def kept_faces(cache: Path, key: str, data: dataset.Packed, index: np.ndarray, pictures: dict[str, Pictures], size: int,
               through: int | None = None) -> np.ndarray:
    """`faces_of`, kept in the cache folder under `key` for the next call (aligning takes longer than the network), as long as it
    is asked for the same faces at the same places."""
    path = Path(cache) / f"exact.{key}.{size}{f'.through{through}' if through else ''}.npz"
    landmarks = {s: np.load(Path(cache) / f"{s}.landmarks.npy") for s in pictures}
    where = {"files": data.files[index], "sets": np.array(data.sets)[data.set_of[index]],
             "landmarks": np.stack([landmarks[data.sets[data.set_of[i]]][data.row_of[i]] for i in index])}
    if path.exists():
        kept = np.load(path)
        if all(name in kept and np.array_equal(kept[name], value) for name, value in where.items()):
            return kept["faces"]
    faces = faces_of(data, index, pictures, landmarks, size, load_template(), through)
    np.savez(path, faces=faces, **where)
    return faces


def run(graph: OnnxGraph, faces: np.ndarray, batch: int = 32) -> dict[str, np.ndarray]:
    """Outputs of the exported graph for uint8 [n, size, size, 3]."""
    parts = []
    for start in range(0, len(faces), batch):
        part = torch.from_numpy(np.ascontiguousarray(faces[start:start + batch].transpose(0, 3, 1, 2))).float()
        with torch.no_grad():
            parts.append({k: v.numpy() for k, v in graph.run({"faces": part}).items()})
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


def blurred(faces: np.ndarray, width: float = 1.5) -> np.ndarray:
    """Gaussian blur, standard deviation in pixels of the crop."""
    taps = torch.arange(-6, 7).float()
    kernel = torch.exp(-0.5 * (taps / width) ** 2)
    kernel = (kernel / kernel.sum()).repeat(3, 1)
    part = F.pad(torch.from_numpy(faces.transpose(0, 3, 1, 2).copy()).float(), (6, 6, 6, 6), mode="replicate")
    part = F.conv2d(F.conv2d(part, kernel[:, None, None, :], groups=3), kernel[:, None, :, None], groups=3)
    return part.round().byte().permute(0, 2, 3, 1).numpy()


def dimmed(faces: np.ndarray) -> np.ndarray:
    """A third of the light, with sensor noise."""
    noise = np.random.RandomState(0).normal(0, 3, faces.shape)
    return np.clip(faces * 0.33 + noise + 0.5, 0, 255).astype(np.uint8)


def details(outputs: dict[str, np.ndarray], labels: np.ndarray, scale: str, seen: np.ndarray) -> dict:
    """Everything about each attribute: figure, baselines, balance, calibration, by gender and age band."""
    truth, guess = metrics.truths(labels, scale), metrics.predictions(outputs)
    before = metrics.truths(seen, scale)
    groups = {"female": truth["gender"] == 1, "male": truth["gender"] == 0}
    groups.update({f"{low}-{high - 1}": (truth["age"] >= low) & (truth["age"] < high) for low, high in AGE_BANDS})
    found = {}
    for name in metrics.PAPER:
        known = ~np.isnan(truth[name])
        if not known.any():
            continue
        row = {"figure": metrics.figure(name, guess[name][known], truth[name][known]), "n": int(known.sum()),
               "paper": metrics.PAPER[name],
               "trivial": metrics.trivial(name, truth[name][known], before[name][~np.isnan(before[name])])}
        if name not in metrics.REGRESSED:
            chance = metrics.chances(outputs, name)[known]
            row["balanced_accuracy"], row["f1"] = metrics.balanced(guess[name][known], truth[name][known])
            row["calibration_error"] = metrics.calibration_error(chance, truth[name][known])
        row["groups"] = {g: [metrics.figure(name, guess[name][known & inside], truth[name][known & inside]),
                             int((known & inside).sum())] for g, inside in groups.items() if (known & inside).any()}
        found[name] = row
    return found


def chosen(data: dataset.Packed, part: str) -> dict[str, tuple[str, np.ndarray]]:
    """Test beds: name -> (label scale, indices)."""
    names = np.array(data.sets)[data.set_of]
    inside = data.part == part
    return {"ffhq": ("ffhq", np.flatnonzero(inside & (names == "ffhq"))),
            "annotated": ("annotated", np.flatnonzero(inside & data.annotated))}


def evaluate(model: Path, cache: Path, zips: list[Path], out: Path, part: str, robustness: bool, threads: int) -> dict:
    """Writes `<part>.json`, a table and pictures into `out`; returns the figures."""
    torch.set_num_threads(threads)
    graph = OnnxGraph(model)
    size = facts(model)["input_size"]
    pictures = {Path(z).stem: Pictures(z) for z in zips}
    data = dataset.load(cache, list(pictures))
    result: dict = {"model": facts(model), "part": part, "beds": {}, "robustness": {}}
    kept = {}
    for bed, (scale, index) in chosen(data, part).items():
        if not len(index):
            continue
        faces = kept_faces(cache, f"{part}.{bed}", data, index, pictures, size)
        outputs = run(graph, faces)
        seen = data.labels[data.part == "train"]
        result["beds"][bed] = {"labels": scale, "n": len(index),
                               "attributes": details(outputs, data.labels[index], scale, seen)}
        kept[bed] = (outputs, metrics.truths(data.labels[index], scale))
        if robustness:
            rows = {"as it is": outputs, "blurred": run(graph, blurred(faces)), "dimmed": run(graph, dimmed(faces))}
            for small in SMALL:
                rows[f"{small} px"] = run(graph, kept_faces(cache, f"{part}.{bed}", data, index, pictures, size, small))
            result["robustness"][bed] = {k: metrics.figures(v, data.labels[index], scale) for k, v in rows.items()}
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{part}.json").write_text(json.dumps(rounded(result), indent=1) + "\n")
    (out / f"{part}.md").write_text(report.tables(result))
    for bed, (outputs, truth) in kept.items():
        report.pictures(outputs, truth, out, f"{part}-{bed}")
    print(report.tables(result))
    return result


def facts(model: Path) -> dict:
    """The `vitrine` entry of an exported file's metadata."""
    import onnx

    for entry in onnx.load(str(model)).metadata_props:
        if entry.key == "vitrine":
            return json.loads(entry.value)
    raise ValueError(f"{model} has no 'vitrine' metadata. Give a file that 'export' wrote.")


def rounded(value):
    """Numbers with four digits after the point, for a small file; NaN, which JSON has not, as null."""
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(v) for v in value]
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 4)
    return value


