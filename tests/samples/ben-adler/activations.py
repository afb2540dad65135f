import numpy as np
from sympy import Symbol, exp, sign, tanh as symbolic_tanh


def step(z):
    return np.where(z >= 0, 1, 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


def derivative(name):
    x = Symbol("x")
    if name == "sigmoid":
        s = 1 / (1 + exp(-x))
        return s * (1 - s)
    if name == "tanh":
        return 1 - symbolic_tanh(x)
    return sign(x)


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": 0}


def tanh_from_sigmoid(z):
    return 2 * sigmoid(2 * z) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-4, 4, 200)
    for f in (step, sigmoid, tanh, relu):
        ax_functions.plot(z, f(z), label=f.__name__)
    ax_functions.legend()
    ax_functions.set_xlabel("z")
    ax_functions.set_ylabel("value")
    z = np.linspace(-5, 5, 200)
    ax_derivatives.plot(z, sigmoid(z) * (1 - sigmoid(z)))
    ax_derivatives.plot(z, 1 - np.tanh(z) ** 2)
    ax_derivatives.plot(z, z > 0)
