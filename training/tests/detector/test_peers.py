import json

import numpy as np
import pytest

from made_up import face_row, scene, write_work
from vitrine.detector.conditions import with_points
from vitrine.detector.evaluate import load_cases
from vitrine.detector.metrics import Truth
from vitrine.detector.pack import Pack
from vitrine.detector.peers import BoxHabit, Recorded, ask, habit_of, key_of, peer_figures, table


def case(seed: int, faces: int = 1):
    picture, rows = scene(seed, faces=faces)
    boxes = np.array(rows, np.float32).reshape(-1, 15)[:, :4]
    return with_points(f"{seed}", picture, Truth(boxes, np.zeros(len(boxes), bool)), np.zeros((0, 15), np.float32))


def written(folder, faces: dict) -> Recorded:
    path = folder / "other.json"
    path.write_text(json.dumps({"name": "other", "network": "made up", "threshold": 0.5, "faces": faces}))
    return Recorded(path)


def answers(cases, draw=lambda box: box, score=0.9) -> dict:
    return {key_of(c.picture): [[*map(float, draw(box)), score] for box in c.truth.boxes] for c in cases}


def wider(box):
    """As a detector draws that takes the hair along: twice as high, the centre a quarter of that higher."""
    x, y, w, h = box
    return x, y - h, w, 2 * h


def test_every_picture_that_is_asked_for_is_written_once_as_rgb(tmp_path):
    work = write_work(tmp_path / "work", scenes=9)
    cases = load_cases(work, "val", None)
    count = ask(cases, [*cases, case(50, faces=0)], tmp_path / "out")
    pack = Pack(tmp_path / "out" / "pictures")
    assert count == len(pack) == 1 + 3  # one scene, and the empty one at three sizes
    assert pack.picture(0)[:, :, ::-1].tolist() == cases[0].picture.tolist() and pack.items[0]["key"] == key_of(cases[0].picture)


def test_recorded_answers_come_best_first_and_a_picture_without_one_is_an_error(tmp_path):
    one, other = case(1), case(2)
    recorded = written(tmp_path, {key_of(one.picture): [[0, 0, 5, 5, 0.2], [9, 9, 5, 5, 0.7]]})
    assert recorded(one.picture)[:, [0, 14]].tolist() == [[9, pytest.approx(0.7)], [0, pytest.approx(0.2)]]
    with pytest.raises(SystemExit, match="says nothing of one of the pictures"):
        recorded(other.picture)


def test_a_habit_is_found_and_undone(tmp_path):
    cases = [case(seed) for seed in range(1, 6)]
    recorded = written(tmp_path, answers(cases, wider))
    habit = habit_of(recorded, cases)
    assert habit.shift == pytest.approx((0, 0.25), abs=1e-4) and habit.factor == pytest.approx((1, 0.5), abs=1e-4)
    assert habit.undone(recorded(cases[0].picture))[0, :4] == pytest.approx(cases[0].truth.boxes[0], abs=1e-3)


def test_without_a_habit_boxes_stay():
    faces = np.array([face_row(3, 4, 20, 30)], np.float32)
    assert BoxHabit().undone(faces)[0] == pytest.approx(faces[0])


def test_other_boxes_for_the_same_faces_cost_nothing_but_are_told(tmp_path):
    validation, cases = [case(s) for s in range(1, 6)], [case(s) for s in range(10, 16)]
    recorded = written(tmp_path, answers([*validation, *cases], wider))
    report = peer_figures(recorded, validation, cases)
    assert report["bands"]["24 and more"]["ap"] == 1 and report["bands"]["24 and more"]["usual_recall"] == 1
    assert report["ap_as_given"]["24 and more"] < 1
    assert "other: AP, recall" in table({"other": report})
