"""Question 4: why the logistic function was a key ingredient of the first multilayer networks."""

from __future__ import annotations

import numpy as np
import sympy

# In your own words (a person reads this): why was the logistic activation function a key
# ingredient in training the first MLPs, and why would the step not do?
NOTES = ""


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the logistic function of each number of z, an array of any shape.

    It comes without a warning, also where z is 1000 or -1000.
    """
    raise NotImplementedError  # TODO 1


def sigmoid_prime() -> sympy.Expr:
    """Return the derivative of the logistic function, as a SymPy expression in one symbol."""
    raise NotImplementedError  # TODO 2


def step_gradient(z: np.ndarray) -> np.ndarray:
    """Return the slope of the step function at each number of z, an array of any shape.

    The step is 0 below zero and 1 from zero on.  Its slope is nan (``np.nan``) where it does not
    exist.
    """
    raise NotImplementedError  # TODO 3


def train_neuron(
    x: np.ndarray, y: np.ndarray, activation: str, lr: float = 2.0, steps: int = 500
) -> tuple[float, float]:
    """Train one neuron with one input by gradient descent; return its weight w and its bias b.

    x (m,) holds the inputs and y (m,) the labels, 0 or 1.  The neuron's output is f(w x + b), where
    f is the logistic function for the activation "sigmoid" and the step for "step".  It starts from
    w = 0.3 and b = 0.2; the loss is the mean squared error, divided by 2.  The gradient is that of
    the chain rule, with the true slope of f.
    """
    raise NotImplementedError  # TODO 4


def collapse(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the one layer (W, b) that does what two layers without activation do in a row.

    A layer turns a row x into x @ W + b.  W1 is (n, h), b1 (h,), W2 (h, k), b2 (k,); the answer is
    W (n, k) and b (k,).
    """
    raise NotImplementedError  # TODO 5


def max_slope() -> tuple[float, float]:
    """Return (z, slope) at the point where the logistic function is steepest."""
    raise NotImplementedError  # TODO 6


def answers() -> dict[str, str]:
    """Return your answers to three questions.

    "step_trains": "yes" or "no": does gradient descent train a neuron with a step?
    "why": "zero_gradient", "too_slow" or "overflow": what decides that;
    "nonlinearity": "needed" or "optional": between the layers of a network.
    """
    raise NotImplementedError  # TODO 7
