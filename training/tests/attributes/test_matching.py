"""A teacher that sees what the student sees."""
from dataclasses import replace

import numpy as np
import pytest
import torch

from tiny import config
from vitrine.attributes.augment import Augment
from vitrine.attributes.config import read
from vitrine.attributes.matching import Matching, Whole, mix
from vitrine.attributes.network import Network
from vitrine.attributes.train import Training


def teacher():
    torch.manual_seed(11)
    network = Network("squeezenet")
    with torch.no_grad():
        network.heads.latents.weight.mul_(30)
    return network


def matching_config(**changes):
    return config(**{"match": 2.0, "mixed": 0.5, "pseudo": 1.0, "distil": 1.0, "hint": 0, "rate": 3e-3, "dropout": 0.0,
                     "warm_up": 0.01, **changes})


def test_only_the_last_faces_are_mixed_each_with_another_of_the_batch():
    faces = torch.arange(4.0)[:, None, None, None].expand(4, 3, 2, 2) * 10
    mixed = faces.clone()
    mix(mixed, 2, torch.Generator().manual_seed(3))
    assert torch.equal(mixed[:2], faces[:2]) and not torch.equal(mixed[2:], faces[2:])
    assert 0 <= mixed.min() and mixed.max() <= 30
    assert torch.equal(mixed[2:], mixed[2:, :1, :1, :1].expand_as(mixed[2:]))


def test_a_student_comes_to_answer_as_its_teacher_does(cache, tmp_path):
    training = Training(matching_config(), cache, tmp_path, "cpu", teacher())
    before = {k: v.clone() for k, v in training.matching.teacher[0].state_dict().items()}
    augment, random = Augment(1, 0.5), np.random.default_rng(1)
    distances = [training.one_step(augment, random)["match"] for _ in range(60)]
    assert np.mean(distances[-10:]) < 0.6 * np.mean(distances[:10])
    after = training.matching.teacher[0].state_dict()
    assert all(torch.equal(before[k], after[k]) for k in before)


def test_maps_of_both_trunks_lie_on_one_grid_and_their_mean_is_what_the_heads_read():
    faces = torch.rand(2, 3, 112, 112) * 255
    grids = []
    for backbone in ("resnet18", "mobilenetv1"):
        network = Network(backbone).eval()
        maps = network.maps(faces)
        assert tuple(m.shape[1] for m in maps) == network.map_widths
        assert torch.allclose(maps[-1].mean((2, 3)), network.features(faces))
        grids.append([m.shape[2:] for m in maps])
    assert grids[0] == grids[1]


def test_a_map_is_compared_place_by_place():
    torch.manual_seed(4)
    matching = Matching(Network("mobilenetv1"), (512, 1024))
    with torch.no_grad():
        for place in matching.places:
            place.to_teacher.weight.copy_(torch.eye(len(place.mean)))
            place.to_teacher.bias.zero_()
    watched = [torch.randn(2, 512, 7, 7) * 3 + 1, torch.randn(2, 1024, 4, 4) * 5 - 2]
    for place, seen in zip(matching.places, watched[::-1]):
        place.measure(seen)
    same = [(seen - place.mean[:, None, None]) / place.deviation for place, seen in zip(matching.places, watched[::-1])][::-1]
    assert matching.distance(same, watched) < 1e-9
    turned = [same[0].flip(3), same[1]]
    assert 0.5 < matching.distance(turned, watched) < 1.5, "half of the pair, twice the variance"


@pytest.mark.parametrize("half", [False, True])
def test_small_differences_of_features_count_as_much_as_large_ones(half):
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        small_differences_count()


def small_differences_count():
    torch.manual_seed(5)
    whole = Whole(6, 6, components=6, needed=12)
    spread = torch.tensor([100.0, 10.0, 1.0, 1.0, 0.1, 0.01])
    features = torch.randn(4000, 6) * spread + 3
    assert whole.distance(features[:5], features[:5]) == 0, "nothing is known yet"
    whole.measure(features)
    with torch.autocast("cpu", enabled=False):
        components = (features - whole.mean) @ whole.axes
    assert torch.allclose(components.var(0), torch.ones(6), atol=0.01) and not whole.met
    with torch.no_grad():
        whole.to_teacher.weight.copy_(whole.axes.T)
        with torch.autocast("cpu", enabled=False):
            whole.to_teacher.bias.copy_(-whole.mean @ whole.axes)
    assert whole.distance(features, features) < 1e-3
    for axis in range(6):
        blind = features.clone()
        blind[:, axis] = features[:, axis].mean()
        assert abs(whole.distance(blind, features) - 1 / 6) < 0.02


def test_a_teacher_that_shows_no_maps_is_matched_in_its_features():
    matching = Matching(teacher(), Network("resnet18").map_widths)
    assert len(matching.places) == 1
    faces = torch.rand(4, 3, 64, 64) * 255
    _, watched = matching.watch(faces)
    distance = matching.distance(Network("resnet18").maps(faces), watched)
    assert torch.isfinite(distance) and distance > 0


def test_mixed_faces_have_no_labels(cache, tmp_path, monkeypatch):
    from vitrine.attributes import losses

    training = Training(matching_config(), cache, tmp_path, "cpu", teacher())
    given = {}
    terms = losses.terms

    def watched(heads, latents, labels, *others):
        given["labels"], given["seen"] = labels, others[1]
        return terms(heads, latents, labels, *others)

    monkeypatch.setattr(losses, "terms", watched)
    training.one_step(Augment(1, 0.5), np.random.default_rng(1))
    assert torch.isnan(given["labels"][3:]).all() and not torch.isnan(given["labels"][:3]).all()
    assert not torch.isnan(given["seen"]).any()
    assert not np.isnan(training.data.labels[training.data.part == "train"]).all(1).any(), "the table itself keeps its labels"


def test_a_training_goes_on_with_the_map_it_had(cache, tmp_path):
    first = Training(matching_config(), cache, tmp_path, "cpu", teacher())
    first.one_step(Augment(1, 0.5), np.random.default_rng(1))
    first.save()
    assert not any(k.startswith("teacher") for k in torch.load(first.checkpoint)["matching"]), "the teacher is no part of a checkpoint"
    second = Training(matching_config(), cache, tmp_path, "cpu", teacher())
    second.resume()
    for a, b in zip(first.matching.state_dict().values(), second.matching.state_dict().values()):
        assert torch.equal(a, b)


def test_what_is_asked_for_and_what_is_given_have_to_agree(cache, tmp_path):
    with pytest.raises(ValueError, match="give --teacher"):
        Training(matching_config(), cache, tmp_path)
    with pytest.raises(ValueError, match="leave out --teacher"):
        Training(replace(matching_config(), match=0.0), cache, tmp_path, "cpu", teacher())


@pytest.mark.parametrize("content, complaint", [("match: 1\nmixed: 1.0\n", "part of the batch"),
                                                ("mixed: 0.5\n", "needs a teacher"),
                                                ("optimiser: sgd\n", "adamw, muon")])
def test_a_config_that_cannot_be_trained_is_an_error(tmp_path, content, complaint):
    path = tmp_path / "wrong.yaml"
    path.write_text(content)
    with pytest.raises(ValueError, match=complaint):
        read(path)


def test_teacher_goes_where_the_student_goes():
    matching = Matching(teacher(), (8,)).to(torch.float64)
    assert matching.places[0].to_teacher.weight.dtype == torch.float64
    assert next(matching.teacher[0].parameters()).dtype == torch.float64
