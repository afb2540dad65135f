"""Trains one configuration on all data sets at once, in NumPy: Adam, L2, dropout, early stopping.

Every array has an axis of seeds in front, so that twenty networks cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from noisy_xor import SEEDS, TRAINING, Part, sets

Array = np.ndarray[Any, Any]

PATIENCE = 20  # epochs without a better validation loss, after which early stopping ends
MOST_WORK = 3_000_000  # one to two seconds of processor time; see `Config.most_epochs`
POINTS = 20  # of a learning curve
ROWS = 50  # at once: larger products make OpenBLAS start threads, which cost more than they save
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # Adam as in Keras
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


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a configuration, for each seed; curves are means over the seeds."""

    train_losses: tuple[float, ...]  # cross-entropy without the penalty, after the last epoch
    test_losses: tuple[float, ...]  # or with the best weights, where early stopping restores them
    train_accuracy: float
    epochs: tuple[int, ...]  # where the curves have points, counted from 1
    train_curve: tuple[float, ...]
    test_curve: tuple[float, ...]

    @property
    def train(self) -> float:
        return float(np.mean(self.train_losses))

    @property
    def test(self) -> float:
        return float(np.mean(self.test_losses))

    @property
    def gap(self) -> float:
        return self.test - self.train


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


@lru_cache(maxsize=64)
def train(config: Config, first: int = 0) -> Trained:
    """Train a configuration on the data sets of twenty seeds, from ``first`` on."""
    with np.errstate(all="ignore"):  # a rate that is too large ends in nan, which is told
        return _train(config, first)


def _train(config: Config, first: int) -> Trained:
    data = sets(first)
    networks, rng = Networks(config, first), np.random.default_rng(first)
    stopper = Stopper(networks) if config.early_stopping else None
    epochs, step = config.most_epochs, Adam(networks, config.lr)
    shown = set(np.unique(np.geomspace(1, epochs, POINTS).round().astype(int)).tolist())
    curve = []
    for epoch in range(1, epochs + 1):
        order = rng.permutation(TRAINING)
        for start in range(0, TRAINING, config.batch):
            rows = order[start : start + config.batch]
            part = data.training
            networks.backward(part.X[:, rows], part.y[:, rows], config, rng)
            step()
        if epoch in shown:
            losses = (loss(networks, part).mean() for part in (data.training, data.test))
            curve.append((epoch, *map(float, losses)))
        if stopper and stopper.ends(loss(networks, data.validation)):
            break
    if stopper:
        networks.numbers[:] = stopper.best
    right = (networks.logits(data.training.X) > 0) == (data.training.y > 0)
    train_losses, test_losses = (loss(networks, part) for part in (data.training, data.test))
    return Trained(
        tuple(map(float, train_losses)),
        tuple(map(float, test_losses)),
        float(right.mean()),
        *zip(*curve, strict=True),
    )


class Adam:
    """One step of Adam on all numbers at once (Kingma and Ba, 2015)."""

    def __init__(self, networks: Networks, rate: float) -> None:
        self.networks, self.rate, self.steps = networks, rate, 0
        self.mean = np.zeros_like(networks.numbers)
        self.square = np.zeros_like(networks.numbers)
        self.change = np.zeros_like(networks.numbers)

    def __call__(self) -> None:
        gradient, change = self.networks.gradient, self.change
        self.steps += 1
        correction = np.sqrt(1 - BETA_2**self.steps) / (1 - BETA_1**self.steps)
        # In place throughout: fresh arrays of this size would cost more than the arithmetic.
        np.subtract(gradient, self.mean, out=change)
        change *= np.float32(1 - BETA_1)
        self.mean += change
        np.multiply(gradient, gradient, out=change)
        change -= self.square
        change *= np.float32(1 - BETA_2)
        self.square += change
        np.sqrt(self.square, out=change)
        change += np.float32(EPSILON)
        np.divide(self.mean, change, out=change)
        change *= np.float32(self.rate * correction)
        self.networks.numbers -= change


class Stopper:
    """Early stopping with the best weights restored, for each seed on its own."""

    def __init__(self, networks: Networks) -> None:
        self.networks = networks
        self.best = networks.numbers.copy()
        self.lowest = np.full(SEEDS, np.inf)
        self.waited = np.zeros(SEEDS, dtype=int)

    def ends(self, losses: Array) -> bool:
        """Take note of an epoch's validation losses; tell whether all networks have stopped."""
        running = self.waited < PATIENCE
        better = running & (losses < self.lowest)
        self.lowest[better] = losses[better]
        self.best[better] = self.networks.numbers[better]
        self.waited[running] += 1
        self.waited[better] = 0
        return bool((self.waited >= PATIENCE).all())


def loss(networks: Networks, part: Part) -> Array:
    """Return the mean cross-entropy of each network, (seeds,)."""
    slices = range(0, part.X.shape[1], ROWS)
    z = np.concatenate([networks.logits(part.X[:, at : at + ROWS]) for at in slices], axis=1)
    losses = np.maximum(z, 0) - z * part.y + np.log1p(np.exp(-np.abs(z)))
    mean: Array = losses.mean(axis=(1, 2))
    return mean


def _views(numbers: Array, shapes: Sequence[tuple[int, int]]) -> Iterator[tuple[Array, Array]]:
    """Yield (W, b) of each layer as parts of an array (seeds, numbers)."""
    lengths = [rows * columns for rows, columns in shapes]
    parts = np.split(numbers, np.cumsum(lengths)[:-1], axis=1)
    found = [part.reshape(SEEDS, *shape) for part, shape in zip(parts, shapes, strict=True)]
    yield from zip(found[::2], found[1::2], strict=True)
