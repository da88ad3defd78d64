"""Packs scenes and faces with the teacher's labels, so that training only reads memory maps."""

from __future__ import annotations

import csv
import io
import zipfile
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from tqdm import tqdm

from vitrine.detector.labels import FACE, detect_at, label, read_not_faces, strike_out
from vitrine.detector.landmarks import refined, write_probe
from vitrine.detector.pack import PackWriter
from vitrine.detector.split import assign, part_of_face, read_sources
from vitrine.detector.yunet import YuNet

NOT_FACES = Path(__file__).resolve().parents[2] / "annotations" / "detector" / "not-faces.csv"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_teacher: YuNet | None = None


def read_picture(data: bytes) -> np.ndarray:
    """An encoded picture as uint8 [h, w, 3], BGR, turned as its camera says it was held."""
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))[:, :, ::-1].copy()


def _start(teacher: str) -> None:
    global _teacher
    _teacher = YuNet(teacher, threads=1)


def _scene(job: tuple[str, bytes]) -> tuple[str, np.ndarray, list, list]:
    name, data = job
    picture = read_picture(data)
    faces, status = label(_teacher, picture)
    return name, picture, faces.round(2).tolist(), status.tolist()


def _face(job: tuple[str, bytes]) -> tuple[str, np.ndarray, list | None]:
    """The one face of a face-set picture; where none is seen, again with a border around the tight crop."""
    name, data = job
    picture = read_picture(data)
    for border in (0, max(picture.shape[:2]) // 4):
        padded = np.pad(picture, ((border, border), (border, border), (0, 0)), mode="edge")
        faces = detect_at(_teacher, padded, 1, 0.65)
        if not len(faces):
            continue
        centre = np.array(padded.shape[1::-1]) / 2
        distance = np.abs(faces[:, :2] + faces[:, 2:4] / 2 - centre).max(1)
        if distance.min() < 0.2 * max(picture.shape[:2]):
            face = faces[distance.argmin()]
            face[:14] = refined(_teacher, padded, face)
            face[[0, 1, *range(4, 14)]] -= border  # places, not the width and height between them
            return name, picture, face.round(2).tolist()
    return name, picture, None


def _jobs(archive: Path, names: list[str]):
    with zipfile.ZipFile(archive) as z:
        for name in names:
            yield name, z.read(name)


def prepare_scenes(archive: Path, work: Path, pool: Pool) -> None:
    """Pack all scenes of the archive, and write down the part of each."""
    with zipfile.ZipFile(archive) as z:
        rows = read_sources(z.read("sources.csv").decode())
    parts = assign(rows)
    source = {row["file"]: row["source"] for row in rows}
    writer = PackWriter(work / "scenes")
    jobs = _jobs(archive, [row["file"] for row in rows])
    wrong = read_not_faces(NOT_FACES)
    for name, picture, faces, status in tqdm(pool.imap(_scene, jobs), "scenes", len(rows), mininterval=5):
        if name in wrong and faces:
            kept, state = strike_out(np.array(faces), np.array(status), wrong[name])
            faces, status = kept.tolist(), state.tolist()
        writer.add(picture, file=name, source=source[name], part=parts[name], faces=faces, status=status)
    writer.close()
    with open(work / "split.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "source", "part"])
        table.writerows([name, source[name], part] for name, part in parts.items())


def prepare_faces(archives: dict[str, int], data: Path, work: Path, pool: Pool) -> int:
    """Pack up to the given number of training faces of each archive; returns how many were found."""
    writer = PackWriter(work / "faces")
    count = 0
    for archive, limit in archives.items():
        with zipfile.ZipFile(data / f"{archive}.zip") as z:
            names = sorted(n for n in z.namelist() if n.lower().endswith(PICTURES))
        names = [n for i, n in enumerate(names) if part_of_face(i) == "train"]
        step = max(1, len(names) // limit)
        names = names[::step][:limit]
        jobs = _jobs(data / f"{archive}.zip", names)
        for name, picture, face in tqdm(pool.imap(_face, jobs, 16), archive, len(names), mininterval=5):
            if face is not None:
                writer.add(picture, file=f"{archive}/{name}", faces=[face], status=[FACE])
                count += 1
    writer.close()
    return count


def prepare_probe(archive: Path, work: Path, teacher: Path, limit: int = 60) -> int:
    """Pack held-out faces for measuring landmarks; returns how many."""
    with zipfile.ZipFile(archive) as z:
        names = sorted(n for n in z.namelist() if n.lower().endswith(PICTURES))
        held = [n for i, n in enumerate(names) if part_of_face(i) == "test"][:limit]
        return write_probe(YuNet(teacher), [(n, read_picture(z.read(n))) for n in held], work)


def prepare(data: Path, teacher: Path, work: Path, faces: dict[str, int], jobs: int) -> None:
    """Everything that training reads, from the archives in `data`, into `work`."""
    for path in (data / "scenes.zip", teacher, *(data / f"{name}.zip" for name in faces)):
        if not path.exists():
            raise SystemExit(f"{path} is missing: give the folder of the archives with --data and the teacher with --teacher.")
    with Pool(jobs, _start, (str(teacher),)) as pool:
        if (work / "scenes.json").exists():
            print(f"{work / 'scenes.json'} is there already and is kept.")
        else:
            prepare_scenes(data / "scenes.zip", work, pool)
        count = prepare_faces(faces, data, work, pool)
    held = prepare_probe(data / "ffhq.zip", work, teacher)
    print(f"The scenes, {count} faces and {held} held-out faces are ready in {work}.")
