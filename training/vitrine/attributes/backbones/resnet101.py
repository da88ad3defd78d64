"""ResNet-101."""
from .resnet import ResNet


def build() -> ResNet:
    """Untrained."""
    return ResNet((3, 4, 23, 3), bottleneck=True)
