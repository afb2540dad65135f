"""SciPy's logistic function, and a derivative that SymPy takes."""

import numpy as np
import sympy as sp
from scipy.special import expit

sigmoid = expit


def sigmoid_prime():
    t = sp.symbols("t")
    return sp.diff(1 / (1 + sp.exp(-t)), t)


def step_gradient(z):
    slope = np.zeros_like(z)
    slope[z == 0] = np.nan
    return slope


def train_neuron(x, y, activation, lr=2.0, steps=500):
    theta = np.array([0.3, 0.2])
    A = np.stack([x, np.ones_like(x)], axis=1)
    for _ in range(steps):
        z = A @ theta
        if activation == "sigmoid":
            outputs, slopes = expit(z), expit(z) * expit(-z)
        else:
            outputs, slopes = np.heaviside(z, 1), np.zeros(len(z))
        theta = theta - lr * A.T @ ((outputs - y) * slopes) / len(y)
    return tuple(theta)


def collapse(W1, b1, W2, b2):
    return np.einsum("nh,hk->nk", W1, W2), np.einsum("h,hk->k", b1, W2) + b2


def max_slope():
    return (0, 1 / 4)


def answers():
    return dict(step_trains="no", why="zero_gradient", nonlinearity="needed")
