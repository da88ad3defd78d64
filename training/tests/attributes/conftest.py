"""A tiny made-up set of faces, as `prepare` would have packed it."""
import numpy as np
import pytest

from vitrine.attributes.schema import columns


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    random = np.random.RandomState(0)
    n = 24
    labels = np.full((n, len(columns())), np.nan, np.float32)
    for i in range(n):
        for name in columns():
            if name.startswith("annotated") and ":expression" not in name and ":glasses" not in name:
                labels[i, columns().index(name)] = 30 if name.endswith("age") else i % 2
        labels[i, [columns().index(f"annotated:glasses:{g}") for g in ("none", "glasses", "sunglasses")]] = np.eye(3)[i % 3]
    crops = random.randint(0, 255, (n, 112, 112, 3)).astype(np.uint8)
    crops[1::2, :56] //= 3
    np.save(folder / "mine.crops.npy", crops)
    np.savez(folder / "mine.labels.npz", columns=np.array(columns()), files=np.array([f"{i}.png" for i in range(n)]),
             sheet=np.array(["1"] * n), part=np.array(["train"] * 18 + ["val"] * 6), labels=labels)
    return folder
