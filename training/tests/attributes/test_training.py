"""A tiny made-up set through training, resuming, export and further training from the exported file."""
import json
import sys

import numpy as np
import onnx
import pytest
import torch

from tiny import config
from vitrine.__main__ import main
from vitrine.attributes import dataset
from vitrine.attributes.augment import Augment, plain_view
from vitrine.attributes.backbones import BACKBONES, build
from vitrine.attributes.config import Phase, read
from vitrine.attributes.decode import Calibration, decode
from vitrine.attributes.evaluate import facts
from vitrine.attributes.export import OUTPUTS, export, load_network, scale_of
from vitrine.attributes.network import Network
from vitrine.attributes.schema import columns
from vitrine.attributes.trade_off import VARIED, trade_off, variant_of
from vitrine.attributes.train import Training, rate_at, train
from vitrine.attributes.weights import read_weights
from vitrine.common.onnx_graph import OnnxGraph


@pytest.fixture(scope="module")
def trained(cache, tmp_path_factory):
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("run")
    train(config(), cache, out, 0.03, False, None, 1)
    return out


@pytest.fixture(scope="module")
def exported(trained):
    out = trained / "model.onnx"
    export(trained / "checkpoint.pt", out, None, None, "test")
    return out


def test_writes_checkpoint_and_logs(trained):
    state = torch.load(trained / "checkpoint.pt")
    assert state["step"] > 0 and state["progress"] > 0.9
    assert (trained / "train.csv").read_text().startswith("step,seen,progress,rate,total")


def test_does_not_overwrite_but_resumes(cache, trained):
    with pytest.raises(ValueError, match="--resume"):
        train(config(), cache, trained, 0.01, False, None, 1)
    again = Training(config(), cache, trained)
    before = torch.load(trained / "checkpoint.pt")
    again.resume()
    assert again.step == before["step"]
    assert all(torch.equal(v, before["network"][k]) for k, v in again.network.state_dict().items())


@pytest.mark.parametrize("weighting", ["uncertainty", "balanced"])
def test_other_weightings_train_and_resume(cache, tmp_path, weighting):
    plan = config(weighting=weighting, faces=18)
    first = train(plan, cache, tmp_path, None, False, None, 1)
    assert first.seen == 18 and first.progress == 1
    again = Training(plan, cache, tmp_path)
    again.resume()
    assert again.weighting.current() == first.weighting.current()


def test_a_trade_off_trains_each_variant_once(cache, tmp_path):
    plan = config(faces=6, shares={"annotated": 1.0})
    with pytest.raises(ValueError, match="faces"):
        trade_off(config(), "weighting", cache, tmp_path, None, 1)
    lines = trade_off(plan, "weighting", cache, tmp_path, None, 1).splitlines()
    assert lines[0] == "| | fixed | uncertainty | balanced |" and any(line.startswith("| gender, annotated |") for line in lines)
    before = (tmp_path / "fixed/checkpoint.pt").stat().st_mtime_ns
    trade_off(plan, "weighting", cache, tmp_path, None, 1)
    assert (tmp_path / "fixed/checkpoint.pt").stat().st_mtime_ns == before
    with pytest.raises(ValueError, match="timed"):
        trade_off(plan, "weighting", cache, tmp_path, None, 1, plot=tmp_path / "plot.png")
    times = {name: {"1": 1.25, "4": 1, "8": 1} for name in VARIED["weighting"]}
    (tmp_path / "times.json").write_text(json.dumps(times))
    timed = trade_off(plan, "weighting", cache, tmp_path, None, 1, plot=tmp_path / "plot.png")
    assert "| ms per face, batch 1 | 1.2 |" in timed
    assert (tmp_path / "plot.png").stat().st_size > 5000


def test_a_trade_off_asks_the_same_teacher_in_every_variant(cache, tmp_path):
    plan = config(faces=6, shares={"annotated": 1.0}, match=1.0)
    with pytest.raises(ValueError, match="give --teacher"):
        trade_off(plan, "weighting", cache, tmp_path, None, 1)
    table = trade_off(plan, "weighting", cache, tmp_path, None, 1, teacher=Network("squeezenet"))
    assert table.startswith("| | fixed | uncertainty | balanced |")


def test_a_trade_off_of_sizes_sets_the_size_of_every_phase():
    plan = config(phases=[Phase(0.5, 48), Phase(1.0, 64)])
    for size in VARIED["size"]:
        varied = variant_of(plan, "size", size)
        assert {varied.size_at(p) for p in (0, 0.6, 1)} == {int(size)} and varied.backbone == plan.backbone


def test_the_same_seed_gives_the_same_first_step(cache, tmp_path):
    losses = []
    for name in ("a", "b"):
        training = Training(config(dropout=0.0), cache, tmp_path / name)
        losses.append(training.one_step(Augment(1), np.random.default_rng(1))["total"])
    assert losses[0] == losses[1]


