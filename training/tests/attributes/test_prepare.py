"""Labels, crops and aligned faces stay together, whatever happens to the files between two runs."""
import numpy as np
import pytest
from PIL import Image

from vitrine.attributes import dataset, splits
from vitrine.attributes.alignment import load_template
from vitrine.attributes.evaluate import kept_faces
from vitrine.attributes.prepare import batches, forget_others, prepare_set, save_labels
from vitrine.attributes.sources import Face, LabelError, Pictures, read_set

TEMPLATE = load_template()


class OneFace:
    """Finds a face in the middle of every canvas."""

    def detect(self, images, min_score=0.5, nms=0.4):
        landmarks = [60, 70, 100, 70, 80, 90, 65, 110, 95, 110]
        return [np.array([[50, 50, 60, 70, *landmarks, 0.9]]) for _ in images]


def folder_of(path, ages, file="{0}.png"):
    """Pictures whose grey level is the age on their label."""
    path.mkdir(exist_ok=True)
    for age in ages:
        Image.new("RGB", (160, 160), (age, age, age)).save(path / file.format(age))
    (path / "labels.csv").write_text("file,age\n" + "".join(f"{file.format(a)},{a}\n" for a in ages))
    return path


def run(folder, out):
    out.mkdir(exist_ok=True)
    faces = read_set(folder)
    forget_others(faces, out)
    save_labels(faces, out, splits.FOLDER)
    if not (out / f"{faces[0].set}.crops.npy").exists():
        prepare_set(faces, Pictures(folder), OneFace(), TEMPLATE, out)


def pairs(out, name="mine"):
    data = dataset.load(out, [name])
    grey = data.pictures(np.arange(len(data)))[:, 70, 70, 0]
    return list(zip(data.column("annotated:age").astype(int), grey))


@pytest.mark.parametrize("ages", [[20, 22, 23], [20, 21, 22, 23, 24], [23, 22, 21, 20]])
def test_a_second_run_after_an_edit_of_the_labels_looks_at_the_faces_anew(tmp_path, ages):
    out = tmp_path / "cache"
    run(folder_of(tmp_path / "mine", [20, 21, 22, 23]), out)
    np.save(out / "mine.hint.npy", np.zeros((4, 2), np.float16))
    run(folder_of(tmp_path / "mine", ages), out)
    assert pairs(out) == [(age, age) for age in ages]
    assert not (out / "mine.hint.npy").exists()


def test_a_second_run_with_the_same_faces_keeps_what_was_made_of_them(tmp_path):
    out = tmp_path / "cache"
    run(folder_of(tmp_path / "mine", [20, 21]), out)
    np.save(out / "mine.hint.npy", np.zeros((2, 2), np.float16))
    before = (out / "mine.crops.npy").stat().st_mtime_ns
    run(folder_of(tmp_path / "mine", [20, 21]), out)
    assert (out / "mine.crops.npy").stat().st_mtime_ns == before and (out / "mine.hint.npy").exists()


def test_what_was_made_of_other_faces_is_refused(tmp_path):
    out = tmp_path / "cache"
    run(folder_of(tmp_path / "mine", [20, 21]), out)
    np.save(out / "mine.hint.npy", np.zeros((3, 2), np.float16))
    with pytest.raises(ValueError, match="mine.hint.npy is of other faces"):
        dataset.load(out, ["mine"], hint=2)
    np.save(out / "mine.crops.npy", np.zeros((3, 140, 140, 3), np.uint8))
    with pytest.raises(ValueError, match="mine.crops.npy is of other faces"):
        dataset.load(out, ["mine"])


def test_aligned_faces_are_kept_for_the_same_faces_only(tmp_path):
    out = tmp_path / "cache"
    for name, ages in (("a", [20, 21]), ("b", [80, 81])):
        folder = folder_of(tmp_path / name, ages)
        for i, age in enumerate(ages):
            (folder / f"{age}.png").rename(folder / f"{i}.png")
        (folder / "labels.csv").write_text("file,age\n" + "".join(f"{i}.png,{a}\n" for i, a in enumerate(ages)))
        run(folder, out)

    def grey(name):
        data = dataset.load(out, [name])
        faces = kept_faces(out, "test.annotated", data, np.arange(2), {name: Pictures(tmp_path / name)}, 32)
        return list(faces[:, 16, 16, 0])

    assert grey("a") == [20, 21]
    assert grey("b") == [80, 81]
    moved = np.load(out / "b.landmarks.npy") + 1
    np.save(out / "b.landmarks.npy", moved)
    kept = (out / "exact.test.annotated.32.npz").stat().st_mtime_ns
    assert grey("b") == [80, 81]
    assert (out / "exact.test.annotated.32.npz").stat().st_mtime_ns > kept


def test_faces_that_have_no_age_count_as_annotated_too(tmp_path):
    folder = folder_of(tmp_path / "mine", [20, 21])
    (folder / "labels.csv").write_text("file,gender\n20.png,f\n21.png,\n")
    run(folder, tmp_path / "cache")
    data = dataset.load(tmp_path / "cache", ["mine"])
    assert list(data.annotated) == [True, False]
    assert list(dataset.sampling_weights(data, {"annotated": 1.0})) == [1, 0]


def test_large_pictures_come_a_few_at_a_time(tmp_path):
    folder = folder_of(tmp_path / "mine", [20, 21, 22, 23, 24])
    faces, pictures = read_set(folder), Pictures(folder)
    assert [len(batch) for batch in batches(faces, pictures, most=2)] == [2, 2, 1]
    assert [len(batch) for batch in batches(faces, pictures, pixels=2 * 160 * 160)] == [2, 2, 1]


def test_a_picture_that_was_taken_upright_is_turned_upright(tmp_path):
    folder = folder_of(tmp_path / "mine", [20])
    picture = Image.new("RGB", (120, 60))
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(folder / "20.png", exif=exif)
    assert Pictures(folder).picture("20.png").shape == (120, 60, 3)


def test_a_broken_picture_is_named(tmp_path):
    folder = folder_of(tmp_path / "mine", [20])
    (folder / "20.png").write_bytes(b"no picture")
    with pytest.raises(LabelError, match="20.png cannot be read as a picture"):
        Pictures(folder).picture("20.png")


def test_own_lists_of_parts_leave_those_of_other_sets_as_they_are(tmp_path):
    (tmp_path / "two.test.txt").write_text("face 2.png\nface 3.png\n", encoding="utf-8")
    where = splits.read(tmp_path)
    assert where[("two", "face 2.png")] == "test" and where[("two", "face 3.png")] == "test"
    assert sum(name == "ffhq" for name, _ in where) == 290
    splits.check(tmp_path, "two", ["face 1.png", "face 2.png", "face 3.png"])
    with pytest.raises(LabelError, match="two.test.txt: there is no picture 'face 3.png'"):
        splits.check(tmp_path, "two", ["face 1.png", "face 2.png"])


def test_a_list_with_another_name_is_refused(tmp_path):
    (tmp_path / "two.validation.txt").write_text("a.png\n")
    with pytest.raises(LabelError, match="<set>.val.txt or <set>.test.txt"):
        splits.read(tmp_path)
