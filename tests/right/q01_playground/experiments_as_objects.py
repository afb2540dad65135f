"""A class that trains an experiment once and remembers it."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np
import trainer as t


@dataclasses.dataclass(frozen=True)
class Experiment:
    hidden: tuple[int, ...]
    activation: str
    seeds: tuple[int, ...]

    @functools.cached_property
    def losses(self) -> np.ndarray:
        return t.train(self.hidden, self.activation, self.seeds).losses

    @functools.cached_property
    def deltas(self) -> np.ndarray:
        return t.hidden_deltas(self.hidden, self.activation, self.seeds)


@functools.cache
def experiment(hidden, activation, seeds):
    return Experiment(hidden, activation, seeds)


def of(hidden, activation, seeds):
    return experiment(tuple(hidden), activation, tuple(seeds))


def count_parameters(hidden):
    if len(hidden) == 1:
        return 4 * hidden[0] + 1
    *front, last = hidden
    return count_parameters(front) - (front[-1] + 1) + (front[-1] + 1) * last + last + 1


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    # Training goes on after `epochs`, but the losses until then are the same.
    return sum(of(hidden, activation, seeds).losses[:, epochs - 1] < max_loss) / len(seeds)


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    losses = of(hidden, activation, seeds).losses[:, :epochs]
    waiting = np.cumprod(losses >= max_loss, axis=1).sum(axis=1)
    there = np.sort(waiting[waiting < epochs] + 1)
    if there.size == 0:
        return np.nan
    return (there[(there.size - 1) // 2] + there[there.size // 2]) / 2


def bends(z):
    middle = (z[:, 2:] + z[:, :-2]) / 2
    return np.mean(2 * np.abs(z[:, 1:-1] - middle) > 1e-9 * np.abs(z).max())


def vanishing_ratio(hidden, activation, seeds):
    deltas = of(hidden, activation, seeds).deltas
    return 1 / np.median(deltas[:, -1] / deltas[:, 0]) if len(seeds) % 2 else np.median(deltas[:, 0] / deltas[:, -1])


def refute_one_neuron():
    return [8, 4, 1]


def refute_small_rate():
    return 0.5


def answers():
    return {
        "relu_boundary": "piecewise_linear",
        "two_neurons": "underfit",
        "small_deltas": "lower",
    }
