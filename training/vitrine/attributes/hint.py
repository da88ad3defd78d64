"""`hint`: what a pretrained face network sees in every crop, made small, as an extra target for the trunk.

The teacher is FaceRes (a MobileNet trained for identity, age and gender on VGGFace2 by A. Savchenko), as shipped in the
npm package @vladmandic/human (MIT): models/faceres.json. Measured on the 590 FFHQ faces outside the test part it names the
gender of 94.7 % as labelled and the age to 3.4 years once its offset of 2.1 years is taken off.
The student learns to give the 126 main components of the teacher's 1024 features, its gender logit and its age, through
a linear head that is dropped at export. The hint is that of the clean picture, whatever was done to the student's view.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from .augment import as_batch
from .tfjs_graph import TfjsGraph

TEACHER_SIZE = 224
BLUE_GREEN_RED_MEAN = (103.939, 116.779, 123.68)
NODES = ["global_pooling/Mean", "gender_pred/BiasAdd", "age_pred/BiasAdd"]
HINT_SIZE = 128
EMPHASIS = 3.0
"""Gender and age count this many times a usual component."""


def see(graph: TfjsGraph, crops: np.ndarray) -> np.ndarray:
    """The teacher's view of cached crops uint8 [n, c, c, 3]: float32 [n, 1024 + 1 + 100]."""
    batch = as_batch(crops, "cpu")
    batch = F.interpolate(batch, (TEACHER_SIZE, TEACHER_SIZE), mode="bilinear")
    batch = batch.flip(1) - torch.tensor(BLUE_GREEN_RED_MEAN)[:, None, None]
    return torch.cat(graph.run(batch, NODES), 1).numpy()


def teach(cache: Path, sets: list[str], teacher: Path, threads: int = 1) -> None:
    """`<set>.teacher.npy` (float16) for every set that has none yet."""
    torch.set_num_threads(threads)
    graph = TfjsGraph(teacher)
    for name in sets:
        if (cache / f"{name}.teacher.npy").exists():
            continue
        crops = np.load(cache / f"{name}.crops.npy", mmap_mode="r")
        seen = [see(graph, crops[i:i + 8]).astype(np.float16)
                for i in tqdm(range(0, len(crops), 8), desc=name, mininterval=5)]
        np.save(cache / f"{name}.teacher.npy", np.concatenate(seen))


def age_and_gender(seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Expected age in years and the logit of 'female' from the teacher's outputs [n, 1125]."""
    logits = seen[:, 1025:].astype(np.float32)
    chance = np.exp(logits - logits.max(1, keepdims=True))
    years = (chance * np.arange(chance.shape[1])).sum(1) / chance.sum(1)
    return years, -seen[:, 1024].astype(np.float32)


def reduce(cache: Path) -> None:
    """`<set>.hint.npy` float16 [n, HINT_SIZE]: components, gender, age, each centred; mean variance one. Of all sets that the
    cache has features of, since components found on others would be other targets under the same name."""
    seen = {path.name.removesuffix(".teacher.npy"): np.load(path, mmap_mode="r") for path in sorted(cache.glob("*.teacher.npy"))}
    if not seen:
        raise FileNotFoundError(f"{cache} holds no teacher features. Run 'hint' with --teacher first.")
    sample = np.concatenate([np.asarray(v[::max(1, len(v) // 4000), :1024]) for v in seen.values()]).astype(np.float32)
    mean = sample.mean(0)
    spread, axes = np.linalg.eigh(np.cov((sample - mean).T))
    count = HINT_SIZE - 2
    axes, spread = axes[:, ::-1][:, :count], spread[::-1][:count]
    # The square root of each component's standard deviation is kept, so that the main ones lead but do not drown the rest.
    weight = spread ** -0.25
    weight /= np.sqrt((spread * weight**2).mean())
    for name, values in seen.items():
        values = np.asarray(values, np.float32)
        years, female = age_and_gender(values)
        parts = [((values[:, :1024] - mean) @ axes) * weight, EMPHASIS * np.clip(female, -6, 6)[:, None] / 4,
                 EMPHASIS * (years[:, None] - 33) / 17]
        np.save(cache / f"{name}.hint.npy", np.concatenate(parts, 1).astype(np.float16))
