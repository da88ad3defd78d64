"""Function matching: a student learns to answer as a trained network does, on whatever both are shown.

`pseudo` writes down once what a teacher says of every clean crop. On the faces it was itself trained on that is little more
than their labels again, which it knows by heart. Here the teacher looks at the very view the student gets, turned, dim,
compressed, and in part mixed from two faces, so that no answer is known by heart and the faces never run out (Beyer, Zhai, Royer,
Markeeva, Anil, Kolesnikov, CVPR 2022, "Knowledge distillation: A good teacher is patient and consistent"; mixing: Zhang,
Cisse, Dauphin, Lopez-Paz, ICLR 2018). Besides the latents the student learns to see at each place of its last maps what the teacher
sees there, through linear maps from channels to channels, as in Romero et al., ICLR 2015 ("FitNets"). They are no part of what is exported.
"""
from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from .network import Network
from .pseudo import join


class Place(nn.Module):
    """From one map of the student to the teacher's at the same depth."""

    def __init__(self, width: int, teacher_width: int):
        super().__init__()
        self.to_teacher = nn.Linear(width, teacher_width)
        self.register_buffer("mean", torch.zeros(teacher_width))
        self.register_buffer("deviation", torch.zeros(()))

    @torch.no_grad()
    def measure(self, seen: torch.Tensor) -> None:
        """Takes centre and variance from the first maps [n, teacher_width, h, w] of the teacher that it meets."""
        if self.deviation == 0:
            self.mean.copy_(seen.mean((0, 2, 3)))
            self.deviation.copy_((seen - self.mean[:, None, None]).pow(2).mean().sqrt().clamp(min=1e-6))

    def distance(self, own: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Scalar: mean squared distance of the student's map [n, width, h, w], where need be made as coarse as the teacher's, from
        the teacher's [n, teacher_width, h', w'], as a part of the teacher's variance."""
        if own.shape[2:] != seen.shape[2:]:
            own = F.adaptive_avg_pool2d(own, seen.shape[2:])
        wanted = (seen.permute(0, 2, 3, 1) - self.mean) / self.deviation
        return (self.to_teacher(own.permute(0, 2, 3, 1)).float() - wanted).pow(2).mean()


class Whole(nn.Module):
    """From the student's features to the principal components of the teacher's, each of variance one: what tells ages apart varies
    little beside what tells a turned face from a straight one, and would be lost among it."""

    def __init__(self, width: int, teacher_width: int, components: int = 128, needed: int = 3000):
        """needed: faces to find the components from; before that many were met the distance is 0."""
        super().__init__()
        components = min(components, teacher_width)
        self.to_teacher = nn.Linear(width, components)
        self.needed = max(needed, 2 * components)
        self.met: list[torch.Tensor] = []
        self.register_buffer("mean", torch.zeros(teacher_width))
        self.register_buffer("axes", torch.zeros(teacher_width, components))

    @property
    def measured(self) -> bool:
        """True once the components are known."""
        return bool(self.axes.any())

    @torch.no_grad()
    def measure(self, seen: torch.Tensor) -> None:
        """Gathers features [n, teacher_width] until there are enough to find their components."""
        if self.measured:
            return
        self.met.append(seen)
        if sum(len(m) for m in self.met) >= self.needed:
            met = torch.cat(self.met)
            self.met.clear()
            self.mean.copy_(met.mean(0))
            centred = met - self.mean
            with torch.autocast(met.device.type, enabled=False):  # half precision would lose the small variances among the large
                variance, axes = torch.linalg.eigh(centred.T @ centred / len(met))
            kept = self.axes.shape[1]
            self.axes.copy_(axes[:, -kept:] / variance[-kept:].clamp(min=1e-8).sqrt())

    def distance(self, own: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Scalar: mean squared distance of the student's features [n, width], mapped, from the teacher's components."""
        if not self.measured:
            return own.new_zeros(())
        with torch.autocast(own.device.type, enabled=False):  # as in `measure`
            return (self.to_teacher(own) - (seen - self.mean) @ self.axes).pow(2).mean()


class Matching(nn.Module):
    """A teacher, and the linear maps from what the student sees to what it sees."""

    def __init__(self, teacher: Network, widths: tuple[int, ...]):
        """widths: channels of the student's maps (`Network.map_widths`). The maps are paired from the last one backwards."""
        super().__init__()
        self.teacher = [teacher.eval().requires_grad_(False)]  # in a list: no part of the parameters that are trained and saved
        self.places = nn.ModuleList(Place(own, seen) for own, seen in zip(widths[::-1], teacher.map_widths[::-1]))
        self.whole = Whole(widths[-1], teacher.trunk.width)

    def _apply(self, change):
        super()._apply(change)
        for teacher in self.teacher:
            teacher._apply(change)
        return self

    @torch.no_grad()
    def watch(self, faces: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The teacher's word on a batch of views, float [n, 3, S, S] of 0..255; its trunk computes in what the caller's autocast says.

        Returns latents float32 [n, pseudo.WIDTH] and the maps it sees, float32 [n, channels, h, w] each.
        """
        teacher = self.teacher[0]
        maps = [seen.float() for seen in teacher.maps(faces)]
        for place, own in zip(self.places, maps[::-1]):
            place.measure(own)
        features = maps[-1].mean((2, 3))
        self.whole.measure(features)
        with torch.autocast(faces.device.type, enabled=False):
            return join(teacher.heads(features)), maps

    def distance(self, maps: list[torch.Tensor], watched: list[torch.Tensor]) -> torch.Tensor:
        """Scalar: how far the student's maps are from the teacher's at each place, means of all pairs, and how far what the heads read."""
        pairs = [place.distance(own, seen) for place, own, seen in zip(self.places, maps[::-1], watched[::-1])]
        return sum(pairs) / len(pairs) + self.whole.distance(maps[-1].float().mean((2, 3)), watched[-1].mean((2, 3)))


def mix(faces: torch.Tensor, count: int, random: torch.Generator) -> None:
    """Mixes each of the last `count` of the faces [n, 3, S, S] with another of the batch, in a random proportion."""
    if not count:
        return
    share = torch.rand(count, 1, 1, 1, generator=random, device=faces.device)
    other = torch.randperm(len(faces), generator=random, device=faces.device)[:count]
    faces[-count:] = share * faces[-count:] + (1 - share) * faces[other]
