"""A value that is used twice keeps its last contribution only.

loses: reverse_mode, longer_tapes
says: *add* them
"""

import math

import numpy as np


def forward(params, X):
    W1, b1, W2, b2 = params
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    powers = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return {"Z1": Z1, "A1": A1, "Y": powers / powers.sum(axis=1, keepdims=True)}


def backward(params, X, y):
    W2 = params[2]
    kept = forward(params, X)
    A1, P = kept["A1"], kept["Y"]
    Y = np.eye(P.shape[1])[y]
    d2 = (P - Y) / len(X)
    dW2, db2 = A1.T @ d2, d2.sum(axis=0)
    d1 = (d2 @ W2.T) * (1 - A1**2)
    return [X.T @ d1, d1.sum(axis=0), dW2, db2]


def gd_step(params, grads, lr):
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


def evaluate(tape, x):
    v = list(x)
    for name, i, *rest in tape:
        if name == "add":
            v.append(v[i] + v[rest[0]])
        elif name == "mul":
            v.append(v[i] * v[rest[0]])
        else:
            v.append(getattr(math, name)(v[i]))
    return v


def slope(name, u):
    return {"sin": math.cos(u), "exp": math.exp(u), "tanh": 1 - math.tanh(u) ** 2}[name]


def forward_mode(tape, x, direction):
    v, d = evaluate(tape, x), list(direction)
    for name, i, *rest in tape:
        if name == "add":
            d.append(d[i] + d[rest[0]])
        elif name == "mul":
            d.append(d[i] * v[rest[0]] + v[i] * d[rest[0]])
        else:
            d.append(slope(name, v[i]) * d[i])
    return d[-1]


def reverse_mode(tape, x):
    v = evaluate(tape, x)
    g = [0.0] * len(v)
    g[-1] = 1.0
    for n in range(len(v) - 1, len(x) - 1, -1):
        name, i, *rest = tape[n - len(x)]
        if name == "add":
            g[i] = g[n]
            g[rest[0]] = g[n]
        elif name == "mul":
            g[i] = g[n] * v[rest[0]]
            g[rest[0]] = g[n] * v[i]
        else:
            g[i] = g[n] * slope(name, v[i])
    return g[: len(x)]


def passes(mode, inputs, outputs):
    return inputs if mode == "forward" else outputs


def answers():
    return {
        "backprop_includes": ["gradients", "gd_step", "repeat"],
        "autodiff_is": "gradients_only",
    }
