"""The formula of the book with its warnings silenced; sech in the derivative."""

import warnings

import numpy as np
import sympy


def sigmoid(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 1 / (1 + np.exp(-z))


def sigmoid_prime():
    x = sympy.Symbol("x", real=True)
    return sympy.sech(x / 2) ** 2 / 4


def step_gradient(z):
    with np.errstate(all="ignore"):
        return 0 * z / z


def train_neuron(x, y, activation, lr=2.0, steps=500):
    w, b, m = 0.3, 0.2, x.shape[0]
    for _ in range(steps):
        z = np.dot(x, w) + b
        if activation == "sigmoid":
            a = sigmoid(z)
            g = (a - y) * (a - a**2)
        elif activation == "step":
            a = (z >= 0).astype(int)
            g = (a - y) * step_gradient(z)
        w, b = w - lr * (g @ x) / m, b - lr * g.sum() / m
    return float(w), float(b)


def collapse(W1, b1, W2, b2):
    return np.dot(W1, W2), np.dot(W2.T, b1) + b2


def max_slope():
    x = sympy.Symbol("x", real=True)
    (steepest,) = sympy.solve(sympy.diff(sigmoid_prime(), x), x)
    return steepest, sigmoid_prime().subs(x, steepest)


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
