import numpy as np
import pytest

from made_up import face_row, write_work
from vitrine.detector import landmarks
from vitrine.detector.boxes import read_boxes, write_boxes
from vitrine.detector.conditions import CONDITIONS, with_points
from vitrine.detector.evaluate import Entrant, choose_threshold, evaluate, load_cases, table
from vitrine.detector.labels import FACE, IGNORE, merge
from vitrine.detector.metrics import Truth, collect
from vitrine.detector.pack import PackWriter
from vitrine.detector.split import assign


def truth(*boxes, ignore=None) -> Truth:
    boxes = np.array(boxes, np.float32).reshape(-1, 4)
    return Truth(boxes, np.array(ignore if ignore is not None else [False] * len(boxes), bool))


def test_average_precision_of_a_known_case():
    found = [np.array([face_row(0, 0, 20, 20, 0.9), face_row(60, 60, 20, 20, 0.8), face_row(30, 0, 20, 20, 0.7)], np.float32)]
    hits = collect(found, [truth((0, 0, 20, 20), (30, 0, 20, 20))], (12, 100))
    # Right, wrong, right: precision 1 up to recall 1/2, then 2/3.
    assert hits.average_precision() == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert hits.recall(0.75) == 0.5 and hits.precision(0.75) == 0.5


def test_ignored_boxes_neither_help_nor_harm_and_doubles_harm():
    found = [np.array([face_row(0, 0, 20, 20, 0.9), face_row(1, 0, 20, 20, 0.8), face_row(60, 60, 20, 20, 0.7)], np.float32)]
    hits = collect(found, [truth((0, 0, 20, 20), (58, 58, 30, 30), ignore=[False, True])], (12, 100))
    assert hits.right.tolist() == [True, False] and hits.faces == 1


def test_faces_of_other_heights_do_not_count():
    found = [np.array([face_row(0, 0, 20, 20, 0.9), face_row(50, 0, 60, 60, 0.9)], np.float32)]
    hits = collect(found, [truth((0, 0, 20, 20), (50, 0, 60, 60))], (32, 64))
    assert hits.right.tolist() == [True] and hits.faces == 1


def test_a_face_that_two_enlargements_agree_on_is_a_face_and_a_single_weak_sight_is_ignored():
    one = np.array([face_row(10, 10, 20, 20, 0.6), face_row(60, 60, 20, 20, 0.5)], np.float32)
    two = np.array([face_row(11, 10, 20, 20, 0.65)], np.float32)
    faces, status = merge([one, two])
    order = faces[:, 0].argsort()
    # The mean of both sights, weighted by the squares of their scores.
    assert faces[order, 0].tolist() == pytest.approx([(10 * 0.36 + 11 * 0.4225) / (0.36 + 0.4225), 60.0])
    assert status[order].tolist() == [FACE, IGNORE]


def test_the_split_is_by_place_within_each_source():
    rows = [{"file": f"{s}{i}", "source": s} for i in range(20) for s in "ab"]
    parts = assign(rows)
    assert {f for f, p in parts.items() if p == "test"} == {"a0", "a10", "b0", "b10"}
    assert {f for f, p in parts.items() if p == "val"} == {"a5", "a15", "b5", "b15"}


def test_boxes_survive_writing_and_reading(tmp_path):
    before = {"a.png": truth((1, 2, 3, 4), (5, 6, 7, 8), ignore=[False, True]), "b.png": truth()}
    write_boxes(tmp_path / "boxes.csv", before)
    after = read_boxes(tmp_path / "boxes.csv")
    assert after["a.png"].boxes.tolist() == before["a.png"].boxes.tolist()
    assert after["a.png"].ignore.tolist() == [False, True] and len(after["b.png"].boxes) == 0


def test_turning_takes_boxes_and_landmarks_along():
    row = np.array([face_row(40, 30, 20, 20)], np.float32)
    case = with_points("a", np.zeros((80, 100, 3), np.uint8), truth((40, 30, 20, 20)), row)
    after = CONDITIONS["turned 30 degrees"](case)
    assert after.truth.boxes[0] == pytest.approx([40, 30, 20, 20])  # centred, so it stays
    assert after.points[0, 0, 1] < case.points[0, 0, 1]  # the left of the picture goes up


def test_a_perfect_detector_is_measured_as_perfect(tmp_path):
    work = write_work(tmp_path, scenes=9)
    cases = load_cases(work, "val", None)
    answers = np.array([[*case.truth.boxes[0], *case.points[0].ravel(), 0.8] for case in cases], np.float32)
    entrant = Entrant("perfect", lambda picture: answers, choose_threshold(lambda p: answers, cases))
    report = evaluate([entrant], cases, tmp_path / "report.json", tmp_path / "curves.png")
    clean = report["detectors"]["perfect"]["conditions"]["clean"]
    assert clean["bands"]["20-32"]["ap"] == 1 or clean["bands"]["32-64"]["ap"] == 1
    assert clean["landmarks"]["mean"] == pytest.approx(0, abs=1e-5)
    assert "perfect" in table(report) and (tmp_path / "curves.png").stat().st_size < 100_000


def test_landmarks_are_measured_as_a_part_of_the_eye_distance(tmp_path):
    row = face_row(64, 64, 128, 128)
    writer = PackWriter(tmp_path / "probe")
    writer.add(np.zeros((256, 256, 3), np.uint8), file="a", face=row[:14])
    writer.close()

    def off_by_a_tenth(picture):
        face = np.array([row], np.float32)
        face[:, :14] *= picture.shape[0] / 256
        face[:, 4:14:2] += 0.1 * (face[:, 6] - face[:, 4])
        return face

    result = landmarks.measure(off_by_a_tenth, tmp_path)
    assert {h: r["mean"] for h, r in result.items()} == {str(h): pytest.approx(0.1, abs=1e-3) for h in landmarks.HEIGHTS}
