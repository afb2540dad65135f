"""Question 5: popular activation functions, their derivatives and their drawing.

step(z) = 0 for z < 0, 1 for z >= 0        sigmoid(z) = 1 / (1 + e^-z)
tanh(z) = (e^z - e^-z) / (e^z + e^-z)      relu(z) = max(0, z)
"""

from __future__ import annotations

import numpy as np
import sympy
from matplotlib.axes import Axes

# Your answer in words: which of the four belongs into the hidden layers of a deep network, and
# what in the panel of the derivatives tells you so?
NOTES = ""


def step(z: np.ndarray) -> np.ndarray:
    """Return the Heaviside step: 0 below zero, 1 at zero and above.

    ``z`` is a number or an array of any shape; the answer has the same shape.
    """
    raise NotImplementedError  # TODO 1


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the logistic function of each element; same shape as ``z``.

    It has to hold at ``z = -10_000`` as well.
    """
    raise NotImplementedError  # TODO 1


def tanh(z: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent of each element; same shape as ``z``.

    It has to hold at ``z = 710`` and beyond.
    """
    raise NotImplementedError  # TODO 1


def relu(z: np.ndarray) -> np.ndarray:
    """Return the larger of zero and each element; same shape as ``z``."""
    raise NotImplementedError  # TODO 1


def derivative(name: str) -> sympy.Expr:
    """Return the derivative of "sigmoid", "tanh" or "relu" as an expression in one symbol."""
    raise NotImplementedError  # TODO 2


def slope_at_zero() -> dict[str, float | None]:
    """Return the slopes at zero under the keys "sigmoid", "tanh" and "relu".

    A slope that does not exist is None.
    """
    raise NotImplementedError  # TODO 3


def tanh_from_sigmoid(z: np.ndarray) -> np.ndarray:
    """Return tanh of each element, made from your ``sigmoid``; same shape as ``z``."""
    raise NotImplementedError  # TODO 4


def plot_activations(ax_functions: Axes, ax_derivatives: Axes) -> None:
    """Draw the four functions on the first axes, three derivatives on the second.

    At least 100 points a curve, a label and a legend, axis labels, one range of z for both.
    """
    raise NotImplementedError  # TODO 5
