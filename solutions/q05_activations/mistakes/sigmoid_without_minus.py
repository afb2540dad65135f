"""A sigmoid without the minus in its exponent, so that it falls.

loses: sigmoid_values, tanh_as_sigmoid, drawn, sigmoid_of_other_arrays
says: it is σ(−z)
"""

import numpy as np
import sympy as sp


def step(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


def sigmoid(z):
    return 1 / (1 + np.exp(np.clip(z, None, 700)))


def tanh(z):
    return np.tanh(z)


def relu(z):
    return np.maximum(0, z)


def derivative(name):
    x = sp.symbols("x", real=True)
    s = 1 / (1 + sp.exp(-x))
    if name == "sigmoid":
        return s * (1 - s)
    if name == "tanh":
        return 1 - sp.tanh(x) ** 2
    return sp.Piecewise((0, x < 0), (1, True))


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": None}


def tanh_from_sigmoid(z):
    return 2 * sigmoid(2 * np.asarray(z)) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-5, 5, 200)
    ax_functions.plot(z, step(z), label="Step")
    ax_functions.plot(z, sigmoid(z), label="Sigmoid")
    ax_functions.plot(z, tanh(z), label="Tanh")
    ax_functions.plot(z, relu(z), label="ReLU")
    ax_derivatives.plot(z, sigmoid(z) * (1 - sigmoid(z)), label="Sigmoid'")
    ax_derivatives.plot(z, 1 - np.tanh(z) ** 2, label="Tanh'")
    ax_derivatives.plot(z, np.where(z > 0, 1, 0), label="ReLU'")
    for ax in (ax_functions, ax_derivatives):
        ax.set_xlabel("z")
        ax.set_ylabel("activation")
        ax.legend()
