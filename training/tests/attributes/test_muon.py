"""The optimiser that makes a layer's gradient orthogonal."""
import pytest
import torch

from vitrine.attributes.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(16, 40), (40, 16), (24, 36)])
def test_singular_values_are_made_alike_and_vectors_stay(shape):
    torch.manual_seed(1)
    matrix = torch.randn(shape) @ torch.diag(torch.logspace(0, -0.7, shape[1]))
    left, values, right = torch.linalg.svd(matrix, full_matrices=False)
    assert values[0] / values[-1] > 4
    made = orthogonal(matrix)
    turned = left.T @ made @ right.T
    assert 0.6 < turned.diag().min() and turned.diag().max() < 1.3
    assert (turned - torch.diag(turned.diag())).abs().max() < 0.02


def test_an_ill_conditioned_layer_is_learned_in_every_direction():
    torch.manual_seed(2)
    scale = torch.logspace(0, -1.5, 12)
    wanted = torch.randn(24, 12)
    errors = {}
    for name in ("sgd", "muon"):
        weight = torch.nn.Parameter(torch.zeros(24, 12))
        optimiser = torch.optim.SGD([weight], lr=0.3, momentum=0.9) if name == "sgd" else Muon([weight], lr=0.3)
        for step in range(200):
            optimiser.param_groups[0]["lr"] *= 0.98
            optimiser.zero_grad()
            (((weight - wanted) * scale).pow(2).sum()).backward()
            optimiser.step()
        errors[name] = float((weight - wanted).detach()[:, -1].abs().max())
    assert errors["muon"] < 0.3 * errors["sgd"]


def test_kernels_without_a_gradient_stay_and_others_lose_weight():
    frozen, learning = (torch.nn.Parameter(torch.ones(4, 3, 3, 3)) for _ in range(2))
    optimiser = Muon([frozen, learning], lr=0.01, weight_decay=0.5)
    (learning * torch.randn(4, 3, 3, 3)).sum().backward()
    optimiser.step()
    assert torch.equal(frozen, torch.ones(4, 3, 3, 3))
    assert learning.shape == (4, 3, 3, 3) and not torch.equal(learning, frozen)
    assert 0.2 * 0.01 * 0.5 < (learning - 0.995).pow(2).mean().sqrt() < 0.2 * 0.01 * 2, "as long a step as AdamW's"
