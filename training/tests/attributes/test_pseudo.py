"""A teacher's word counts where nobody labelled an attribute, and nowhere else unless asked to."""
import math

import numpy as np
import pytest
import torch

from vitrine.attributes.heads import Heads
from vitrine.attributes.losses import COLUMN, terms
from vitrine.attributes.network import Network
from vitrine.attributes.pseudo import WIDTH, join, load_teacher, split, write
from vitrine.attributes.schema import columns


def student(n=6):
    torch.manual_seed(0)
    heads = Heads(16, dropout=0.0)
    features = torch.randn(n, 16, requires_grad=True)
    return heads, features, heads(features)


def labels_of(n=6):
    return torch.full((n, len(columns())), math.nan)


def pulled(heads, features, latents, labels, seen, **weights):
    sum(terms(heads, latents, labels, None, seen, **weights).values()).backward()
    assert torch.isfinite(features.grad).all()
    return (features.grad.abs().sum(1) > 0).tolist()


def test_faces_without_a_teachers_word_stay_out():
    seen = torch.full((6, WIDTH), math.nan)
    seen[4] = torch.randn(WIDTH)
    assert pulled(*student(), labels_of(), seen, pseudo=1.0) == [False, False, False, False, True, False]


def test_a_label_silences_the_teacher_for_its_attribute_alone():
    heads, _, latents = student()
    labels, seen = labels_of(), torch.randn(6, WIDTH)
    without = terms(heads, latents, labels, None, seen, pseudo=1.0)
    labels[:, COLUMN["celeba:Male"]] = 1
    silenced = terms(heads, latents, labels, None, seen, pseudo=1.0)
    bare = terms(heads, latents, labels)
    assert torch.isclose(silenced["gender"], bare["gender"]) and without["gender"] > 0
    assert torch.isclose(silenced["beard"], without["beard"])


def test_a_distilled_student_listens_beside_the_labels():
    heads, _, latents = student()
    labels, seen = labels_of(), torch.randn(6, WIDTH)
    labels[:, COLUMN["annotated:age"]] = 30
    alone = terms(heads, latents, labels)["age"]
    assert terms(heads, latents, labels, None, seen, pseudo=1.0)["age"] == alone
    assert terms(heads, latents, labels, None, seen, distil=1.0)["age"] > alone


def test_who_says_the_same_as_the_teacher_has_nothing_to_learn():
    heads, _, latents = student()
    seen = join(latents).detach()
    found = terms(heads, latents, labels_of(), None, seen, pseudo=1.0)
    assert sum(float(v.detach()) for v in found.values()) == pytest.approx(0, abs=1e-4)


def test_writes_the_mean_of_a_face_and_its_mirror_image(tmp_path):
    torch.manual_seed(0)
    network = Network("squeezenet")
    torch.save({"average": network.state_dict()}, tmp_path / "teacher.pt")
    crops = np.random.RandomState(0).randint(0, 255, (3, 140, 140, 3)).astype(np.uint8)
    np.save(tmp_path / "a.crops.npy", crops)
    np.save(tmp_path / "b.crops.npy", crops[:, :, ::-1])
    write(tmp_path, ["a", "b"], tmp_path / "teacher.pt", "squeezenet", 32)
    first, mirrored = (np.load(tmp_path / f"{s}.latents.npy") for s in "ab")
    assert first.shape == (3, WIDTH) and np.allclose(first, mirrored, atol=2e-3)
    assert split(torch.from_numpy(first))["age"].shape == (3, 101)


def test_a_teacher_of_another_backbone_is_refused(tmp_path):
    torch.save({"average": Network("squeezenet").state_dict()}, tmp_path / "teacher.pt")
    with pytest.raises(ValueError, match="--backbone"):
        load_teacher(tmp_path / "teacher.pt", "mobilenetv1")
