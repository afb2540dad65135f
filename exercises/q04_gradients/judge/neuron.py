"""One neuron with one input: its activations, their slopes, its training, and what it learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
Function = Callable[[Array], Array]

START = (0.3, 0.2)
RATE, STEPS = 2.0, 500  # the stub's defaults
ENOUGH = 0.95  # of the labels
ONE_STEP = np.array([2.0]), np.array([0]), 0.3  # one sample x with its label, and a rate
SAMPLES = 60


class Samples(NamedTuple):
    """Numbers and labels that change at one threshold, and where plain descent ends on them."""

    x: Array  # (m,)
    y: Array  # (m,), 0 or 1
    end: tuple[float, float]  # w, b


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), by way of tanh, which never overflows."""
    return 0.5 * (1 + np.tanh(z / 2))


def sigmoid_slope(z: Array) -> Array:
    """Return σ′(z)."""
    return 0.25 * (1 - np.tanh(z / 2) ** 2)


def step(z: Array) -> Array:
    """Return 0 below zero and 1 from zero on."""
    return np.where(z >= 0, 1.0, 0.0)


def step_slope(z: Array) -> Array:
    """Return 0, and nan at zero."""
    return np.where(z == 0, np.nan, 0.0)


def flat(_: Array) -> Array:
    """Return a factor of 1: the slope that a rule without one would have."""
    return np.float64(1.0)


def trained(
    x: Array,
    y: Array,
    f: Function = sigmoid,
    slope: Function = sigmoid_slope,
    rate: float = RATE,
    steps: int = STEPS,
) -> tuple[float, float]:
    """Return w and b after gradient descent on half the mean squared error."""
    w, b = START
    with np.errstate(all="ignore"):  # a wrong slope may lead anywhere
        for _ in range(steps):
            z = w * x + b
            delta = (f(z) - y) * slope(z)
            w, b = w - rate * float((delta * x).mean()), b - rate * float(delta.mean())
    return w, b


def loss(x: Array, y: Array, f: Function, w: float, b: float) -> float:
    """Return half the mean squared error of a neuron."""
    with np.errstate(all="ignore"):
        return float(np.mean((f(w * x + b) - y) ** 2)) / 2


def right(x: Array, y: Array, w: float, b: float) -> float:
    """Return the share of the labels on whose side the neuron is."""
    with np.errstate(all="ignore"):
        return float(np.mean((w * x + b >= 0) == (y == 1)))


def samples(rng: np.random.Generator, *, rising: bool) -> Samples:
    """Draw labels that the start gets wrong too often and that plain descent learns."""
    while True:
        threshold = rng.uniform(0.6, 1.2) * (1 if rising else rng.choice([-1, 1]))
        x = rng.uniform(-3, 3, size=SAMPLES)
        x = np.round(x + 0.2 * np.sign(x - threshold), 2)  # a gap around the threshold
        y = ((x > threshold) == rising).astype(int)
        end = trained(x, y)
        if right(x, y, *START) < 0.9 and right(x, y, *end) >= (1 + ENOUGH) / 2:
            return Samples(x, y, end)
