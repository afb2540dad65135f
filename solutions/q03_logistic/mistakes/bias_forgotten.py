"""The gradient leaves the bias out of z.

loses: gradient, fit, gradient_elsewhere
says: z = Xw + b
"""

import numpy as np


def perceptron_step(w, b, x, y, eta):
    output = int(x @ w + b >= 0)
    return w + eta * (y - output) * x, b + eta * (y - output)


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def predict_proba(X, w, b):
    return sigmoid(X @ w + b)


def log_loss_gradient(X, y, w, b):
    error = sigmoid(X @ w) - y
    return X.T @ error / len(y), float(error.mean())


def fit_logistic(X, y, lr=1.0, steps=3000):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        by_w, by_b = log_loss_gradient(X, y, w, b)
        w, b = w - lr * by_w, b - lr * by_b
    return w, b


def proba_softmax(X, W, b):
    z = X @ W + b
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def answers():
    return {
        "changes": {"activation", "training_by_gd", "cross_entropy"},
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
