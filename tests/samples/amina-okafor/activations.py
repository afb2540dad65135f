import numpy as np
import sympy as sp

NOTES = "Sigmoid, tanh and ReLU; the step function has no useful slope."


def step(z):
    return np.heaviside(z, 1.0)


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def tanh(z):
    return np.tanh(z)


def relu(z):
    return np.maximum(z, 0)


def derivative(name):
    z = sp.Symbol("z", real=True)
    return {
        "sigmoid": sp.diff(1 / (1 + sp.exp(-z)), z),
        "tanh": 1 - sp.tanh(z) ** 2,
        "relu": sp.Piecewise((0, z < 0), (1, True)),
    }[name]


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": None}


def tanh_from_sigmoid(z):
    return 2 * sigmoid(2 * np.asarray(z)) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-5, 5, 401)
    s = sigmoid(z)
    ax_functions.plot(z, step(z), label="step")
    ax_functions.plot(z, s, label="sigmoid")
    ax_functions.plot(z, tanh(z), label="tanh")
    ax_functions.plot(z, relu(z), label="ReLU")
    ax_derivatives.plot(z, s * (1 - s), label="sigmoid'")
    ax_derivatives.plot(z, 1 - tanh(z) ** 2, label="tanh'")
    ax_derivatives.plot(z, (z > 0).astype(float), label="ReLU'")
    for ax, title in ((ax_functions, "Activation"), (ax_derivatives, "Derivative")):
        ax.set_xlabel("z")
        ax.set_ylabel(title)
        ax.set_xlim(-5, 5)
        ax.legend()
