"""Labels are read as they are, and what is wrong with them is said plainly."""
import pytest
from PIL import Image

from vitrine.attributes import splits
from vitrine.attributes.sources import Face, LabelError, add_annotations, celeba_row, ffhq_row, read_set
from vitrine.attributes.schema import CELEBA, EXPRESSIONS


def folder_with(tmp_path, text):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    (tmp_path / "labels.csv").write_text(text)
    return tmp_path


def test_reads_a_folder_of_ones_own(tmp_path):
    found = read_set(folder_with(tmp_path, "file,age,gender,smile,glasses\na.png,31,f,0.5,u\n"), "mine")
    assert found[0].labels == {"annotated:age": 31, "annotated:gender": 1, "annotated:smile": 0.5}


def test_reads_what_a_spreadsheet_saves(tmp_path):
    folder = folder_with(tmp_path, "")
    (folder / "labels.csv").write_bytes("file,age\na.png,31\n".encode("utf-8-sig"))
    assert read_set(folder, "mine")[0].labels == {"annotated:age": 31}
    (folder / "labels.csv").write_bytes("file,age\nä.png,31\n".encode("latin-1"))
    with pytest.raises(LabelError, match="Save it as UTF-8"):
        read_set(folder, "mine")


@pytest.mark.parametrize("text, message", [
    ("name,age\na.png,3\n", "column file is missing"),
    ("file,age\na.png,old\n", "line 2, column age: 'old' is not a number"),
    ("file,smile\na.png,7\n", "7 is outside 0..1"),
    ("file,glasses\na.png,monocle\n", "'monocle' is not one of none, glasses, sunglasses"),
    ("file,age\nb.png,3\n", "there is no picture b.png"),
    ("file,age\na.png,3,4\n", "line 2: there are more cells than columns"),
    ("file,age\n", "lists no picture"),
])
def test_says_what_is_wrong(tmp_path, text, message):
    with pytest.raises(LabelError, match=message):
        read_set(folder_with(tmp_path, text), "mine")


def test_a_missing_set_says_what_to_give(tmp_path):
    with pytest.raises(LabelError, match="does not exist"):
        read_set(tmp_path / "nothing.zip")


def test_goggles_count_as_sunglasses_and_scores_become_a_distribution():
    row = {e: "0" for e in EXPRESSIONS} | {"happiness": "0.6", "neutral": "0.2", "glasses": "goggles", "age": "4"}
    found = ffhq_row(row, "here")
    assert found["ffhq:glasses:sunglasses"] == 1
    assert found["ffhq:expression:happiness"] == pytest.approx(0.75)


def test_unsorted_eyewear_is_a_weak_label():
    row = {a: "0" for a in CELEBA}
    assert celeba_row(row, "x")["celeba:glasses:none"] == 1
    weak = celeba_row(row | {"Eyeglasses": "1"}, "x")
    assert weak["celeba:eyewear"] == 1 and "celeba:glasses:none" not in weak


def test_unusable_faces_keep_their_sheet_but_give_no_labels(tmp_path):
    path = tmp_path / "annotated.csv"
    path.write_text("set,file,age,usable,sheet\nceleba,a.jpg,20,0,7\nceleba,b.jpg,20,1,7\n")
    faces = [Face("celeba", "a.jpg"), Face("celeba", "b.jpg")]
    assert add_annotations(faces, path) == 1
    assert faces[0].labels == {} and faces[0].sheet == "7" and faces[1].labels == {"annotated:age": 20}


def test_sheets_stay_together_and_parts_are_the_same_every_time(tmp_path):
    faces = [Face("utkface", f"{i}.webp", sheet=str(i // 30)) for i in range(900)]
    first = splits.choose(faces)
    assert first == splits.choose(list(reversed(faces)))
    splits.write(first, tmp_path)
    part = splits.read(tmp_path)
    for sheet in range(30):
        assert len({part.get(("utkface", f"{i}.webp"), "train") for i in range(sheet * 30, sheet * 30 + 30)}) == 1
    assert {"val", "test"} == set(part.values())


def test_ffhq_parts_have_fixed_sizes():
    parts = splits.choose([Face("ffhq", f"{i}.jpg") for i in range(790)])["ffhq"]
    assert {p: len(v) for p, v in parts.items()} == {"train": 500, "val": 90, "test": 200}
