"""Twenty small noisy data sets that no line separates: where an overfitting network is trained.

Two inputs, uniform in [-3, 3].  The class is 1 where both have one sign, and 6 % of the labels are
flipped, so a network that fits every training point has learned the noise.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]

SEEDS = 20
TRAINING, VALIDATION, TEST = 60, 100, 250  # points of each set
SPREAD, FLIPPED = 3.0, 0.06


class Part(NamedTuple):
    """Points of every data set: X (seeds, points, 2) and labels y (seeds, points, 1), 0 or 1."""

    X: Array
    y: Array


class Sets(NamedTuple):
    """What is trained on, what early stopping watches, and what nothing has seen."""

    training: Part
    validation: Part
    test: Part


@cache
def sets(first: int = 0) -> Sets:
    """Return the data sets of the seeds from ``first`` on."""
    drawn = [_draw(seed) for seed in range(first, first + SEEDS)]
    X, y = (np.stack(part).astype(np.float32) for part in zip(*drawn, strict=True))
    ends = np.cumsum((TRAINING, VALIDATION))
    parts = zip(np.split(X, ends, axis=1), np.split(y, ends, axis=1), strict=True)
    return Sets(*(Part(*part) for part in parts))


def _draw(seed: int) -> tuple[Array, Array]:
    rng = np.random.default_rng([9, seed])
    count = TRAINING + VALIDATION + TEST
    X = rng.uniform(-SPREAD, SPREAD, size=(count, 2))
    label = (X[:, 0] * X[:, 1] > 0) ^ (rng.random(count) < FLIPPED)
    return X, label[:, None]
