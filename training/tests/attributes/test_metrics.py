"""The figures mean what their names say."""
import numpy as np
import pytest

from vitrine.attributes import metrics
from vitrine.attributes.evaluate import blurred, dimmed, rounded
from vitrine.attributes.report import shown
from vitrine.attributes.schema import columns


def labelled(**values):
    row = np.full((1, len(columns())), np.nan, np.float32)
    for name, value in values.items():
        row[0, columns().index(name.replace("__", ":"))] = value
    return row


def test_truth_is_the_largest_expression_and_unlabelled_stays_unknown():
    labels = np.concatenate([
        labelled(**{f"ffhq__expression__{e}": 0.0 for e in ("neutral", "surprise", "sadness", "anger", "disgust", "fear",
                                                            "contempt")}, ffhq__expression__happiness=0.9),
        labelled(ffhq__age=30)])
    truth = metrics.truths(labels, "ffhq")
    assert truth["expression"][0] == 1 and np.isnan(truth["expression"][1]) and truth["age"][1] == 30


def test_balanced_accuracy_does_not_reward_the_majority():
    truth = np.array([0] * 90 + [1] * 10)
    recall, f1 = metrics.balanced(np.zeros(100), truth)
    assert recall == 50 and f1 < 50
    assert metrics.figure("gender", np.zeros(100), truth) == 90


def test_an_honest_network_has_no_calibration_error():
    chance = np.tile([0.2, 0.8], (100, 1))
    truth = np.array([1] * 80 + [0] * 20)
    assert metrics.calibration_error(chance, truth) == pytest.approx(0, abs=1e-9)
    assert metrics.calibration_error(np.tile([0.01, 0.99], (100, 1)), truth) == pytest.approx(19)


def test_the_trivial_answer_comes_from_the_training_labels():
    assert metrics.trivial("age", np.array([10.0, 50.0]), np.array([20.0, 30.0, 90.0])) == 20
    assert metrics.trivial("glasses", np.array([0.0, 1.0]), np.array([0.0, 0.0, 1.0])) == 50


def test_there_is_no_trivial_answer_without_training_labels():
    assert np.isnan(metrics.trivial("age", np.array([3.0]), np.array([])))
    assert rounded({"trivial": float("nan"), "n": 3}) == {"trivial": None, "n": 3}
    assert shown("age", float("nan")) == ""


def test_bad_conditions_change_the_picture_as_said():
    faces = np.random.RandomState(0).randint(0, 255, (2, 32, 32, 3)).astype(np.uint8)
    assert blurred(faces).std() < 0.5 * faces.std()
    assert dimmed(faces).mean() == pytest.approx(faces.mean() * 0.33, rel=0.05)
