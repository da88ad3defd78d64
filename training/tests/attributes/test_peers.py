import json

import numpy as np
import pytest
from PIL import Image

from vitrine.attributes.peers import compare, read, write_pictures
from vitrine.attributes.schema import EXPRESSIONS
from vitrine.detector.pack import Pack

COLUMNS = ["file", "age", "gender", "smile", *EXPRESSIONS, "glasses", "eye_makeup", "lip_makeup", "moustache", "beard", "sideburns"]
FILES = ["a.png", "b.png", "c.png"]


@pytest.fixture
def made_up(tmp_path):
    """Two women of 30 and one of 40, all happy, of whom the last is not in the test part."""
    folder = tmp_path / "ffhq"
    folder.mkdir()
    lines = [",".join(COLUMNS)]
    for i, file in enumerate(FILES):
        Image.fromarray(np.full((4, 6, 3), (10 * i, 20, 30), np.uint8)).save(folder / file)
        expressions = [str(float(e == "happiness")) for e in EXPRESSIONS]
        lines.append(",".join([file, "40" if i == 2 else "30", "female", "1", *expressions, "none", "0", "0", "0", "0", "0"]))
    (folder / "labels.csv").write_text("\n".join(lines) + "\n")
    splits = tmp_path / "splits"
    splits.mkdir()
    (splits / "ffhq.test.txt").write_text("a.png\nb.png\n")
    return folder, splits


def readings(folder, name, *answers):
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"name": name, "network": "made up", "ms": {"least": 1, "median": 2}, "faces": dict(zip(FILES, answers))}))
    return path


def answer(age=30.0, gender="female", expression="happiness"):
    return {"age": age, "gender": gender, "expression": expression}


def test_the_pictures_of_the_part_are_written_as_they_are(made_up, tmp_path):
    folder, splits = made_up
    assert write_pictures(folder, "test", tmp_path / "out", splits) == 2
    pack = Pack(tmp_path / "out" / "pictures")
    assert [item["file"] for item in pack.items] == FILES[:2] and pack.picture(1)[0, 0].tolist() == [10, 20, 30]


def test_faces_that_were_not_found_are_told_and_left_out(made_up, tmp_path):
    folder, splits = made_up
    ours = readings(tmp_path, "ours", answer(), answer())
    other = readings(tmp_path, "other", answer(age=34, gender="unknown"), None)
    table = compare(folder, "test", [ours, other], splits)
    assert "| ours | 2 of 2 | 100.0 % | 100.0 % | 0.00 |" in table
    row = table.splitlines()[-1]
    assert "| other | 1 of 2 | 0.0 % (+100.0 points" in row and "4.00 (+4.0, +4.0 to +4.0)" in row


def test_readings_of_other_pictures_are_refused(tmp_path):
    path = readings(tmp_path, "ours", answer())
    with pytest.raises(ValueError, match="says nothing of b.png"):
        read(path, FILES)
