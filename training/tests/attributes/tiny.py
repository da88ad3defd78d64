"""A training so small that a step of it takes no time, on the faces of the fixture `cache` (conftest.py)."""
from vitrine.attributes.config import Config, Phase


def config(**changes):
    return Config(**{"name": "tiny", "backbone": "squeezenet", "sets": ["mine"], "phases": [Phase(1.0, 32)], "batch": 6,
                     "hint": 4, "warm_up": 0.1, **changes})
