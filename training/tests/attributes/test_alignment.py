"""The crops are those of docs/alignment.md."""
import json

import numpy as np
import pytest

from vitrine.attributes.alignment import Similarity, align, crop, fit, load_template
from vitrine.attributes.alignment_fixtures import FOLDER, write

CASES = json.loads((FOLDER / "cases.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_gives_the_crops_that_both_languages_agree_on(case):
    image = np.frombuffer((FOLDER / case["image"]).read_bytes(), np.uint8).reshape(case["height"], case["width"], 3)
    expected = np.frombuffer((FOLDER / case["expected"]).read_bytes(), np.uint8).reshape(case["size"], case["size"], 3)
    found = align(image, np.array(case["landmarks"]), case["size"])
    assert np.abs(found.astype(int) - expected).mean() < 0.05


def test_fixtures_are_written_the_same_again(tmp_path):
    write(tmp_path)
    for path in FOLDER.glob("*.rgb"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_crop_of_the_same_scale_is_a_copy():
    image = np.random.RandomState(0).randint(0, 255, (40, 40, 3)).astype(np.uint8)
    assert np.array_equal(crop(image, Similarity(40, 0, 0, 0), 40), image)


def test_finds_turn_scale_and_shift_again():
    true = Similarity(50.0, 20.0, 7.0, -3.0)
    u, v = load_template().points.T
    points = np.stack([true.a * u - true.b * v + true.tx, true.b * u + true.a * v + true.ty], 1)
    found = fit(points, load_template())
    assert np.allclose([found.a, found.b, found.tx, found.ty], [50, 20, 7, -3])


def test_a_mirrored_face_is_not_mirrored_back():
    points = load_template().points * 100 * [-1, 1]
    found = fit(points, load_template())
    assert found.a**2 + found.b**2 > 0 and found.side < 100


def test_the_border_is_repeated():
    image = np.full((8, 8, 3), 90, np.uint8)
    image[:, 0] = 200
    found = crop(image, Similarity(8, 0, -8, 0), 8)
    assert (found == 200).all()


def test_a_face_on_one_spot_has_no_crop():
    with pytest.raises(ValueError, match="one spot"):
        fit(np.full((5, 2), 3.0), load_template())
