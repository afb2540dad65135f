"""The four activation functions and their slopes, as formulas and as NumPy functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sympy import Expr, Piecewise, Symbol, diff, exp, tanh

Array = np.ndarray[Any, Any]
Function = Callable[[Array], Array]

z = Symbol("z", real=True)
SIGMOID = 1 / (1 + exp(-z))
STEP = Piecewise((0, z < 0), (1, True))
RELU = Piecewise((0, z < 0), (z, True))

FORMULAS: dict[str, Expr] = {"step": STEP, "sigmoid": SIGMOID, "tanh": tanh(z), "relu": RELU}
SLOPES: dict[str, Expr] = {
    "sigmoid": diff(SIGMOID, z),
    "tanh": diff(tanh(z), z),
    "relu": STEP,  # the value at zero is never asked
}

# The same in NumPy, where many values are needed: for pictures and for drawn curves.
VALUES: dict[str, Function] = {
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(0.5 * z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(0.0, z),
}
SLOPE_VALUES: dict[str, Function] = {
    "sigmoid": lambda z: 0.25 * (1 - np.tanh(0.5 * z) ** 2),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
}
