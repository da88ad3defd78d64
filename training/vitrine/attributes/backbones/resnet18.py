"""ResNet-18."""
from .resnet import ResNet


def build() -> ResNet:
    """Untrained."""
    return ResNet((2, 2, 2, 2), bottleneck=False)
