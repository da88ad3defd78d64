"""Residual networks (He et al. 2016, "Deep Residual Learning for Image Recognition"), table 1."""
from __future__ import annotations

import torch
from torch import nn


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Sequential:
    """Convolution and batch normalisation."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs))


class Block(nn.Module):
    """A residual block; `bottleneck` is the 1-3-1 form with four times as many outputs as inner channels."""

    def __init__(self, inputs: int, inner: int, stride: int, bottleneck: bool):
        super().__init__()
        outputs = inner * 4 if bottleneck else inner
        if bottleneck:
            self.body = nn.Sequential(convolution(inputs, inner, 1), nn.ReLU(inplace=True),
                                      convolution(inner, inner, 3, stride), nn.ReLU(inplace=True),
                                      convolution(inner, outputs, 1))
        else:
            self.body = nn.Sequential(convolution(inputs, inner, 3, stride), nn.ReLU(inplace=True),
                                      convolution(inner, outputs, 3))
        nn.init.zeros_(self.body[-1][1].weight)
        self.skip = convolution(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h / stride, w / stride]."""
        return torch.relu(self.body(x) + self.skip(x))


class ResNet(nn.Module):
    """Stem, four stages, global mean; the stem and the first `frozen` blocks do not learn while it is above 0."""

    def __init__(self, depths: tuple[int, int, int, int], bottleneck: bool):
        super().__init__()
        self.frozen = 0
        self.stem = nn.Sequential(convolution(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1))
        stages, inputs = [], 64
        for i, depth in enumerate(depths):
            inner = 64 * 2**i
            for j in range(depth):
                stages.append(Block(inputs, inner, 2 if i and j == 0 else 1, bottleneck))
                inputs = inner * 4 if bottleneck else inner
        self.stages = nn.Sequential(*stages)
        self.width = inputs
        self.third = sum(depths[:3])
        self.map_widths = (inputs // 2, inputs)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def freeze(self, blocks: int) -> None:
        """Stops the stem and the first blocks from learning, at most those of the first three stages."""
        if blocks > self.third:
            raise ValueError(f"At most {self.third} blocks of this network can be frozen ('freeze' in the config).")
        self.frozen = blocks
        for part in (self.stem, *self.stages[:blocks]) if blocks else ():
            part.requires_grad_(False)

    def maps(self, x: torch.Tensor) -> list[torch.Tensor]:
        """[n, 3, S, S] to what the last two stages see: [n, width / 2, S / 16, S / 16] and [n, width, S / 32, S / 32]."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.stages[:self.frozen](self.stem(x))
        third = self.stages[self.frozen:self.third](x)
        return [third, self.stages[self.third:](third)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] to [n, width]."""
        return self.maps(x)[-1].mean((2, 3))
