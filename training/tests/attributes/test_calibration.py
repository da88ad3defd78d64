"""The few numbers fitted after the training do what they say."""
import numpy as np
import pytest
import torch

from vitrine.attributes.calibrate import best_threshold, fit_age, fit_graded, reading, unsure_limits
from vitrine.attributes.decode import MIXED, Calibration, decode
from vitrine.attributes.export import to_onnx
from vitrine.attributes.heads import LATENTS
from vitrine.attributes.network import Network
from vitrine.common.onnx_graph import OnnxGraph


def latents(n):
    torch.manual_seed(0)
    return {k: torch.randn(n, s) if s > 1 else torch.randn(n) for k, s in LATENTS.items()}


def peaked(years):
    return {"age": -((torch.arange(101.0) - years[:, None]) ** 2) / 8}


def test_age_is_moved_to_where_the_labels_are():
    years = torch.linspace(5, 80, 60)
    calibration = Calibration()
    fit_age(peaked(years), years - 3, calibration, torch.ones(60))
    c0, c1, c2 = calibration.age
    assert np.abs((c0 + c1 * years + c2 * years**2) - (years - 3)).max() < 0.8


def test_graded_values_come_nearer_to_their_labels():
    network = Network("squeezenet")
    drawn = latents(80)
    truth = torch.where(drawn["beard"] > 0.3, 0.6, 0.0)
    before = (decode(network.heads, drawn, Calibration())["beard"] - truth).abs().mean()
    calibration = Calibration()
    fit_graded(network, drawn, truth, "beard", calibration, torch.ones(80))
    after = (decode(network.heads, drawn, calibration)["beard"] - truth).abs().mean()
    assert after < 0.8 * before


def test_the_cut_moves_towards_better_accuracy():
    logits = torch.linspace(-1, 1, 200)
    assert best_threshold(logits, (logits > 0.3).float(), torch.ones(200)) == pytest.approx(0.15, abs=0.06)


def test_the_reading_never_falls():
    random = np.random.RandomState(0)
    shown = random.rand(200)
    pairs = reading(shown, np.clip(shown**2 + random.normal(0, 0.3, 200), 0, 1))
    assert all(a <= b for (_, a), (_, b) in zip(pairs, pairs[1:]))


def test_a_careless_network_is_unsure_more_often():
    truth = np.array([0.0, 1.0] * 100)
    good = np.where(truth > 0, 0.9, 0.1)
    bad = np.where(np.arange(200) % 3 == 0, 1 - good, good) * 0.4 + 0.3
    classes = np.eye(8)[np.zeros(200, int)]

    def limits(p):
        return unsure_limits({"gender": p, "eye_makeup": p, "lip_makeup": p, "expression": classes, "glasses": classes},
                             {"gender": truth, "eye_makeup": truth, "lip_makeup": truth, "expression": np.zeros(200),
                              "glasses": np.zeros(200)})
    assert limits(bad)["gender"][1] > limits(good)["gender"][1]


def test_mixed_makeup_and_uneven_padding_are_the_same_in_the_exported_graph(tmp_path):
    torch.manual_seed(0)
    network = Network("mobilenetv1").eval()
    calibration = Calibration()
    calibration.mix = {"lip_makeup": [0.3] * len(MIXED)}
    faces = torch.rand(2, 3, 48, 48) * 255
    with torch.no_grad():
        expected = decode(network.heads, network(faces), calibration)
        path = tmp_path / "m.onnx"
        path.write_bytes(to_onnx(network, calibration, 48).SerializeToString())
        found = OnnxGraph(path).run({"faces": faces})
    for name, value in expected.items():
        assert torch.allclose(found[name], value, atol=1e-4 if name != "age_years" else 1e-3), name
