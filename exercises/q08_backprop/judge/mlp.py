"""The network of the exercise as the judge computes it: forward, loss, gradient, drawn batches.

One hidden layer, X (m, n) → tanh (m, h) → softmax (m, k); the loss is the mean cross-entropy.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
Params = list[Array]

BLOCKS = ("dW1", "db1", "dW2", "db2")
STEP = 6e-6  # of the central differences, whose error is then about 1e-10


class Batch(NamedTuple):
    """Parameters [W1 (n, h), b1 (h,), W2 (h, k), b2 (k,)] and rows with their classes."""

    params: Params
    X: Array  # (m, n)
    y: Array  # (m,) integers below k

    @property
    def sizes(self) -> str:
        (n, h), k = self.params[0].shape, self.params[2].shape[1]
        return f"{n} inputs, {h} hidden neurons, {k} classes, m = {len(self.X)}"


def drawn(
    rng: np.random.Generator, sizes: tuple[int, int, int, int], present: int, digits: int = 16
) -> Batch:
    """Draw a batch of the sizes (n, h, k, m) in which the first ``present`` classes may occur.

    Its numbers are rounded to ``digits`` decimals.
    """
    n, h, k, m = sizes
    shapes = ((n, h), (h,), (h, k), (k,), (m, n))
    *params, X = (rng.normal(size=shape).round(digits) + 0.0 for shape in shapes)
    return Batch(params, X, rng.permutation(np.arange(m) % present))


def forward(params: Params, X: Array) -> dict[str, Array]:
    W1, b1, W2, b2 = params
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    return {"Z1": Z1, "A1": A1, "Y": softmax(A1 @ W2 + b2)}


def softmax(Z: Array, axis: int = 1) -> Array:
    powers = np.exp(Z - Z.max(axis=axis, keepdims=True))
    shares: Array = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def loss(batch: Batch) -> float:
    """Return the mean cross-entropy, from logits, so that no logarithm meets a zero."""
    W1, b1, W2, b2 = batch.params
    Z2 = np.tanh(batch.X @ W1 + b1) @ W2 + b2
    top = Z2.max(axis=1)
    totals = top + np.log(np.exp(Z2 - top[:, None]).sum(axis=1))
    return float(np.mean(totals - Z2[np.arange(len(batch.y)), batch.y]))


def gradients(batch: Batch) -> Params:
    """Return [dW1, db1, dW2, db2] by the chain rule."""
    X = batch.X
    kept = forward(batch.params, X)
    d2 = (kept["Y"] - one_hot(batch)) / len(X)
    d1 = (d2 @ batch.params[2].T) * (1 - kept["A1"] ** 2)
    return [X.T @ d1, d1.sum(axis=0), kept["A1"].T @ d2, d2.sum(axis=0)]


def one_hot(batch: Batch) -> Array:
    targets: Array = np.eye(batch.params[2].shape[1])[batch.y]
    return targets


def differences(batch: Batch) -> Params:
    """Return the gradient without any calculus: central differences, number by number."""
    found = []
    for place, block in enumerate(batch.params):
        slopes = np.empty_like(block)
        for index in np.ndindex(block.shape):
            sides = []
            for side in (STEP, -STEP):
                moved = [array.copy() for array in batch.params]
                moved[place][index] += side
                sides.append(loss(batch._replace(params=moved)))
            slopes[index] = (sides[0] - sides[1]) / (2 * STEP)
        found.append(slopes)
    return found
