"""Trains one configuration on all data sets at once: Adam, early stopping, learning curves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from networks import Array, Config, Networks
from noisy_xor import SEEDS, TRAINING, Part, sets

PATIENCE = 20  # epochs without a better validation loss, after which early stopping ends
POINTS = 20  # of a learning curve
ROWS = 50  # at once: larger products make OpenBLAS start threads, which cost more than they save
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # Adam as in Keras


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
