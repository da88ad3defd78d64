import numpy as np

from vitrine.attributes.confusion import UNSURE, bands, table


def test_years_fall_into_the_bands_of_the_statistics():
    assert bands(np.array([0.0, 17.4, 17.5, 24.0, 64.6, 65.0, 99.0])).tolist() == [0, 0, 1, 1, 6, 6, 6]


def test_faces_are_counted_by_truth_and_answer_and_the_unsure_are_left_out():
    outputs = {"gender": np.array([0.9, 0.5, 0.1, 0.2, 0.95])}
    truth = np.array([1.0, 1.0, 0.0, 1.0, np.nan])
    assert table("gender", outputs, truth, UNSURE) == [[1, 1], [0, 1]]


def test_classes_follow_their_own_order():
    glasses = np.array([[0.9, 0.1, 0.0], [0.1, 0.2, 0.7], [0.5, 0.45, 0.05]])
    assert table("glasses", {"glasses": glasses}, np.array([0.0, 1.0, 0.0]), UNSURE) == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]


def test_an_age_that_is_too_uncertain_is_no_answer():
    outputs = {"age_years": np.array([30.0, 70.0, 16.0]), "age_spread": np.array([5.0, 20.0, 4.0])}
    found = np.array(table("age", outputs, np.array([20.0, 66.0, 12.0]), UNSURE))
    assert found.sum() == 2 and found[1, 2] == 1 and found[0, 0] == 1