def test_learns_a_tiny_set(cache, tmp_path):
    training = Training(config(augment=0.0, dropout=0.0), cache, tmp_path)
    augment, random = Augment(1, 0.0), np.random.default_rng(1)
    training.progress = 0.2
    losses = [training.one_step(augment, random)["total"] for _ in range(20)]
    assert np.mean(losses[-4:]) < 0.8 * np.mean(losses[:4])


def test_faces_outside_the_training_part_are_never_drawn(cache):
    chance = dataset.sampling_weights(dataset.load(cache, ["mine"]), {"annotated": 1.0})
    assert chance[18:].sum() == 0 and chance.sum() == pytest.approx(1)


def test_the_file_says_what_it_is(exported):
    facts = {e.key: json.loads(e.value) for e in onnx.load(str(exported)).metadata_props}["vitrine"]
    assert facts["kind"] == "face-attributes" and facts["input_size"] == 32 and facts["backbone"] == "squeezenet"
    assert facts["classes"]["expression"][0] == "neutral" and facts["classes"]["glasses"] == ["none", "glasses", "sunglasses"]
    assert facts["licence"] and facts["training_data"] and facts["template"] and "unsure" in facts


def test_shows_the_scale_that_was_taught(exported):
    assert facts(exported)["scale"] == "annotated"
    assert scale_of({"sets": ["ffhq", "mine"]}) == "ffhq"


def test_the_graph_gives_what_the_network_gives(exported, trained):
    faces = torch.rand(3, 3, 32, 32) * 255
    network = load_network(torch.load(trained / "checkpoint.pt"))
    with torch.no_grad():
        expected = decode(network.heads, network(faces), Calibration("annotated"))
        found = OnnxGraph(exported).run({"faces": faces})
    assert set(found) == set(OUTPUTS)
    for name in OUTPUTS:
        limit = 0.05 if name.startswith("age_") else 2e-3  # the file's weights are in half precision
        assert float((found[name] - expected[name]).abs().max()) < limit, name


def test_outputs_are_in_range(exported):
    with torch.no_grad():
        found = OnnxGraph(exported).run({"faces": torch.rand(2, 3, 32, 32) * 255})
    for name in ("age", "expression", "glasses"):
        assert torch.allclose(found[name].sum(1), torch.ones(2), atol=1e-4)
    for name in set(OUTPUTS) - {"age_years", "age_spread"}:
        assert float(found[name].min()) >= 0 and float(found[name].max()) <= 1
    assert found["age"].shape == (2, 101) and found["age_years"].shape == (2,)


def test_training_goes_on_from_the_exported_file(exported, cache, tmp_path):
    training = Training(config(), cache, tmp_path)
    training.start_from(read_weights(exported))
    shipped = read_weights(exported)
    own = training.network.state_dict()
    same = [k for k in own if k in shipped]
    assert len(same) > 0.9 * len([k for k in own if "hint" not in k and "num_batches" not in k])
    assert all(torch.allclose(own[k], shipped[k]) for k in same)


def test_a_view_of_the_cache_is_its_middle():
    crops = np.zeros((1, 112, 112, 3), np.uint8)
    crops[:, 11:101, 11:101] = 200
    assert float(plain_view(crops, 40).min()) > 199


@pytest.mark.parametrize("name", BACKBONES)
def test_every_backbone_gives_a_feature_vector(name):
    trunk = build(name).eval()
    with torch.no_grad():
        assert trunk(torch.zeros(1, 3, 64, 64)).shape == (1, trunk.width)


def test_the_rate_warms_up_and_falls():
    plan = config(warm_up=0.1, rate=1.0, last_rate=0.01)
    assert rate_at(0, plan) < 0.1 and rate_at(0.1, plan) == pytest.approx(1) and rate_at(1, plan) == pytest.approx(0.01)


def test_learns_as_well_with_a_trunk_in_bfloat16(cache, tmp_path):
    terms = {}
    for precision in ("float32", "bfloat16"):
        training = Training(config(seed=5, precision=precision, channels_last=True), cache, tmp_path / precision)
        terms[precision] = training.one_step(Augment(3, 0.5), np.random.default_rng(3))
        assert all(p.dtype == torch.float32 for p in training.network.parameters())
    assert terms["bfloat16"] != terms["float32"]
    assert terms["bfloat16"]["total"] == pytest.approx(terms["float32"]["total"], rel=0.02)


@pytest.mark.parametrize("name", BACKBONES)
def test_every_backbone_learns_in_bfloat16(name):
    trunk = build(name)
    with torch.autocast("cpu", torch.bfloat16):
        features = trunk(torch.rand(2, 3, 64, 64))
    features.float().pow(2).sum().backward()
    assert all(torch.isfinite(p.grad).all() for p in trunk.parameters() if p.grad is not None)


