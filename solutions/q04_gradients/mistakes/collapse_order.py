"""The matrices of the two layers in the order of column vectors.

loses: one_layer, steepest, other_layers
says: with row vectors it is W1 @ W2
"""

import numpy as np
import sympy


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_prime():
    z = sympy.Symbol("z", real=True)
    a = 1 / (1 + sympy.exp(-z))
    return a * (1 - a)


def step_gradient(z):
    return np.where(z == 0, np.nan, 0.0)


def train_neuron(x, y, activation, lr=2.0, steps=500):
    w, b = 0.3, 0.2
    for _ in range(steps):
        z = w * x + b
        if activation == "sigmoid":
            a = sigmoid(z)
            slope = a * (1 - a)
        else:
            a = np.where(z >= 0, 1.0, 0.0)
            slope = step_gradient(z)
        delta = (a - y) * slope
        w, b = w - lr * float(np.mean(delta * x)), b - lr * float(np.mean(delta))
    return w, b


def collapse(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


def max_slope():
    return 0.0, 0.25


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
