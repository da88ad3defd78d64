import numpy as np

from vitrine.attributes.paired import compare_bed, difference, losses
from vitrine.attributes.schema import columns


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


def test_compares_the_faces_that_both_have_on_the_labels_of_their_bed():
    place = {c: i for i, c in enumerate(columns())}
    names = np.array([f"utkface/{i}.jpg" for i in range(40)])
    labels = np.full((40, len(columns())), np.nan, np.float32)
    labels[:, place["annotated:age"]] = 30
    outputs = {"age_years": np.full(40, 31.0), "glasses": np.eye(3)[np.zeros(40, int)], "expression": np.eye(8)[np.zeros(40, int)],
               **{name: np.zeros(40) for name in ("gender", "eye_makeup", "lip_makeup", "smile", "beard", "moustache", "sideburns")}}
    worse = {**outputs, "age_years": np.full(40, 33.0)}
    half = slice(0, 30)
    text = compare_bed("annotated", (names, labels, outputs), (names[half], labels[half], {k: v[half] for k, v in worse.items()}), "test")
    assert text.startswith("annotated: 30 faces")
    assert "| age | 1.000 | 3.000 | +2.000 (+2.000 to +2.000) | worse |" in text
