"""Reads the labelled sets: zips with a labels.csv, annotated.csv, and any folder with a CSV of one's own."""
from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterable

import numpy as np
from PIL import Image, ImageOps

from .schema import CELEBA, EXPRESSIONS, GLASSES

Labels = dict[str, float]


class LabelError(ValueError):
    """A label file that cannot be used; the message says where and what to do."""


@dataclass
class Face:
    """One picture of a set with its labels (`schema.columns()`), and the sheet it was annotated on (or '')."""

    set: str
    file: str
    labels: Labels = field(default_factory=dict)
    sheet: str = ""


def one_of(classes: Iterable[str], value: str, prefix: str, where: str) -> Labels:
    """A class name as a distribution over `classes`, one column each."""
    classes = tuple(classes)
    if value not in classes:
        raise LabelError(f"{where}: '{value}' is not one of {', '.join(classes)}. Correct it or leave it empty.")
    return {f"{prefix}:{name}": float(name == value) for name in classes}


def number(value: str, low: float, high: float, where: str) -> float:
    """A number within a range."""
    try:
        found = float(value)
    except ValueError:
        raise LabelError(f"{where}: '{value}' is not a number. Correct it or leave it empty.") from None
    if not low <= found <= high:
        raise LabelError(f"{where}: {found:g} is outside {low:g}..{high:g}. Correct it or leave it empty.")
    return found


def full_row(row: dict[str, str], scale: str, where: str) -> Labels:
    """Labels of a row in the common format (docs: training/README.md), on the scale `scale`.

    Empty cells and 'u' (cannot be seen) are left out.
    """
    found: Labels = {}
    if None in row:
        raise LabelError(f"{where}: there are more cells than columns. Take out a comma, or put the cell in quotes.")
    for name, value in row.items():
        value = (value or "").strip()
        if value in ("", "u"):
            continue
        at = f"{where}, column {name}"
        if name == "age":
            found[f"{scale}:age"] = number(value, 0, 120, at)
        elif name == "gender":
            if value not in ("f", "m", "female", "male"):
                raise LabelError(f"{at}: '{value}' is not one of f, m, u. Correct it or leave it empty.")
            found[f"{scale}:gender"] = float(value[0] == "f")
        elif name in ("smile", "beard", "moustache", "sideburns", "eye_makeup", "lip_makeup"):
            found[f"{scale}:{name}"] = number(value, 0, 1, at)
        elif name == "expression":
            found.update(one_of(EXPRESSIONS, value, f"{scale}:expression", at))
        elif name == "glasses":
            found.update(one_of(GLASSES, value, f"{scale}:glasses", at))
    return found


def ffhq_row(row: dict[str, str], where: str) -> Labels:
    """FFHQ's labels: as the common format, with a score for each expression and goggles beside the glasses."""
    plain = dict(row, glasses="sunglasses" if row.get("glasses") == "goggles" else row.get("glasses", ""))
    found = full_row({k: v for k, v in plain.items() if k not in EXPRESSIONS}, "ffhq", where)
    scores = [number(row[e], 0, 1, f"{where}, column {e}") for e in EXPRESSIONS]
    if sum(scores) > 0.5:
        found.update({f"ffhq:expression:{e}": s / sum(scores) for e, s in zip(EXPRESSIONS, scores)})
    return found


def celeba_row(row: dict[str, str], where: str) -> Labels:
    """CelebA's forty yes/no attributes; bare eyes count as a label of glasses, eyewear is left to be sorted."""
    found = {f"celeba:{a}": number(row[a], 0, 1, f"{where}, column {a}") for a in CELEBA}
    if found["celeba:Eyeglasses"] == 0:
        found.update(one_of(GLASSES, "none", "celeba:glasses", where))
    else:
        found["celeba:eyewear"] = 1.0
    return found


def utkface_row(row: dict[str, str], where: str) -> Labels:
    """UTKFace's own age and gender."""
    return {f"utkface:{k.split(':')[1]}": v for k, v in
            full_row({"age": row["age"], "gender": row["gender"]}, "utkface", where).items()}


def fer_row(row: dict[str, str], where: str) -> Labels:
    """FER2013's expression."""
    return full_row({"expression": row["expression"]}, "fer2013", where)