def test_an_unknown_precision_is_an_error(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("precision: float8\n")
    with pytest.raises(ValueError, match="precision is one of float32, bfloat16"):
        read(path)


def test_an_unknown_setting_is_an_error(tmp_path):
    (tmp_path / "x.yaml").write_text("colour: red\n")
    with pytest.raises(ValueError, match="unknown setting colour"):
        read(tmp_path / "x.yaml")


def test_nothing_of_a_step_is_left_on_another_device(cache, tmp_path, monkeypatch):
    """Every tensor that is made during a step names its device: one that forgot to would stop a training on a graphics card."""
    training = Training(config(pseudo=0.0), cache, tmp_path)
    augment, random = Augment(1, 1.0), np.random.default_rng(1)
    for name in ("arange", "zeros", "ones", "tensor", "rand", "randn", "linspace"):
        made = getattr(torch, name)

        def watched(*args, made=made, name=name, **named):
            ours = "/vitrine/" in sys._getframe(1).f_code.co_filename
            assert "device" in named or not ours, f"torch.{name} without a device"
            return made(*args, **named)

        monkeypatch.setattr(torch, name, watched)
    training.one_step(augment, random)


def test_says_which_device_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["attributes", "train", "x.yaml", "--cache", "c", "--out", "o", "--device", "cuda:77"])
    assert "cannot use the device 'cuda:77'" in capsys.readouterr().err


def learned(before, network, inside):
    return any(not torch.equal(before[k], v) for k, v in network.state_dict().items() if inside(k))


def test_first_blocks_stop_learning_where_the_schedule_says_so(cache, tmp_path):
    training = Training(config(backbone="resnet18", freeze=1, freeze_from=0.5), cache, tmp_path)
    first = lambda k: (k.startswith("trunk.stem") or k.startswith("trunk.stages.0")) and k.endswith("weight")
    for progress, expected in ((0.1, True), (0.6, False)):
        training.progress = progress
        before = {k: v.clone() for k, v in training.network.state_dict().items()}
        training.one_step(Augment(1, 0.5), np.random.default_rng(1))
        assert learned(before, training.network, first) == expected
        assert learned(before, training.network, lambda k: k.startswith("trunk.stages.7") and k.endswith("weight"))


def test_normalisation_keeps_its_statistics_once_it_has_settled(cache, tmp_path):
    training = Training(config(backbone="resnet18", settle=0.5), cache, tmp_path)
    statistics = lambda k: k.endswith("running_mean") or k.endswith("running_var")
    for progress, expected in ((0.1, True), (0.6, False)):
        training.progress = progress
        before = {k: v.clone() for k, v in training.network.state_dict().items()}
        training.one_step(Augment(1, 0.5), np.random.default_rng(1))
        assert learned(before, training.network, statistics) == expected


def test_kernels_learn_by_the_optimiser_that_the_config_names_and_go_on_from_a_checkpoint(cache, tmp_path):
    plan = config(optimiser="muon")
    training = Training(plan, cache, tmp_path)
    kernels = {id(p) for p in training.network.trunk.parameters() if p.dim() > 1}
    assert {id(p) for p in training.optimisers[1].param_groups[0]["params"]} == kernels
    assert not kernels & {id(p) for g in training.optimisers[0].param_groups for p in g["params"]}
    augment, random = Augment(1, 0.5), np.random.default_rng(1)
    totals = [training.one_step(augment, random)["total"] for _ in range(40)]
    assert np.mean(totals[-8:]) < 0.95 * np.mean(totals[:8])
    training.save()
    again = Training(plan, cache, tmp_path)
    again.resume()
    for before, after in zip(training.optimisers[1].state.values(), again.optimisers[1].state.values()):
        assert torch.equal(before["momentum"], after["momentum"])


def test_labels_count_beside_the_teacher_as_much_as_the_config_says(cache, tmp_path):
    found = {}
    for weight in (1.0, 0.5, 0.0):
        training = Training(config(labels=weight, dropout=0.0, hint=0), cache, tmp_path / str(weight))
        found[weight] = training.one_step(Augment(1, 0.5), np.random.default_rng(1))["total"]
    assert found[1.0] > 0 and found[0.5] == pytest.approx(found[1.0] / 2) and found[0.0] == 0


def test_freezing_what_cannot_be_frozen_is_an_error(cache, tmp_path):
    with pytest.raises(ValueError, match="which squeezenet cannot"):
        Training(config(freeze=1), cache, tmp_path)
    with pytest.raises(ValueError, match="At most 6 blocks"):
        Training(config(backbone="resnet18", freeze=7), cache, tmp_path)
