"""`pseudo`: what a network trained before says of every face, as a soft target where nobody labelled it (self-training), or
everywhere (distillation into another backbone).

Half of the faces have labels of a few attributes only. The teacher's latents are means over the plain crop and its mirror
image, which errs less than either; the student sees the face turned, dim, small or compressed, and has to say the same
("noisy student": Xie, Luong, Hovy, Le, 2020, "Self-training with Noisy Student improves ImageNet classification").
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from tqdm import tqdm

from .augment import plain_view
from .heads import LATENTS
from .network import Network
from .schema import COLUMN, EXPRESSIONS, GLASSES
from .weights import read_weights

IMITATED = tuple(name for name in LATENTS if name != "celeba")
"""CelebA's own attributes are labelled wherever they matter."""
WIDTH = sum(LATENTS[name] for name in IMITATED)
LABELS = {
    "age": ("ffhq:age", "annotated:age", "utkface:age"), "gender": ("ffhq:gender", "annotated:gender", "utkface:gender",
                                                                     "celeba:Male"),
    "expression": tuple(f"{s}:expression:{EXPRESSIONS[0]}" for s in ("ffhq", "annotated", "fer2013")),
    "glasses": tuple(f"{s}:glasses:{GLASSES[0]}" for s in ("ffhq", "annotated", "celeba")),
    **{name: (f"ffhq:{name}", f"annotated:{name}") for name in
       ("eye_makeup", "lip_makeup", "smile", "beard", "moustache", "sideburns")},
}
"""The label columns that make a teacher's word on an attribute unnecessary."""


def load_teacher(path: Path, backbone: str) -> Network:
    """A network from a checkpoint or an exported file. Raises ValueError where its weights are of another backbone."""
    network = Network(backbone)
    weights = read_weights(path)
    own = network.state_dict()
    missing = [k for k, v in own.items() if k.startswith("trunk.") and not k.endswith("num_batches_tracked")
               and (k not in weights or weights[k].shape != v.shape)]
    if missing:
        raise ValueError(f"{path} is no {backbone}: {missing[0]} does not fit. Name its backbone with --backbone (train: --teacher-backbone).")
    network.load_state_dict({k: v for k, v in weights.items() if k in own}, strict=False)
    return network.eval()


@torch.no_grad()
def see(teacher: Network, crops: np.ndarray, size: int, device: str = "cpu") -> torch.Tensor:
    """float32 [n, WIDTH]: the latents of IMITATED side by side, means of the plain view and its mirror image."""
    faces = plain_view(crops, size, device)
    views = [teacher(f) for f in (faces, faces.flip(3))]
    return sum(join(v) for v in views) / 2


def write(cache: Path, sets: list[str], teacher: Path, backbone: str, size: int, threads: int = 1,
          device: str = "cpu") -> None:
    """`<set>.latents.npy`, float16 [n, WIDTH], for every set; replaces what an earlier teacher said."""
    torch.set_num_threads(threads)
    network = load_teacher(teacher, backbone).to(device)
    for name in sets:
        crops = np.load(Path(cache) / f"{name}.crops.npy", mmap_mode="r")
        seen = [see(network, crops[i:i + 32], size, device).cpu().numpy().astype(np.float16)
                for i in tqdm(range(0, len(crops), 32), desc=name, mininterval=5)]
        np.save(Path(cache) / f"{name}.latents.npy", np.concatenate(seen))


def join(latents: dict[str, torch.Tensor]) -> torch.Tensor:
    """[n, WIDTH]: the latents of IMITATED side by side, as `split` takes them apart."""
    return torch.cat([latents[name].reshape(len(latents[name]), -1) for name in IMITATED], 1)


def split(seen: torch.Tensor) -> dict[str, torch.Tensor]:
    """[n, WIDTH] to latents by name, as the heads give them."""
    parts = torch.split(seen, [LATENTS[name] for name in IMITATED], 1)
    return {name: part[:, 0] if LATENTS[name] == 1 else part for name, part in zip(IMITATED, parts)}


def labelled(labels: torch.Tensor, name: str) -> torch.Tensor:
    """[n]: 1 where some set labels this attribute of the face."""
    return (~torch.isnan(labels[:, [COLUMN[c] for c in LABELS[name]]])).any(1).float()


def distances(latents: dict[str, torch.Tensor], seen: torch.Tensor) -> dict[str, torch.Tensor]:
    """[n] for each attribute: divergence of the classes and ages, distance of the single latents. Meaningless, but a number,
    for faces without a teacher's word (NaN): a NaN would spoil the gradient even behind a mask."""
    found = {}
    for name, target in split(torch.nan_to_num(seen)).items():
        own = latents[name]
        if own.dim() == 2:
            target = torch.log_softmax(target, 1)
            found[name] = (target.exp() * (target - torch.log_softmax(own, 1))).sum(1)
        else:
            found[name] = 2 * F.smooth_l1_loss(own, target, reduction="none")
    return found
