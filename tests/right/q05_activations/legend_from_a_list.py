"""A legend that is made from a list, SciPy's logistic function, slopes in Heaviside form."""

import matplotlib.pyplot as plt
import numpy as np
import sympy as sp
from scipy.special import expit

x = sp.symbols("x", real=True)


def step(z):
    return np.heaviside(z, 1)


def sigmoid(z):
    return expit(z)


def tanh(z):
    return np.sinh(np.clip(z, -300, 300)) / np.cosh(np.clip(z, -300, 300))


def relu(z):
    return (np.abs(z) + z) / 2


def derivative(name):
    if name == "sigmoid":
        return sp.sech(x / 2) ** 2 / 4
    if name == "tanh":
        return sp.sech(x) ** 2
    return sp.Heaviside(x)


def slope_at_zero():
    return {"relu": float("nan"), "tanh": np.float64(1), "sigmoid": np.float32(0.25), "step": None}


def tanh_from_sigmoid(z):
    return 2 * expit(np.multiply(2, z)) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-4, 4, 101)
    plt.sca(ax_functions)
    for function in (step, sigmoid, tanh, relu):
        plt.plot(z, function(z))
    plt.legend(["step", "sigmoid", "tanh", "ReLU"])
    plt.xlabel("z")
    plt.ylabel("f(z)")
    plt.sca(ax_derivatives)
    for name in ("sigmoid", "tanh", "relu"):
        slope = sp.lambdify(x, derivative(name), ["numpy", {"Heaviside": np.heaviside}])
        plt.plot(z, slope(z))
    plt.legend(["sigmoid", "tanh", "ReLU"])
    plt.xlabel("z")
    plt.ylabel("f'(z)")
    plt.tight_layout()
    plt.show()
