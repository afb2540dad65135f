"""Everything in float32, and a derivative with a polynomial of σ."""

import numpy as np
import sympy

F = np.float32


def sigmoid(z):
    z = np.asarray(z, dtype=F)
    out = np.empty_like(z)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


def sigmoid_prime():
    x = sympy.Symbol("x")
    s = 1 / (1 + sympy.exp(-x))
    return sympy.expand(s - s**2)


def step_gradient(z):
    return np.where(np.equal(z, 0), F("nan"), F(0))


def train_neuron(x, y, activation, lr=2.0, steps=500):
    if activation == "step":
        slope = lambda a: np.zeros_like(a)
        f = lambda z: (z >= 0).astype(F)
    else:
        slope = lambda a: a * (1 - a)
        f = sigmoid
    x, y, w, b = x.astype(F), y.astype(F), F(0.3), F(0.2)
    for _ in range(steps):
        a = f(w * x + b)
        d = (a - y) * slope(a)
        w, b = w - F(lr) * np.mean(d * x), b - F(lr) * np.mean(d)
    return w, b


def collapse(W1, b1, W2, b2):
    W = W1.astype(F) @ W2.astype(F)
    b = b1.astype(F) @ W2.astype(F) + b2.astype(F)
    return W, b


def max_slope():
    return F(0), F(0.25)


def answers():
    return {"step_trains": "no", "why": "zero_gradient", "nonlinearity": "needed"}
