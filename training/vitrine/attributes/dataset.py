"""The packed crops of `prepare` as one table, drawn with the weights that each face deserves."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .schema import columns


@dataclass
class Packed:
    """All faces of the chosen sets. Crops stay in memory-mapped files, one a set."""

    sets: list[str]
    crops: list[np.ndarray]
    set_of: np.ndarray
    row_of: np.ndarray
    files: np.ndarray
    sheet: np.ndarray
    part: np.ndarray
    labels: np.ndarray
    hints: np.ndarray | None
    seen: np.ndarray | None

    def __len__(self) -> int:
        return len(self.set_of)

    def pictures(self, index: np.ndarray) -> np.ndarray:
        """uint8 [n, size, size, 3] RGB."""
        return np.stack([self.crops[s][r] for s, r in zip(self.set_of[index], self.row_of[index])])

    @property
    def annotated(self) -> np.ndarray:
        """Which faces have labels in the common format, FFHQ's own set apart (it is labelled again only to compare the scales)."""
        own = [i for i, name in enumerate(columns()) if name.startswith("annotated:")]
        return (~np.isnan(self.labels[:, own])).any(1) & (np.array(self.sets)[self.set_of] != "ffhq")

    def column(self, name: str) -> np.ndarray:
        """One label column, NaN where a face has none."""
        return self.labels[:, columns().index(name)]


def extra(cache: Path, kind: str, counts: dict[str, int], width: int) -> np.ndarray | None:
    """`<set>.<kind>.npy` of all sets one after another, float16 [faces, width], NaN for a set that has none; None where no
    set has any."""
    paths = {name: cache / f"{name}.{kind}.npy" for name in counts}
    if not any(path.exists() for path in paths.values()):
        return None
    parts = []
    for name, path in paths.items():
        part = np.load(path)[:, :width] if path.exists() else np.full((counts[name], width), np.nan, np.float16)
        if len(part) != counts[name]:
            raise ValueError(f"{path} is of other faces than the labels. Delete it and make it again ('hint' or 'pseudo').")
        parts.append(part)
    return np.concatenate(parts)


def load(cache: Path, sets: list[str], hint: int = 0, seen: int = 0) -> Packed:
    """Reads the cache of `prepare`. With hint > 0 also `<set>.hint.npy`, float16 [n, hint], where there; with seen > 0
    `<set>.latents.npy`, float16 [n, seen], of `pseudo`."""
    cache = Path(cache)
    parts: dict[str, list[np.ndarray]] = {k: [] for k in ("set_of", "row_of", "files", "sheet", "part", "labels")}
    crops, counts = [], {}
    for number, name in enumerate(sets):
        if not (cache / f"{name}.crops.npy").exists():
            raise FileNotFoundError(f"{cache} holds no crops of '{name}'. Run 'prepare' with this set first.")
        crops.append(np.load(cache / f"{name}.crops.npy", mmap_mode="r"))
        table = np.load(cache / f"{name}.labels.npz")
        if list(table["columns"]) != columns():
            raise ValueError(f"{cache}/{name}.labels.npz was made by another version. Run 'prepare' again.")
        count = counts[name] = len(table["files"])
        if len(crops[-1]) != count:
            raise ValueError(f"{cache}/{name}.crops.npy is of other faces than the labels. Run 'prepare' again.")
        parts["set_of"].append(np.full(count, number))
        parts["row_of"].append(np.arange(count))
        for key in ("files", "sheet", "part", "labels"):
            parts[key].append(table[key])
    joined = {k: np.concatenate(v) for k, v in parts.items()}
    return Packed(sets, crops, hints=extra(cache, "hint", counts, hint) if hint else None,
                  seen=extra(cache, "latents", counts, seen) if seen else None, **joined)


def sampling_weights(data: Packed, shares: dict[str, float]) -> np.ndarray:
    """The chance of each face to be drawn; 0 outside the training part.

    `shares` gives each group's share of the batches: a set's name, or `annotated` for the annotated faces of all sets
    but ffhq. Inside a group rare things come more often: clear facial hair, rare expressions, dark glasses, children
    and old people.
    """
    names = np.array(data.sets)[data.set_of]
    group = np.where(data.annotated, "annotated", names)
    weight = rarity(data)
    total = np.zeros(len(data))
    for name in np.unique(group):
        inside = (group == name) & (data.part == "train")
        if name in shares and inside.any():
            total[inside] = shares[name] * weight[inside] / weight[inside].sum()
    if total.sum() <= 0:
        raise ValueError("No face is left to train on. Check the config's 'shares' against the prepared sets.")
    return total / total.sum()


def rarity(data: Packed) -> np.ndarray:
    """1 for common faces, up to 4 for rare ones."""
    weight = np.ones(len(data))
    for scale in ("annotated", "ffhq"):
        for name, limit in (("beard", 0.35), ("moustache", 0.35), ("sideburns", 0.35)):
            weight += 0.5 * (np.nan_to_num(data.column(f"{scale}:{name}")) > limit)
        for rare in ("surprise", "sadness", "anger", "disgust", "fear", "contempt"):
            weight += 1.5 * (np.nan_to_num(data.column(f"{scale}:expression:{rare}")) > 0.5)
        weight += 0.7 * (np.nan_to_num(data.column(f"{scale}:glasses:sunglasses")) > 0.5)
        weight += 0.3 * (np.nan_to_num(data.column(f"{scale}:glasses:glasses")) > 0.5)
        age = data.column(f"{scale}:age")
        weight += 0.5 * (np.nan_to_num(age, nan=30.0) < 15) + 0.5 * (np.nan_to_num(age, nan=30.0) > 60)
    return np.minimum(weight, 4)
