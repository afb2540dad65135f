"""Plain Python on single numbers, spread over arrays by vectorize; answers as lists."""

import math

import numpy as np
from sympy import Abs, Max, Rational, Symbol, diff, exp, sqrt, tanh as symbolic_tanh


def everywhere(function):
    spread = np.vectorize(function, otypes=[float])
    return lambda z: spread(z).tolist()


@everywhere
def step(z):
    return 0 if z < 0 else 1


@everywhere
def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


@everywhere
def tanh(z):
    return math.tanh(z)


@everywhere
def relu(z):
    return max(0, z)


def derivative(name):
    match name:
        case "sigmoid":
            w = Symbol("w")
            return diff((1 + exp(-w)) ** -1, w)
        case "tanh":
            w = Symbol("alpha")
            return (1 - symbolic_tanh(w)) * (1 + symbolic_tanh(w))
        case "relu":
            w = Symbol("t", real=True)
            return Rational(1, 2) * (1 + w / sqrt(w**2))


def slope_at_zero():
    w = Symbol("w")
    return {
        name: derivative(name).subs({s: 0 for s in derivative(name).free_symbols})
        for name in ("sigmoid", "tanh")
    } | {"relu": None}


def tanh_from_sigmoid(z):
    return 2 * np.array(sigmoid(2 * np.asarray(z))) - 1


def plot_activations(ax_functions, ax_derivatives):
    z = np.linspace(-5, 5, 1001).tolist()
    ax_functions.plot(z, step(z), label="H(z)")
    ax_functions.plot(z, sigmoid(z), label=r"$\sigma(z)$")
    ax_functions.plot(z, tanh(z), label=r"$\tanh(z)$")
    ax_functions.plot(z, relu(z), label=r"$\mathrm{ReLU}(z)$")
    ax_derivatives.plot(z, [s * (1 - s) for s in sigmoid(z)], label=r"$\sigma'(z)$")
    ax_derivatives.plot(z, [1 - t * t for t in tanh(z)], label=r"$\tanh'(z)$")
    ax_derivatives.plot(z, [float(v > 0) for v in z], label=r"$\mathrm{ReLU}'(z)$")
    for axes in (ax_functions, ax_derivatives):
        axes.set(xlabel="$z$", ylabel="value")
        axes.legend()