ROWS: dict[str, Callable[[dict[str, str], str], Labels]] = {
    "ffhq": ffhq_row, "celeba": celeba_row, "utkface": utkface_row, "fer2013": fer_row, "unlabelled": lambda r, w: {},
}


def read_csv(content: bytes, name: str, needed: Iterable[str] = ("file",)) -> list[dict[str, str]]:
    """Rows of a CSV in UTF-8 with a header (spreadsheets begin it with a byte-order mark); says which needed column is missing."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise LabelError(f"{name}: {error.reason} at byte {error.start}. Save it as UTF-8.") from None
    missing = [c for c in needed if c not in (reader.fieldnames or [])]
    if missing:
        raise LabelError(f"{name}: column {', '.join(missing)} is missing. The first line must name the columns.")
    return list(reader)


class Pictures:
    """The picture files of one set: a zip or a folder."""

    def __init__(self, path: Path):
        self.path = Path(path)
        if not self.path.exists():
            raise LabelError(f"{path} does not exist. Give the path of a zip or of a folder with labels.csv.")
        self.zip = zipfile.ZipFile(self.path) if self.path.is_file() else None

    def names(self) -> list[str]:
        """All files."""
        if self.zip:
            return sorted(n for n in self.zip.namelist() if not n.endswith("/"))
        return sorted(str(p.relative_to(self.path)) for p in self.path.rglob("*") if p.is_file())

    def read(self, name: str) -> bytes:
        """One file's bytes."""
        return self.zip.read(name) if self.zip else (self.path / name).read_bytes()

    def picture(self, name: str) -> np.ndarray:
        """One picture as uint8 [h, w, 3] RGB, turned as its camera says it was held."""
        try:
            return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(self.read(name)))).convert("RGB"))
        except (OSError, SyntaxError, Image.DecompressionBombError) as error:
            raise LabelError(f"{self.path}: {name} cannot be read as a picture ({error}). Replace it, or remove its line.") from None


def read_set(path: Path, name: str | None = None) -> list[Face]:
    """The faces of a zip or folder. Known sets are told by name, others are read in the common format."""
    pictures = Pictures(path)
    name = name or Path(path).stem
    files = pictures.names()
    if "labels.csv" not in files:
        if name != "unlabelled":
            raise LabelError(f"{path} has no labels.csv. See training/README.md for its format.")
        return [Face(name, f) for f in files if not f.endswith(".csv")]
    present = set(files)
    faces = []
    for line, row in enumerate(read_csv(pictures.read("labels.csv"), f"{path}: labels.csv"), start=2):
        where = f"{path}: labels.csv line {line}"
        if row["file"] not in present:
            raise LabelError(f"{where}: there is no picture {row['file']}. Remove the line or add the picture.")
        labels = ROWS[name](row, where) if name in ROWS else full_row(row, "annotated", where)
        faces.append(Face(name, row["file"], labels))
    if not faces:
        raise LabelError(f"{path}: labels.csv lists no picture. Give each a line.")
    return faces


def add_annotations(faces: list[Face], path: Path, set_name: str | None = None) -> int:
    """Adds the rows of annotated.csv (column `set`) or annotated_check.csv (`set_name` given); returns how many.

    Rows marked unusable keep their sheet but give no labels.
    """
    by_name = {(f.set, f.file): f for f in faces}
    needed = ("file", "sheet", "usable") + (() if set_name else ("set",))
    added = 0
    for line, row in enumerate(read_csv(Path(path).read_bytes(), str(path), needed), start=2):
        face = by_name.get((set_name or row["set"], row["file"]))
        if face is None:
            continue
        face.sheet = row["sheet"]
        if row["usable"] == "1":
            face.labels.update(full_row(row, "annotated", f"{path} line {line}"))
            added += 1
    return added


def add_eyewear(faces: list[Face], path: Path) -> int:
    """Adds celeba_eyewear.csv: CelebA's Eyeglasses sorted into none, glasses, sunglasses."""
    by_name = {f.file: f for f in faces if f.set == "celeba"}
    added = 0
    for line, row in enumerate(read_csv(Path(path).read_bytes(), str(path), ("file", "glasses")), start=2):
        face = by_name.get(row["file"])
        if face is not None and row["glasses"] in GLASSES:
            face.labels.pop("celeba:eyewear", None)
            face.labels.update(one_of(GLASSES, row["glasses"], "celeba:glasses", f"{path} line {line}"))
            added += 1
    return added
