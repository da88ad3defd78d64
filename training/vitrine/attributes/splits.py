"""Fixed parts for training, validation and test, written down as lists of file names."""
from __future__ import annotations

import hashlib
from pathlib import Path

from .sources import Face, LabelError

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
                (folder / f"{name}.{part}.txt").write_text("\n".join(parts[part]) + "\n", encoding="utf-8")


def lists(folder: Path) -> dict[str, dict[str, list[str]]]:
    """{set: {part: files}} of a folder of lists, one file name a line."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(Path(folder).glob("*.txt")):
        pieces = path.name.rsplit(".", 2)
        if len(pieces) < 3 or pieces[1] not in PARTS:
            raise LabelError(f"{path} is no list of a part. Call it <set>.val.txt or <set>.test.txt.")
        lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
        found.setdefault(pieces[0], {})[pieces[1]] = [line for line in lines if line]
    return found


def read(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """(set, file) -> part. Sets that the folder has no list of keep those written down here: their test faces stay test faces."""
    chosen = {**lists(FOLDER), **lists(folder)}
    return {(name, file): part for name, parts in chosen.items() for part, files in parts.items() for file in files}


def check(folder: Path, name: str, files: list[str]) -> None:
    """Raises LabelError where the folder lists a file that the set does not have: a test face would be trained on."""
    present = set(files)
    for part, listed in lists(folder).get(name, {}).items():
        for file in listed:
            if file not in present:
                raise LabelError(f"{folder}/{name}.{part}.txt: there is no picture '{file}' in '{name}'. Correct the line, or remove it.")
