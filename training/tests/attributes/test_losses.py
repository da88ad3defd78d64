"""Every term is masked where a face has no label."""
import math

import pytest
import torch

from vitrine.attributes.heads import Heads
from vitrine.attributes.losses import COLUMN, age_target, masked_mean, terms
from vitrine.attributes.schema import columns


def heads_and_latents(n=6):
    torch.manual_seed(0)
    heads = Heads(16, hint=4, dropout=0.0)
    features = torch.randn(n, 16, requires_grad=True)
    return heads, features, heads(features)


def test_without_labels_nothing_is_learned():
    heads, features, latents = heads_and_latents()
    found = terms(heads, latents, torch.full((6, len(columns())), math.nan), torch.full((6, 4), math.nan))
    total = sum(found.values())
    total.backward()
    assert float(total) == 0 and float(features.grad.abs().sum()) == 0


def test_a_label_pulls_only_its_own_face():
    heads, features, latents = heads_and_latents()
    labels = torch.full((6, len(columns())), math.nan)
    labels[2, COLUMN["annotated:beard"]] = 0.6
    sum(terms(heads, latents, labels).values()).backward()
    pulled = features.grad.abs().sum(1) > 0
    assert pulled.tolist() == [False, False, True, False, False, False]


def test_a_term_falls_when_the_label_is_met():
    heads, _, latents = heads_and_latents()
    labels = torch.full((6, len(columns())), math.nan)
    labels[:, COLUMN["ffhq:gender"]] = 1
    near = dict(latents, gender=torch.full((6,), 2.0))
    far = dict(latents, gender=torch.full((6,), -2.0))
    assert terms(heads, near, labels)["gender"] < terms(heads, far, labels)["gender"]


def test_unsorted_eyewear_does_not_choose_between_clear_and_dark():
    heads, _, latents = heads_and_latents(2)
    labels = torch.full((2, len(columns())), math.nan)
    labels[:, COLUMN["celeba:eyewear"]] = 1
    clear = dict(latents, glasses=torch.tensor([[0.0, 5.0, 0.0]] * 2))
    dark = dict(latents, glasses=torch.tensor([[0.0, 0.0, 5.0]] * 2))
    assert float(terms(heads, clear, labels)["glasses"]) == pytest.approx(float(terms(heads, dark, labels)["glasses"]))


def test_masked_mean_ignores_what_is_not_a_number():
    found = masked_mean(torch.tensor([1.0, math.nan]), torch.tensor([1.0, 0.0]), 0.5)
    assert float(found) == 1


def test_the_age_target_is_a_distribution_about_the_label():
    target = age_target(torch.tensor([30.0]))
    assert float(target.sum()) == pytest.approx(1) and int(target.argmax()) == 30
