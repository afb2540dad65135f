"""What students often write in place of the right rule, gradient or fit, and what to tell them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from models import Array, Data, Error, columns, descend, gradient, lowest, rule, sigmoid, softmax

from grader.show import show

Function = Callable[..., Any]

STABLE = "Use a stable form, in which no exponent is positive."
RAISING = {
    "OverflowError": f"exp(1000) is more than a float can hold. {STABLE}",
    "overflow": f"Overflow at z = −1000: exp(1000) is more than a float can hold. {STABLE}",
    "arrays can be converted": "The functions of `math` take one number; NumPy's take arrays.",
    "truth value of an array": "An array is neither true nor false: `np.where` goes by element.",
}
SUMS = {"could not be broadcast": "To divide the rows by their sums, these need `keepdims=True`."}

right_step = rule(lambda z, y: y - (z >= 0))

OF_STEP: dict[str, Function] = {
    "After the step this sample is more wrong than before: add eta·(y − ŷ)·x.": rule(
        lambda z, y: (z >= 0) - y
    ),
    "With y in {0, 1} a sample of class 0 would never change w: eta·y·x is 0 for it.": rule(
        lambda _, y: y
    ),
    "With y in {0, 1} a sample of class 0 would never change w, not even one that is missed.": (
        rule(lambda z, y: y * (y != (z >= 0)))
    ),
    "Where ŷ = y the weights must stay as they are.": rule(lambda _, y: 2 * y - 1),
    "At z = 0 the output is 1.": rule(lambda z, y: y - (z > 0)),
    "This compares y with a probability; the Perceptron's output is 0 or 1.": rule(
        lambda z, y: y - sigmoid(z)
    ),
    "This compares y with z; the Perceptron's output is 0 or 1.": rule(lambda z, y: y - z),
    "The bias moves too, like a weight whose input is 1.": (
        lambda w, b, x, y, eta: (right_step(w, b, x, y, eta)[0], b)
    ),
    "The learning rate eta is missing.": lambda w, b, x, y, _: right_step(w, b, x, y, 1.0),
}

OF_PROBABILITIES: dict[str, Function] = {
    "The bias is missing: z = Xw + b.": lambda X, w, _: sigmoid(X @ w),
    "This is the Perceptron's output, 0 or 1; asked is how likely the 1 is.": (
        lambda X, w, b: (X @ w + b >= 0) * 1
    ),
    "This is z itself; squash it into the range from 0 to 1.": lambda X, w, b: X @ w + b,
    "This is the probability of class 0, σ(−z).": lambda X, w, b: sigmoid(-X @ w - b),
    f"At z = 1000 this is ∞/∞ = nan. {STABLE}": (
        lambda X, w, b: np.exp(X @ w + b) / (1 + np.exp(X @ w + b))
    ),
}

ERRORS: dict[str, Error] = {
    "This is the gradient of squared error; for log loss σ′ cancels.": (
        lambda z, y, _: (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z))
    ),
    "This uses the Perceptron's 0/1 output; equivalence needs the probability.": (
        lambda z, y, _: (z >= 0) - y
    ),
    "The bias is missing in the outputs, and so both parts are wrong: z = Xw + b.": (
        lambda z, y, b: sigmoid(z - b) - y
    ),
    "This compares the labels with z; it is the probabilities that belong there.": (
        lambda z, y, _: z - y
    ),
    "The sign is turned around: the error is p − y.": lambda z, y, _: y - sigmoid(z),
}


def summed(z: Array, y: Array, _: float) -> Array:
    """Return an error that makes a sum over the samples out of the mean."""
    return len(y) * (sigmoid(z) - y)


def of_gradient(m: int) -> dict[str, Function]:
    """Return the wrong gradients; ``m`` is the number of samples in the first call."""
    right = gradient(lambda z, y, _: sigmoid(z) - y)
    return {
        f"Exactly m = {m} times too large; divide by m.": gradient(summed),
        **{sentence: gradient(wrong) for sentence, wrong in ERRORS.items()},
        f"The part of b is exactly m = {m} times too large; divide it by m, too.": (
            lambda X, y, w, b: (right(X, y, w, b)[0], len(y) * right(X, y, w, b)[1])
        ),
        f"The part of w is exactly m = {m} times too large; divide it by m, too.": (
            lambda X, y, w, b: (len(y) * right(X, y, w, b)[0], right(X, y, w, b)[1])
        ),
        "The part of b is missing: the mean of the errors p − y.": (
            lambda X, y, w, b: (right(X, y, w, b)[0], 0.0)
        ),
    }


def _regularised(data: Data) -> Array:
    pull = np.array([*np.ones(data.X.shape[1]), 0.0])
    return lowest(columns(data.X), data.y, pull)


def _led_by(error: Error, data: Data) -> Array:
    with np.errstate(all="ignore"):
        return descend(data.X, data.y, error)


OF_FIT: dict[str, Callable[[Data], Array]] = {  # where a wrong fit ends: (n + 1,), the bias last
    "sklearn regularises by default (C=1): say C=np.inf, or write the descent yourself.": (
        _regularised
    ),
    "Every number has the opposite sign: the classes are exchanged.": lambda data: -data.best,
    "This is the best fit without a bias: b has a gradient, too.": (
        lambda data: np.append(lowest(data.X, data.y), 0.0)
    ),
    **{
        f"It ends where a wrong gradient leads. {sentence}": partial(_led_by, wrong)
        for sentence, wrong in ERRORS.items()
    },
}


def _by_columns(e: Array) -> Array:
    return e / e.sum(axis=0)


OF_SOFTMAX: dict[str, Function] = {
    "Rows must sum to 1; you normalised columns.": lambda X, W, b: softmax((X @ W + b).T).T,
    "Rows must sum to 1; you divided by the sums of the columns.": (
        lambda X, W, b: _by_columns(np.exp(X @ W + b - (X @ W + b).max(axis=1, keepdims=True)))
    ),
    f"Rows must sum to 1; you normalised columns, and exp(1000) overflows. {STABLE}": (
        lambda X, W, b: _by_columns(np.exp(X @ W + b))
    ),
    "All numbers together sum to 1; each row has to.": (
        lambda X, W, b: softmax((X @ W + b).reshape(1, -1)).reshape(len(X), -1)
    ),
    "The bias is missing: z = XW + b.": lambda X, W, _: softmax(X @ W),
    "This is a sigmoid for each class by itself: the rows do not sum to 1.": (
        lambda X, W, b: sigmoid(X @ W + b)
    ),
    "This is z; it has to become positive, and each row to sum to 1.": lambda X, W, b: X @ W + b,
    f"Right while z is small; exp(1000) is more than a float can hold. {STABLE}": (
        lambda X, W, b: np.exp(X @ W + b) / np.exp(X @ W + b).sum(axis=1, keepdims=True)
    ),
}

NEEDED = {  # what turns a Perceptron into Logistic Regression: why it cannot be left out
    "activation": "The step has no slope to follow; the logistic function has one, and it gives a "
    "probability.",
    "training_by_gd": "The Perceptron's rule mends one mistake after the other and never settles; "
    "Logistic Regression goes down the slope of a loss.",
    "cross_entropy": "Sigmoid and gradient descent alone are not enough: with squared error the "
    "weights end elsewhere. The loss has to be the right one.",
}
SUPERFLUOUS = {
    "more_layers": "Both models are one neuron; with more layers it would be an MLP.",
    "scaling": "Scaled inputs help a descent along, but either model can be given either inputs.",
}


def of_changes(given: Any) -> str | None:
    """Say which of the named changes is the first wrong one; None where they are right."""
    if not isinstance(given, (set, frozenset, list, tuple)) or not given:
        return "Return a set or a list of names from the stub."
    for name in given:
        if not isinstance(name, str) or name not in NEEDED | SUPERFLUOUS:
            return f"{show(name)} is not one of the five names in the stub."
    for name, reason in SUPERFLUOUS.items():
        if name in given:
            return f"{show(name)} is not needed. {reason}"
    return next((reason for name, reason in NEEDED.items() if name not in given), None)
