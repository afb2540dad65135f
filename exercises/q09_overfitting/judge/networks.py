"""Twenty networks of one configuration side by side: their numbers, outputs and gradients.

Every array has an axis of seeds in front, so that twenty networks cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from noisy_xor import SEEDS, TRAINING

Array = np.ndarray[Any, Any]

MOST_WORK = 3_000_000  # one to two seconds of processor time; see `Config.most_epochs`
STEEP = 60.0  # beyond it a sigmoid is 0 or 1


def sigmoid(z: Array) -> Array:
    values: Array = 1 / (1 + np.exp(-np.clip(z, -STEEP, STEEP)))
    return values


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    # the function, and its derivative from its value
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(a.dtype)),
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "linear": (lambda z: z, np.ones_like),
}


@dataclass(frozen=True, slots=True)
class Config:
    """The hyperparameters of one run."""

    widths: tuple[int, ...]
    activation: str
    epochs: int
    lr: float
    batch: int
    l2: float
    dropout: float
    early_stopping: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        return (2, *self.widths, 1)

    @property
    def most_epochs(self) -> int:
        """Return how many epochs are trained: those that were asked for, within the bound on work.

        A step costs about as much as 400 weights, whatever the network, and then for each weight.
        """
        weights = sum((a + 1) * b for a, b in pairwise(self.sizes))
        steps = -(-TRAINING // self.batch)
        return max(1, min(self.epochs, MOST_WORK // ((400 + weights) * steps)))


class Networks:
    """One network for each seed; all their numbers lie in one array, for Adam."""

    def __init__(self, config: Config, first: int) -> None:
        self.bend, self.slope = ACTIVATIONS[config.activation]
        shapes = [shape for a, b in pairwise(config.sizes) for shape in ((a, b), (1, b))]
        lengths = [rows * columns for rows, columns in shapes]
        self.numbers = np.zeros((SEEDS, sum(lengths)), dtype=np.float32)
        self.gradient = np.zeros_like(self.numbers)
        self.layers = list(_views(self.numbers, shapes))
        self.gradients = list(_views(self.gradient, shapes))
        for place, (W, _) in enumerate(self.layers):
            limit = np.sqrt(6 / sum(W.shape[1:]))  # Glorot and Bengio, 2010
            for seed in range(SEEDS):
                rng = np.random.default_rng([first + seed, place])
                W[seed] = rng.uniform(-limit, limit, size=W.shape[1:])

    def logits(self, X: Array) -> Array:
        *hidden, (W, b) = self.layers
        for V, c in hidden:
            X = X @ V
            X += c
            X = self.bend(X)
        result: Array = X @ W + b
        return result

    def backward(self, X: Array, y: Array, config: Config, rng: np.random.Generator) -> None:
        """Put the gradient of the mean cross-entropy and the L2 penalty into ``gradient``."""
        *hidden, (W, b) = self.layers
        inputs, slopes = [X], []
        for V, c in hidden:
            a = inputs[-1] @ V
            a += c
            a = self.bend(a)
            slope = self.slope(a)
            if config.dropout:
                kept = rng.random(a.shape, dtype=np.float32) >= config.dropout
                mask = kept / np.float32(1 - config.dropout)
                a, slope = a * mask, slope * mask
            inputs.append(a)
            slopes.append(slope)
        delta = (sigmoid(inputs[-1] @ W + b) - y) / np.float32(y.shape[1])
        for place in reversed(range(len(self.layers))):
            (W, _), (dW, db) = self.layers[place], self.gradients[place]
            np.matmul(inputs[place].transpose(0, 2, 1), delta, out=dW)
            np.sum(delta, axis=1, keepdims=True, out=db)
            if config.l2:
                dW += np.float32(2 * config.l2) * W
            if place:
                delta = delta @ W.transpose(0, 2, 1)
                delta *= slopes[place - 1]


def _views(numbers: Array, shapes: Sequence[tuple[int, int]]) -> Iterator[tuple[Array, Array]]:
    """Yield (W, b) of each layer as parts of an array (seeds, numbers)."""
    lengths = [rows * columns for rows, columns in shapes]
    parts = np.split(numbers, np.cumsum(lengths)[:-1], axis=1)
    found = [part.reshape(SEEDS, *shape) for part, shape in zip(parts, shapes, strict=True)]
    yield from zip(found[::2], found[1::2], strict=True)
