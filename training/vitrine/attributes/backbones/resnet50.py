"""ResNet-50."""
from .resnet import ResNet


def build() -> ResNet:
    """Untrained."""
    return ResNet((3, 4, 6, 3), bottleneck=True)
