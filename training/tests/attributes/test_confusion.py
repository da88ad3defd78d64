import numpy as np

from vitrine.attributes.confusion import UNSURE, table


def test_faces_are_counted_by_truth_and_answer_and_the_unsure_are_left_out():
    outputs = {"gender": np.array([0.9, 0.5, 0.1, 0.2, 0.95])}
    truth = np.array([1.0, 1.0, 0.0, 1.0, np.nan])
    assert table("gender", outputs, truth, UNSURE) == [[1, 1], [0, 1]]


def test_classes_follow_their_own_order():
    glasses = np.array([[0.9, 0.1, 0.0], [0.1, 0.2, 0.7], [0.5, 0.45, 0.05]])
    assert table("glasses", {"glasses": glasses}, np.array([0.0, 1.0, 0.0]), UNSURE) == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
