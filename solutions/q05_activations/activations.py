"""Activation functions that hold for every input, their slopes by SymPy, and one drawing."""

import numpy as np
import sympy

NOTES = """ReLU. The sigmoid's slope is at most 1/4 and vanishes on both sides, so that a gradient
shrinks at every sigmoid layer that it passes; tanh is better, but near zero only. ReLU's slope is 1
wherever the neuron is on. Where it is off nothing passes, and a neuron that is off for all inputs
stays off; a step would never let anything pass."""

z = sympy.Symbol("z", real=True)
FORMULAS = {
    "sigmoid": 1 / (1 + sympy.exp(-z)),
    "tanh": sympy.tanh(z),
    "relu": sympy.Max(0, z),
}


def step(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


def sigmoid(z):
    small = np.exp(-np.abs(z))  # at most 1, so that nothing can overflow
    return np.where(np.asarray(z) >= 0, 1, small) / (1 + small)


def tanh(z):
    return np.tanh(z)


def relu(z):
    return np.maximum(0, z)


def derivative(name):
    return sympy.diff(FORMULAS[name], z)


def slope_at_zero():
    return {"sigmoid": 0.25, "tanh": 1.0, "relu": None}


def tanh_from_sigmoid(z):
    return 2 * sigmoid(2 * np.asarray(z)) - 1


def plot_activations(ax_functions, ax_derivatives):
    xs = np.linspace(-5, 5, 400)
    for name, function in {"step": step, "sigmoid": sigmoid, "tanh": tanh, "relu": relu}.items():
        ax_functions.plot(xs, function(xs), label=name)
    for name in FORMULAS:
        slope = sympy.lambdify(z, derivative(name), "numpy")
        ax_derivatives.plot(xs, slope(xs), label=f"{name}′")
    for axes, title in ((ax_functions, "Activations"), (ax_derivatives, "Derivatives")):
        axes.set(title=title, xlabel="z", ylabel="value")
        axes.grid(alpha=0.3)
        axes.legend()
