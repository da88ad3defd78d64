"""Fixed parts for training, validation and test, written down as lists of file names."""
from __future__ import annotations

import hashlib
from pathlib import Path

from .sources import Face

FOLDER = Path(__file__).resolve().parents[2] / "splits"
PARTS = ("train", "val", "test")


def draw(key: str) -> float:
    """A number in 0..1 that depends on the key alone."""
    return int.from_bytes(hashlib.sha256(f"vitrine {key}".encode()).digest()[:8], "big") / 2**64


def choose(faces: list[Face]) -> dict[str, dict[str, list[str]]]:
    """Part by set: {set: {part: files}}.

    FFHQ: 200 test, 90 validation. Annotated faces by sheet (whole sheets stay together): a tenth test, a fourteenth
    validation. FER2013: its own validation part, drawn to half test, half validation. Everything else trains.
    """
    ffhq = sorted((f for f in faces if f.set == "ffhq"), key=lambda f: draw(f.file))
    part = {("ffhq", f.file): "test" if i < 200 else "val" if i < 290 else "train" for i, f in enumerate(ffhq)}
    for face in faces:
        key = (face.set, face.file)
        if key in part:
            continue
        if face.set == "fer2013" and face.file.startswith("PublicTest"):
            part[key] = "test" if draw(face.file) < 0.5 else "val"
        elif face.sheet:
            at = draw(f"sheet {face.sheet}")
            part[key] = "test" if at < 0.1 else "val" if at < 0.17 else "train"
        else:
            part[key] = "train"
    found: dict[str, dict[str, list[str]]] = {}
    for (name, file), where in sorted(part.items()):
        found.setdefault(name, {p: [] for p in PARTS})[where].append(file)
    return found


def write(chosen: dict[str, dict[str, list[str]]], folder: Path = FOLDER) -> None:
    """One small file for each set's validation and test part; what is in neither trains."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, parts in chosen.items():
        for part in ("val", "test"):
            if parts[part]:
                (folder / f"{name}.{part}.txt").write_text("\n".join(parts[part]) + "\n")


def read(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """(set, file) -> 'val' or 'test'."""
    found = {}
    for path in sorted(Path(folder).glob("*.txt")):
        name, part, _ = path.name.rsplit(".", 2)
        for file in path.read_text().split():
            found[(name, file)] = part
    return found
