"""The formulas as the book prints them, made safe by hand; derivatives by hand too."""

import math

import numpy as np
from sympy import Piecewise, Symbol, exp


def step(z):
    return (z >= 0) * 1


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.power(math.e, -np.asarray(z, dtype=float)))


def tanh(z):
    e = np.exp(-2 * np.abs(z))
    return np.sign(z) * (1 - e) / (1 + e)


def relu(z):
    return z * (z > 0)


def derivative(name):
    z = Symbol("z")
    return {
        "sigmoid": exp(-z) / (1 + exp(-z)) ** 2,
        "tanh": 4 / (exp(z) + exp(-z)) ** 2,
        "relu": Piecewise((0.0, z < 0), (1.0, True)),
    }[name]


def slope_at_zero():
    return dict(sigmoid=1 / 4, tanh=1, relu=None)


def tanh_from_sigmoid(z):
    return sigmoid(2 * z) * 2 - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.arange(-6, 6.01, 0.05)
    s, t = sigmoid(z), tanh(z)
    ax_functions.plot(z, step(z), "k", label="step function")
    ax_functions.plot(z, s, "r--", label="logistic")
    ax_functions.plot(z, t, "b:", label="hyperbolic tangent")
    ax_functions.plot(z, relu(z), label="rectified linear unit")
    ax_derivatives.plot(z, 0 * z, "k", label="step function")
    ax_derivatives.plot(z, s * (1 - s), "r--", label="logistic")
    ax_derivatives.plot(z, 1 - t**2, "b:", label="hyperbolic tangent")
    ax_derivatives.plot(z, z > 0, label="rectified linear unit")
    for axes in (ax_functions, ax_derivatives):
        axes.axhline(0, color="k", linewidth=0.5)
        axes.axvline(0, color="k", linewidth=0.5)
        axes.set_xlabel("input")
        axes.set_ylabel("output")
        axes.legend(loc="upper left")
