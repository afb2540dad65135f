"""Slopes that can be followed, slopes that cannot, and layers that melt into one."""

from __future__ import annotations

import numpy as np
import sympy

NOTES = """The step is flat on both sides of its jump, so its slope is 0 wherever it has one: every
gradient that passes through it is 0, and gradient descent never moves. The logistic function is a
smooth step whose slope is positive everywhere, so that a small change of a weight always shows in
the output. That slope is at most 1/4, and tiny far out, so deep stacks of sigmoids still learn
slowly in their lowest layers."""


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)), with an exponent that is never positive."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_prime() -> sympy.Expr:
    """Return σ(1 − σ)."""
    z = sympy.Symbol("z", real=True)
    a = 1 / (1 + sympy.exp(-z))
    return a * (1 - a)


def step_gradient(z: np.ndarray) -> np.ndarray:
    """Return 0 on both sides of zero and nan at zero."""
    return np.where(z == 0, np.nan, 0.0)


def train_neuron(
    x: np.ndarray, y: np.ndarray, activation: str, lr: float = 2.0, steps: int = 500
) -> tuple[float, float]:
    """Return w and b after gradient descent on half the mean squared error."""
    w, b = 0.3, 0.2
    for _ in range(steps):
        z = w * x + b
        if activation == "sigmoid":
            a = sigmoid(z)
            slope = a * (1 - a)
        else:
            a = np.where(z >= 0, 1.0, 0.0)
            slope = step_gradient(z)
        delta = (a - y) * slope
        w, b = w - lr * float(np.mean(delta * x)), b - lr * float(np.mean(delta))
    return w, b


def collapse(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return W = W1 W2, shape (n, k), and b = b1 W2 + b2, shape (k,)."""
    return W1 @ W2, b1 @ W2 + b2


def max_slope() -> tuple[float, float]:
    """Return where a(1 − a) is largest: a = 1/2, so z = 0, and the slope is 1/4."""
    return 0.0, 0.25


def answers() -> dict[str, str]:
    """Return what decides about the step, and whether layers need a non-linearity between them."""
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
