import numpy as np

from vitrine.attributes.paired import difference, losses


def test_a_change_that_every_face_shares_is_more_than_noise():
    before = np.linspace(0, 1, 40)
    mean, low, high = difference(before, before + 0.1)
    assert np.allclose([mean, low, high], 0.1)


def test_a_change_that_goes_either_way_is_noise():
    either = np.where(np.arange(60) % 2 == 0, 0.2, -0.2)
    mean, low, high = difference(np.zeros(60), either)
    assert abs(mean) < 1e-9 and low < 0 < high


def test_each_face_costs_its_error_or_its_wrong_class():
    assert losses("gender", np.array([1, 0]), np.array([1, 1])).tolist() == [0, 1]
    assert losses("age", np.array([30.0]), np.array([27.5])).tolist() == [2.5]
