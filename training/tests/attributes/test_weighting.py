import pytest
import torch

from vitrine.attributes.weighting import build


def terms_of(features):
    """Two terms of which the first pulls ten times as hard, and one without any label."""
    return {"age": 10 * features[:, 0].sum(), "gender": features[:, 1].sum(), "hint": features[:, 2].sum()}


WEIGHTS = {"age": 1.0, "gender": 3.0, "smile": 0.5, "hint": 2.0}


def test_fixed_weights_are_the_given_ones():
    features = torch.ones(4, 3, requires_grad=True)
    assert float(build("fixed", WEIGHTS)(terms_of(features), features)) == 1 * 40 + 3 * 4 + 2 * 4


def test_balanced_terms_pull_alike_and_the_auxiliary_one_stays():
    features = torch.ones(4, 3, requires_grad=True)
    weighting = build("balanced", WEIGHTS)
    weighting(terms_of(features), features).backward()
    pull = features.grad[0]
    assert float(pull[0]) == pytest.approx(float(pull[1]), rel=1e-4)
    assert float(pull[2]) == 2.0
    now = weighting.current()
    assert now["age"] + now["gender"] == pytest.approx(4.0)
    assert now["smile"] == 0.5  # never seen yet


def test_uncertainty_begins_with_the_fixed_weights_and_lowers_those_of_large_losses():
    weighting = build("uncertainty", WEIGHTS)
    assert weighting.current()["gender"] == pytest.approx(3.0)
    step = torch.optim.SGD(weighting.parameters(), 0.05)
    for _ in range(200):
        features = torch.ones(4, 3, requires_grad=True)
        step.zero_grad()
        weighting(terms_of(features), features).backward()
        step.step()
    now = weighting.current()
    # The best weight of a loss that stays at L is 1 / L.
    assert now["age"] == pytest.approx(1 / 40, rel=0.05) and now["gender"] == pytest.approx(1 / 4, rel=0.05)
    assert now["smile"] == pytest.approx(0.5) and now["hint"] == 2.0


def test_an_unknown_weighting_is_an_error():
    with pytest.raises(ValueError, match="none of fixed, uncertainty, balanced"):
        build("guess", WEIGHTS)
