"""The two models in NumPy, and data on which they are compared: two classes that overlap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
Change = Callable[[float, int], float]  # of the Perceptron's step, by z and the label
Error = Callable[[Array, Array, float], Array]  # of the outputs, by z = Xw + b, y and b

STEPS, RATE = 3000, 1.0  # the stub's defaults
SETTLED = 1e-6  # how close to the lowest point the descent must get on data that are drawn
LARGEST = 6.0  # weights at the lowest point: with larger ones the classes hardly overlap


class Data(NamedTuple):
    """Samples of two classes that no plane separates, and where the log loss is least."""

    X: Array  # (m, n)
    y: Array  # (m,), 0 or 1
    best: Array  # (n + 1,), the bias last


def sigmoid(z: Any) -> Any:
    """Return 1 / (1 + exp(-z)), by way of tanh, which never overflows."""
    return 0.5 * (1 + np.tanh(z / 2))


def softmax(z: Array) -> Array:
    """Return the probabilities of the classes, (m, k), for z (m, k)."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def error(z: Array, y: Array, _: float) -> Array:
    """Return the error that belongs to the log loss."""
    return sigmoid(z) - y


def rule(change: Change) -> Callable[..., tuple[Array, float]]:
    """Return the step that adds eta · change · x to w, and eta · change to b."""

    def step(w: Array, b: float, x: Array, y: int, eta: float) -> tuple[Array, float]:
        by = eta * change(float(x @ w + b), y)
        return w + by * x, b + by

    return step


def gradient(of: Error) -> Callable[..., tuple[Array, float]]:
    """Return the gradient that comes of an error: the mean of error · input."""

    def by_w_and_b(X: Array, y: Array, w: Array, b: float) -> tuple[Array, float]:
        off = of(X @ w + b, y, b)
        return X.T @ off / len(y), float(off.mean())

    return by_w_and_b


def columns(X: Array) -> Array:
    """Return X with a column of ones, whose weight is the bias."""
    return np.column_stack([X, np.ones(len(X))])


def log_loss(X: Array, y: Array, weights: Array) -> float:
    """Return the mean log loss; ``weights`` is (n + 1,), the bias last."""
    z = columns(X) @ weights
    return float(np.mean(np.logaddexp(0, z) - y * z))


def descend(X: Array, y: Array, of: Error = error, steps: int = STEPS) -> Array:
    """Return weights and bias, (n + 1,), after gradient descent from zero."""
    inputs, weights = columns(X), np.zeros(X.shape[1] + 1)
    for _ in range(steps):
        step = RATE * inputs.T @ of(inputs @ weights, y, weights[-1]) / len(y)
        weights = weights - step
        if np.abs(step).max() < 1e-15:  # at rest: the remaining steps change nothing
            break
    return weights


def lowest(inputs: Array, y: Array, pull: Any = 0.0) -> Array:
    """Return the weights, (n,), of the least log loss, by Newton's method; nan if there are none.

    ``pull``, a number or (n,), adds pull/2 · w² to the loss summed over the samples.
    """
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        p = sigmoid(inputs @ weights)
        slope = inputs.T @ (p - y) + pull * weights
        curvature = (inputs.T * (p * (1 - p))) @ inputs + np.diag(pull + np.zeros(len(weights)))
        try:
            step = np.linalg.solve(curvature, slope)
        except np.linalg.LinAlgError:
            break
        weights = weights - step
        if np.abs(step).max() < 1e-12:
            return weights
    return np.full(len(weights), np.nan)


def overlapping(rng: np.random.Generator, m: int, n: int, apart: float = 1.2) -> Data:
    """Draw m samples of two classes, their means at most ``apart`` standard deviations apart.

    They are centred, and drawn again until the log loss has a lowest point, which proves that no
    plane separates them, and the descent of the task gets there.
    """
    while True:
        y = rng.permutation((np.arange(m) < 0.4 * m).astype(int))
        towards = rng.normal(size=n)
        towards *= rng.uniform(0.75, 1) * apart / np.linalg.norm(towards)
        X = rng.normal(size=(m, n)) + np.outer(y, towards)
        X = np.round(X - X.mean(axis=0), 2)
        best = lowest(columns(X), y)
        if np.abs(best).max() <= LARGEST and np.abs(descend(X, y) - best).max() <= SETTLED:
            return Data(X, y, best)
