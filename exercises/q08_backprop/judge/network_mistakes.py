"""Known mistakes with the network: a sentence is said where its function explains every answer.

In the sentences about gradients, {who} is what is wrong, and {m} and {k} are sizes of the batch.
"""

from __future__ import annotations

from collections.abc import Callable

import mlp
import numpy as np
from mlp import Array, Batch, Params

WrongGradient = Callable[[Batch], Params]


def back(batch: Batch, d2: Array, slope: Array | None = None, source: str = "A1") -> Params:
    """Return the four gradients that follow from a δ2, a slope of tanh and an input of layer 2."""
    kept = mlp.forward(batch.params, batch.X)
    slope = 1 - kept["A1"] ** 2 if slope is None else slope
    d1 = (d2 @ batch.params[2].T) * slope
    return [batch.X.T @ d1, d1.sum(axis=0), kept[source].T @ d2, d2.sum(axis=0)]


def delta(batch: Batch) -> Array:
    """Return the true δ2, (m, k)."""
    right: Array = (probabilities(batch) - mlp.one_hot(batch)) / len(batch.X)
    return right


def probabilities(batch: Batch) -> Array:
    return mlp.forward(batch.params, batch.X)["Y"]


def hidden(batch: Batch, key: str = "A1") -> Array:
    return mlp.forward(batch.params, batch.X)[key]


def averaged(batch: Batch) -> Params:
    dW1, db1, dW2, db2 = mlp.gradients(batch)
    return [dW1, db1 / len(batch.X), dW2, db2 / len(batch.X)]


OF_GRADIENTS: dict[str, WrongGradient] = {
    "{who} m = {m} times too large: the loss is a mean over the rows, so divide by m once.": (
        lambda b: back(b, delta(b) * len(b.X))
    ),
    "{who} turned round, so a step against the gradient climbs: δ2 is the probabilities minus the "
    "one-hot targets, not the targets minus the probabilities.": lambda b: back(b, -delta(b)),
    "For softmax with cross-entropy δ2 is (Y − T)/m, with T the one-hot targets; there is no extra "
    "factor Y(1 − Y).": lambda b: back(b, delta(b) * probabilities(b) * (1 - probabilities(b))),
    "{who} k = {k} times too small: average over the m rows only, not over the k classes too.": (
        lambda b: back(b, delta(b) / b.params[2].shape[1])
    ),
    "Layer 2 is right, layer 1 is not: the slope of tanh is missing. Multiply by 1 − A1².": (
        lambda b: back(b, delta(b), np.ones_like(hidden(b)))
    ),
    "Use the activation A1, not Z1: the slope of tanh is 1 − A1².": (
        lambda b: back(b, delta(b), 1 - hidden(b, "Z1") ** 2)
    ),
    "A1(1 − A1) is the sigmoid's derivative; that of tanh is 1 − A1².": (
        lambda b: back(b, delta(b), hidden(b) * (1 - hidden(b)))
    ),
    "1 − A1 lacks the square: the slope of tanh is 1 − A1².": (
        lambda b: back(b, delta(b), 1 - hidden(b))
    ),
    "That is ReLU's slope; the hidden layer has tanh, with slope 1 − A1².": (
        lambda b: back(b, delta(b), (hidden(b) > 0) * 1.0)
    ),
    "{who} divided by m twice: 1/m is already in δ, so sum over the rows.": averaged,
    "The input of layer 2 is A1, not Z1: multiply δ2 by A1, transposed.": (
        lambda b: back(b, delta(b), source="Z1")
    ),
    "The targets are missing: δ2 is the probabilities minus the one-hot targets.": (
        lambda b: back(b, probabilities(b) / len(b.X))
    ),
}


OLD_W2 = (
    "δ1 uses the *old* W2; yours had already been moved by {rate:.3g} · dW2. Compute all gradients "
    "first, then step."
)


def moved_by(batch: Batch, dW1: Array) -> float | None:
    """Return the learning rate by which W2 was moved before δ1 was computed, if it was.

    With W2 − η·dW2 in place of W2, dW1 is off by η times a matrix that can be computed.
    """
    true, d2 = mlp.gradients(batch), delta(batch)
    moved = batch._replace(params=[*batch.params[:2], true[2], batch.params[3]])
    off = back(moved, d2)[0]
    rate = float(np.vdot(off, true[0] - dW1) / np.vdot(off, off))
    explained = np.allclose(true[0] - rate * off, dW1, rtol=1e-9, atol=1e-12)
    return rate if explained and abs(rate) > 1e-9 else None


def logits(p: Params, X: Array) -> Array:
    sums: Array = np.tanh(X @ p[0] + p[1]) @ p[2] + p[3]
    return sums


OF_FORWARD: dict[str, dict[str, Callable[[Params, Array], Array]]] = {
    "Z1": {
        "The bias is missing: Z1 = X @ W1 + b1.": lambda p, X: X @ p[0],
        "That is A1: Z1 is what goes into tanh.": lambda p, X: mlp.forward(p, X)["A1"],
        "The bias is subtracted; it is to be added.": lambda p, X: X @ p[0] - p[1],
    },
    "A1": {
        "The activation is missing: A1 = tanh(Z1).": lambda p, X: X @ p[0] + p[1],
        "That is the sigmoid; the hidden layer has tanh.": (
            lambda p, X: 1 / (1 + np.exp(-(X @ p[0] + p[1])))
        ),
        "That is ReLU; the hidden layer has tanh.": lambda p, X: np.maximum(0, X @ p[0] + p[1]),
    },
    "Y": {
        "These are the sums that go into softmax; softmax itself is missing.": logits,
        "Softmax runs down the columns: each row must add up to 1.": (
            lambda p, X: mlp.softmax(logits(p, X), axis=0)
        ),
        "Softmax divides by the sum of the whole batch: each row must add up to 1.": (
            lambda p, X: np.exp(logits(p, X)) / np.exp(logits(p, X)).sum()
        ),
        "These are the powers alone: divide each row by its sum.": (
            lambda p, X: np.exp(logits(p, X))
        ),
        "That is a sigmoid for each class; the classes exclude each other, so use softmax.": (
            lambda p, X: 1 / (1 + np.exp(-logits(p, X)))
        ),
        "The bias b2 is missing.": lambda p, X: mlp.softmax(logits(p, X) - p[3]),
        "Layer 2 was given Z1; its input is A1.": (
            lambda p, X: mlp.softmax((X @ p[0] + p[1]) @ p[2] + p[3])
        ),
        "Softmax is applied twice.": lambda p, X: mlp.softmax(mlp.forward(p, X)["Y"]),
    },
}


OF_STEP: dict[str, Callable[[Params, Params, float], Params]] = {
    "That climbs: the gradient points uphill, so subtract it.": (
        lambda p, g, lr: [a + lr * b for a, b in zip(p, g, strict=True)]
    ),
    "The learning rate is missing.": lambda p, g, _: [a - b for a, b in zip(p, g, strict=True)],
    "That is the step alone; take it from the parameters.": (lambda _, g, lr: [lr * b for b in g]),
    "These are the parameters as they were.": lambda p, _, __: list(p),
    "The gradient is divided by the learning rate; multiply.": (
        lambda p, g, lr: [a - b / lr for a, b in zip(p, g, strict=True)]
    ),
}
