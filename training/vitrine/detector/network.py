"""The student: a small depthwise separable detector with three strides.

Same tensor contract as YuNet (see `codec`), another body: a narrow stem, one
dense convolution down to a quarter of the size, most of the capacity at
strides 8 and 16, a top-down pyramid, and one fused head per stride.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from vitrine.detector.codec import STRIDES

HEAD_CHANNELS = 16  # cls 1, obj 1, bbox 4, kps 10
HEAD_SLICES = {"cls": slice(0, 1), "obj": slice(1, 2), "bbox": slice(2, 6), "kps": slice(6, 16)}


@dataclass(frozen=True)
class Width:
    """Channels of the parts of the network and units per stage."""

    stem: int = 8
    quarter: int = 24
    eighth: int = 64
    sixteenth: int = 96
    half_32: int = 96
    neck: int = 64
    units_4: int = 1
    units_8: int = 3
    units_16: int = 3
    units_32: int = 2
    landmark: int = 0  # of the branch that corrects landmarks at strides 16 and 32; 0: none

    def as_dict(self) -> dict:
        return asdict(self)


class Dense(nn.Sequential):
    """3x3 convolution, normalisation, ReLU."""

    def __init__(self, inner: int, outer: int, stride: int):
        super().__init__(
            nn.Conv2d(inner, outer, 3, stride, 1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(inplace=True)
        )


class Unit(nn.Sequential):
    """1x1 convolution, 3x3 depthwise convolution, normalisation, ReLU."""

    def __init__(self, inner: int, outer: int):
        super().__init__(
            nn.Conv2d(inner, outer, 1, bias=False),
            nn.Conv2d(outer, outer, 3, 1, 1, groups=outer, bias=False),
            nn.BatchNorm2d(outer),
            nn.ReLU(inplace=True),
        )


class Down(nn.Sequential):
    """Halves the size: 3x3 depthwise convolution with stride 2, then 1x1, normalisation, ReLU."""

    def __init__(self, inner: int, outer: int):
        super().__init__(
            nn.Conv2d(inner, inner, 3, 2, 1, groups=inner, bias=False),
            nn.Conv2d(inner, outer, 1, bias=False),
            nn.BatchNorm2d(outer),
            nn.ReLU(inplace=True),
        )


def _stage(inner: int, outer: int, units: int) -> nn.Sequential:
    return nn.Sequential(Down(inner, outer), *[Unit(outer, outer) for _ in range(units)])


class Head(nn.Sequential):
    """Cell features to 16 raw numbers a cell: the four heads of YuNet in one pair of convolutions."""

    def __init__(self, channels: int):
        super().__init__(
            nn.Conv2d(channels, HEAD_CHANNELS, 1),
            nn.Conv2d(HEAD_CHANNELS, HEAD_CHANNELS, 3, 1, 1, groups=HEAD_CHANNELS),
        )


class LandmarkBranch(nn.Sequential):
    """Cell features to a correction of the ten landmark numbers; starts as no correction at all.

    The head gives all it knows through 16 channels in one linear step: enough for scores and boxes, too little for landmarks.
    """

    def __init__(self, channels: int, inner: int):
        super().__init__(Unit(channels, inner), Unit(inner, inner), nn.Conv2d(inner, 10, 1))


class FaceDetector(nn.Module):
    """BGR pictures 0..255 [B, 3, H, W] to raw maps; H and W multiples of 32."""

    def __init__(self, width: Width = Width()):
        super().__init__()
        w = self.width = width
        self.stem = Dense(3, w.stem, 2)
        self.quarter = nn.Sequential(
            Dense(w.stem, w.quarter, 2), *[Unit(w.quarter, w.quarter) for _ in range(w.units_4)]
        )
        self.eighth = _stage(w.quarter, w.eighth, w.units_8)
        self.sixteenth = _stage(w.eighth, w.sixteenth, w.units_16)
        self.half_32 = _stage(w.sixteenth, w.half_32, w.units_32)
        self.lateral = nn.ModuleList([nn.Conv2d(c, w.neck, 1) for c in (w.eighth, w.sixteenth, w.half_32)])
        self.smooth = nn.ModuleList([Unit(w.neck, w.neck) for _ in STRIDES])
        self.heads = nn.ModuleList([Head(w.neck) for _ in STRIDES])
        # At stride 8 faces are too small for it to pay, and cells too many.
        self.landmarks = nn.ModuleList([LandmarkBranch(w.neck, w.landmark) for _ in STRIDES[1:]] if w.landmark else [])
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self._initialise()

    def _initialise(self) -> None:
        """He initialisation; scores start near 0.01 so that the first steps are not all background."""
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                fan_out = module.weight[0, 0].numel() * module.out_channels / module.groups
                nn.init.normal_(module.weight, 0, (2.0 / max(fan_out, module.weight[0].numel())) ** 0.5)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        for head in self.heads:
            nn.init.constant_(head[1].bias[0:2], -4.0)
        for branch in self.landmarks:
            nn.init.zeros_(branch[-1].weight)

    def features(self, images: Tensor) -> list[Tensor]:
        """Neck features at strides 8, 16, 32: what the heads read and the teacher's hints are compared with."""
        x = self.quarter(self.stem((images - 127.5) * (1 / 64)))
        c8 = self.eighth(x)
        c16 = self.sixteenth(c8)
        c32 = self.half_32(c16)
        p32 = self.smooth[2](self.lateral[2](c32))
        p16 = self.smooth[1](self.lateral[1](c16) + self.up(p32))
        p8 = self.smooth[0](self.lateral[0](c8) + self.up(p16))
        return [p8, p16, p32]

    def read(self, features: list[Tensor]) -> list[Tensor]:
        """Neck features to raw maps [B, 16, H/s, W/s] for s in 8, 16, 32: cls and obj logits, bbox, kps (`HEAD_SLICES`)."""
        maps = [head(f) for head, f in zip(self.heads, features)]
        first = HEAD_SLICES["kps"].start
        for i, branch in enumerate(self.landmarks, 1):
            maps[i] = torch.cat([maps[i][:, :first], maps[i][:, first:] + branch(features[i])], 1)
        return maps

    def forward(self, images: Tensor) -> list[Tensor]:
        """Pictures to raw maps, see `read`."""
        return self.read(self.features(images))


class Contract(nn.Module):
    """The network with the outputs of the file: twelve maps [B, n, c], scores after the sigmoid."""

    def __init__(self, network: FaceDetector):
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        maps = [m.permute(0, 2, 3, 1).reshape(1, -1, HEAD_CHANNELS) for m in self.network(images)]
        outputs = []
        for kind, part in HEAD_SLICES.items():
            for m in maps:
                value = m[:, :, part]
                outputs.append(value.sigmoid() if kind in ("cls", "obj") else value)
        return tuple(outputs)


def parameter_count(network: nn.Module) -> int:
    """Number of trained weights."""
    return sum(p.numel() for p in network.parameters())
