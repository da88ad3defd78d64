"""Function matching: a student learns to answer as a trained network does, on whatever both are shown.

`pseudo` writes down once what a teacher says of every clean crop. On the faces it was itself trained on that is little more
than their labels again, which it knows by heart. Here the teacher looks at the very view the student gets, turned, dim,
compressed, and in part mixed from two faces, so that no answer is known by heart and the faces never run out (Beyer, Zhai, Royer,
Markeeva, Anil, Kolesnikov, CVPR 2022, "Knowledge distillation: A good teacher is patient and consistent"; mixing: Zhang,
Cisse, Dauphin, Lopez-Paz, ICLR 2018). Besides the latents the student learns to give the teacher's features through a linear map, as in Romero
et al., ICLR 2015 ("FitNets"), which is no part of what is exported.
"""
from __future__ import annotations

import torch
from torch import nn

from .network import Network
from .pseudo import join


class Matching(nn.Module):
    """A teacher, and the map from the student's features to the teacher's."""

    def __init__(self, teacher: Network, width: int):
        """width: of the student's features."""
        super().__init__()
        self.teacher = [teacher.eval().requires_grad_(False)]  # in a list: no part of the parameters that are trained and saved
        self.to_teacher = nn.Linear(width, teacher.trunk.width)
        self.register_buffer("mean", torch.zeros(teacher.trunk.width))
        self.register_buffer("deviation", torch.zeros(()))

    def _apply(self, change):
        super()._apply(change)
        for teacher in self.teacher:
            teacher._apply(change)
        return self

    @torch.no_grad()
    def watch(self, faces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The teacher's word on a batch of views, float [n, 3, S, S] of 0..255; its trunk computes in what the caller's autocast says.

        Returns latents float32 [n, pseudo.WIDTH] and features float32 [n, teacher's width], centred, of variance one over all.
        The first batch says what centre and variance are.
        """
        teacher = self.teacher[0]
        features = teacher.features(faces).float()
        with torch.autocast(faces.device.type, enabled=False):
            seen = join(teacher.heads(features))
        if self.deviation == 0:
            self.mean.copy_(features.mean(0))
            self.deviation.copy_((features - self.mean).pow(2).mean().sqrt().clamp(min=1e-6))
        return seen, (features - self.mean) / self.deviation

    def distance(self, features: torch.Tensor, watched: torch.Tensor) -> torch.Tensor:
        """Scalar: mean squared distance of the student's features [n, width], mapped, from the teacher's."""
        return (self.to_teacher(features) - watched).pow(2).mean()


def mix(faces: torch.Tensor, count: int, random: torch.Generator) -> None:
    """Mixes each of the last `count` of the faces [n, 3, S, S] with another of the batch, in a random proportion."""
    if not count:
        return
    share = torch.rand(count, 1, 1, 1, generator=random, device=faces.device)
    other = torch.randperm(len(faces), generator=random, device=faces.device)[:count]
    faces[-count:] = share * faces[-count:] + (1 - share) * faces[other]
