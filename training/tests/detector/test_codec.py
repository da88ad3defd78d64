import numpy as np

from made_up import face_row
from vitrine.detector import codec, targets


def test_decode_is_the_inverse_of_encode():
    faces = np.array([face_row(10, 20, 30, 40), face_row(100.5, 3.25, 12, 15)], np.float32)
    cells = np.array([[3, 5], [13, 1]], np.float32)
    bbox, kps = codec.encode(faces, cells, 8)
    np.testing.assert_allclose(codec.decode(bbox, kps, cells, 8), faces[:, :14], rtol=1e-5, atol=1e-4)


def test_dense_targets_decode_to_the_faces_they_came_from():
    faces = np.array([face_row(20, 30, 24, 30), face_row(90, 20, 60, 75), face_row(150, 90, 150, 160)], np.float32)
    built = targets.build([faces], [np.ones(3, np.int64)], 256, 320)
    maps = {}
    for stride, t in zip(codec.STRIDES, built):
        flat = {"cls": (2 * t.heat).clamp(max=1), "obj": t.heat, "bbox": t.bbox, "kps": t.kps}
        maps.update({f"{k}_{stride}": v.flatten(2).transpose(1, 2).numpy() for k, v in flat.items()})
    found = codec.faces_of_maps(maps, 256, 320, 0.9, 0.4)[0]
    assert len(found) == 3
    found = found[np.argsort(found[:, 0])]
    np.testing.assert_allclose(found[:, :14], faces[:, :14], atol=0.02)


def test_ignored_and_tiny_faces_carry_no_weight_and_no_heat():
    faces = np.array([face_row(40, 40, 30, 30), face_row(100, 100, 6, 6)], np.float32)
    built = targets.build([faces], [np.array([0, 1])], 128, 128)
    assert all(float(t.heat.sum()) == 0 for t in built)
    assert float(built[0].weight[0, 0, 6, 6]) == 0  # the cell at (48, 48)
    assert float(built[0].weight[0, 0, 1, 1]) == 1


def test_suppression_keeps_the_better_of_two_overlapping_and_both_of_two_apart():
    faces = np.array([face_row(0, 0, 20, 20, 0.6), face_row(2, 0, 20, 20, 0.9), face_row(50, 50, 20, 20, 0.5)], np.float32)
    kept = codec.suppress(faces, 0.4)
    assert kept[:, codec.SCORE].tolist() == np.float32([0.9, 0.5]).tolist()


def test_landmarks_of_answers_that_say_nearly_the_same_are_joined_by_the_square_of_their_scores():
    rows = [face_row(21, 10, 12, 16, 0.9), face_row(23, 10, 12, 16, 0.6), face_row(16, 10, 12, 16, 0.8), face_row(21, 9, 12, 16, 0.4)]
    kept = codec.suppress(np.array(rows, np.float32), 0.4)
    assert len(kept) == 1 and kept[0, codec.SCORE] == np.float32(0.9)
    moved = (0 * 0.81 + 2 * 0.36) / (0.81 + 0.36)
    np.testing.assert_allclose(kept[0, 4:14:2], rows[0][4:14:2] + np.float32(moved), rtol=1e-5)
    np.testing.assert_allclose(kept[0, [0, 1, 2, 3, 5]], np.array(rows[0])[[0, 1, 2, 3, 5]], rtol=1e-5)


def test_each_size_has_a_stride_and_neighbours_share_the_borders():
    for size in np.geomspace(9, 400, 60):
        assert max(targets.suits(float(size), s) for s in codec.STRIDES) > 0.6
    assert targets.suits(45, 8) > 0 and targets.suits(45, 16) > 0
