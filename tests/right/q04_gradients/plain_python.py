"""The module math under np.vectorize, and loops over the samples."""

import math

import numpy as np
import sympy


def one(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


sigmoid = np.vectorize(one, otypes=[float])


def sigmoid_prime():
    u = sympy.Symbol("u", real=True, positive=True)
    return sympy.exp(-u) / (1 + sympy.exp(-u)) ** 2


def step_gradient(z):
    return np.array([math.nan if v == 0 else 0.0 for v in z.ravel()]).reshape(z.shape)


def train_neuron(x, y, activation, lr=2.0, steps=500):
    if activation == "step":
        return 0.3, 0.2  # every gradient is zero
    w, b = 0.3, 0.2
    m = len(x)
    for _ in range(steps):
        dw = db = 0.0
        for xi, yi in zip(x.tolist(), y.tolist()):
            a = one(w * xi + b)
            d = (a - yi) * a * (1 - a)
            dw += d * xi
            db += d
        w -= lr * dw / m
        b -= lr * db / m
    return w, b


def collapse(W1, b1, W2, b2):
    n, h, k = len(W1), len(W2), len(b2)
    W = [[sum(W1[i][j] * W2[j][c] for j in range(h)) for c in range(k)] for i in range(n)]
    b = [b2[c] + sum(b1[j] * W2[j][c] for j in range(h)) for c in range(k)]
    return W, b


def max_slope():
    return [0.0, 0.25]


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
