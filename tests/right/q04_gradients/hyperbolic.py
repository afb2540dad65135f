"""Everything by way of hyperbolic functions; a layer is what it does to the rows of an identity."""

import numpy as np
from sympy import Symbol, cosh


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z))


def sigmoid_prime():
    return 1 / (2 + 2 * cosh(Symbol("z")))


def step_gradient(z):
    return np.select([z < 0, z > 0], [0.0, 0.0], default=np.nan)


def train_neuron(x, y, activation, lr=2.0, steps=500):
    f, slope = {
        "sigmoid": (sigmoid, lambda z: 1 / (2 + 2 * np.cosh(z))),
        "step": (lambda z: 1.0 * (z >= 0), step_gradient),
    }[activation]
    w, b = np.array([0.3]), np.array([0.2])
    for _ in range(steps):
        z = x * w + b
        delta = (f(z) - y) * slope(z) / x.size
        w, b = w - lr * np.sum(delta * x), b - lr * np.sum(delta)
    return w, b


def collapse(W1, b1, W2, b2):
    def both(x):
        return (x @ W1 + b1) @ W2 + b2

    b = both(np.zeros((1, len(W1))))
    return both(np.eye(len(W1))) - b, b


def max_slope():
    grid = np.linspace(-5, 5, 1000)
    slopes = sigmoid(grid) * (1 - sigmoid(grid))
    return grid[slopes.argmax()], slopes.max()


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
