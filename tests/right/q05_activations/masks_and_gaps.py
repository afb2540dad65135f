"""Answers filled in by masks; the jump of the step drawn with a gap, and marks beside the curves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp


@dataclass(frozen=True)
class Activation:
    name: str
    function: Any
    slope: Any


def step(z):
    z = np.asarray(z)
    y = np.zeros(z.shape)
    y[z >= 0] = 1
    return y


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    y = np.empty(z.shape)
    right = z >= 0
    y[right] = 1 / (1 + np.exp(-z[right]))
    y[~right] = np.exp(z[~right]) / (1 + np.exp(z[~right]))
    return y


def tanh(z):
    return 2 * sigmoid(2 * np.asarray(z)) - 1


def relu(z):
    z = np.array(z)
    z[z < 0] = 0
    return z


def derivative(name):
    x, y = sp.symbols("x y", real=True)
    if name == "sigmoid":
        return 1 / (2 + 2 * sp.cosh(y))
    if name == "tanh":
        return 1 / sp.cosh(y) ** 2
    return (1 + sp.sign(x)) / 2


def slope_at_zero():
    return {
        "sigmoid": sp.Rational(1, 4),
        "tanh": sp.Integer(1),
        "relu": None,
    }


tanh_from_sigmoid = tanh


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-5, 5, 501)
    gap = np.where(np.abs(z) < 0.02, np.nan, z)
    curves = [
        Activation("Heaviside", step, lambda z: 0 * z),
        Activation("σ", sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
        Activation("tanh", tanh, lambda z: 1 / np.cosh(z) ** 2),
        Activation("Re-LU", relu, lambda z: np.heaviside(z, 0.5)),
    ]
    for curve in curves:
        ax_functions.plot(z, curve.function(z), label=curve.name)
        ax_derivatives.plot(gap, curve.slope(gap), label=f"{curve.name}′")
    ax_functions.plot([0], [0.5], "ko", label="tanh and σ at zero")
    ax_functions.plot([-5, 5], [1, 1], "k:", label="upper bound")
    ax_derivatives.scatter([0], [0.25])
    for axes in (ax_functions, ax_derivatives):
        axes.set_xlim(-4.5, 4.5)
        axes.set_ylim(-1.2, 2.2)
        axes.set_xlabel("z")
        axes.set_ylabel("value")
        axes.legend(fontsize=8)
