"""What the judge measures itself: numbers are compared with its own, never with stored ones.

A network that several questions or several students need is trained once in a process.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from trainer import Runs, hidden_deltas, train

Widths = Sequence[int]

EPOCHS, SOLVED = 200, 0.05
POOL = {  # the networks that questions are asked about: (seeds from 0 on, epochs)
    ((2,), "tanh"): (20, EPOCHS),
    ((3,), "tanh"): (200, EPOCHS),
    ((8,), "relu"): (20, EPOCHS),
    ((4, 2), "tanh"): (40, EPOCHS),
    ((4, 2), "relu"): (40, 100),
    ((4, 4, 4), "relu"): (20, 100),
}
_ONE_AT_A_TIME = threading.Lock()  # two submissions side by side would both train the same network


def runs(hidden: Widths, activation: str) -> Runs:
    """Return the judge's runs of one of the networks in the pool."""
    return trained(hidden, activation, *POOL[tuple(hidden), activation])


def trained(
    hidden: Widths, activation: str, seeds: int, epochs: int = EPOCHS, rate: float = 0.03
) -> Runs:
    """Train any network on "circle" from the seeds 0, 1, …"""
    with _ONE_AT_A_TIME:
        return _trained(tuple(hidden), activation, seeds, epochs, rate)


@lru_cache(maxsize=64)  # what students return is trained too, so there is no end to it
def _trained(hidden: Widths, activation: str, seeds: int, epochs: int, rate: float) -> Runs:
    return train(hidden, activation, range(seeds), epochs=epochs, rate=rate)


def losses(hidden: Widths, activation: str, seeds: Sequence[int], epochs: int) -> np.ndarray:
    """Return the losses of some seeds up to an epoch, (seeds, epochs)."""
    return runs(hidden, activation).losses[list(seeds), :epochs]


def count_parameters(hidden: Widths) -> int:
    return sum((inputs + 1) * neurons for inputs, neurons in pairwise([2, *hidden, 1]))


def solved_fraction(
    hidden: Widths,
    activation: str,
    seeds: Sequence[int],
    epochs: int = EPOCHS,
    max_loss: float = SOLVED,
) -> float:
    return float((losses(hidden, activation, seeds, epochs)[:, -1] < max_loss).mean())


def median_epochs(
    hidden: Widths,
    activation: str,
    seeds: Sequence[int],
    epochs: int = EPOCHS,
    max_loss: float = SOLVED,
) -> float:
    return median_of_firsts(losses(hidden, activation, seeds, epochs), max_loss)


def median_of_firsts(curves: np.ndarray, max_loss: float = SOLVED) -> float:
    """Return the median over the curves that get below a loss of when they first do, or nan."""
    firsts = first_epochs(curves, max_loss)
    return float(np.median(firsts)) if firsts.size else float("nan")


def first_epochs(curves: np.ndarray, max_loss: float) -> np.ndarray:
    """Return when each curve that gets below a loss first does, counted from 1."""
    below = curves < max_loss
    return below[below.any(axis=1)].argmax(axis=1) + 1


def second_differences(z: np.ndarray) -> np.ndarray:
    return z[:, :-2] - 2 * z[:, 1:-1] + z[:, 2:]


def bends(z: np.ndarray) -> float:
    return float((np.abs(second_differences(z)) > 1e-9 * np.abs(z).max()).mean())


def vanishing_ratio(hidden: Widths, activation: str, seeds: Sequence[int]) -> float:
    sizes = deltas(tuple(hidden), activation, tuple(seeds))
    return float(np.median(sizes[:, 0] / sizes[:, -1]))


@lru_cache(maxsize=64)
def deltas(hidden: Widths, activation: str, seeds: Sequence[int]) -> np.ndarray:
    """Return the sizes of the back-propagated errors, (seeds, hidden layers)."""
    return hidden_deltas(hidden, activation, seeds)


@cache
def rising() -> tuple[list[int], int, float]:
    """Return seeds, epochs and a loss with which the last loss and the best one tell apart.

    The networks [4, 4, 4] with ReLU have rough paths: the first of the seeds is one whose loss has
    just risen, from below that limit to above it.
    """
    curves = runs((4, 4, 4), "relu").losses
    rise = curves / np.minimum.accumulate(curves, axis=1)
    seed, last = np.unravel_index(rise.argmax(), rise.shape)
    limit = curves[seed, last] / np.sqrt(rise[seed, last])
    others = [other for other in range(3) if other != seed][:2]
    return [int(seed), *others], int(last) + 1, round(float(limit), 5)


@cache
def lines(activation: str) -> np.ndarray:
    """Return z of a trained network [4, 2] along straight segments, (segments, points)."""
    ends = np.random.default_rng(1).uniform(-6, 6, (2, 8, 1, 2))
    along = np.linspace(0, 1, 33)[:, None]
    points = ends[0] * (1 - along) + ends[1] * along
    return runs((4, 2), activation).scores(points.reshape(-1, 2))[0].reshape(points.shape[:2])
