"""The formulas of the book with their warnings silenced, and updates in place."""

import numpy as np


def perceptron_step(w, b, x, y, eta):
    if x @ w + b >= 0 and y == 0:
        w -= eta * x
        b -= eta
    elif x @ w + b < 0 and y == 1:
        w += eta * x
        b += eta
    return w, b


def predict_proba(X, w, b):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(X @ w + b)))


def log_loss_gradient(X, y, w, b):
    p = predict_proba(X, w, b)
    by_z = (-(y / p) + (1 - y) / (1 - p)) * p * (1 - p) / len(y)
    return (X * by_z[:, np.newaxis]).sum(0), by_z.sum()


def fit_logistic(X, y, lr=1.0, steps=3000):
    w = np.zeros(X.shape[1])
    b = 0
    while steps:
        dw, db = log_loss_gradient(X, y, w, b)
        w -= lr * dw
        b -= lr * db
        steps -= 1
    return [w, b]


def proba_softmax(X, W, b):
    z = np.einsum("mn,nk->mk", X, W) + b
    e = np.exp(z - z.max())
    return (e.T / e.sum(axis=1)).T


def answers():
    return {
        "changes": frozenset({"activation", "training_by_gd", "cross_entropy"}),
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
