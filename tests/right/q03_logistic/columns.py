"""Column vectors everywhere, and a bias that is an array of one number."""

import numpy as np


def perceptron_step(w, b, x, y, eta):
    w, x = w.reshape(-1, 1), x.reshape(-1, 1)
    output = (w.T @ x + b >= 0).astype(float)
    change = eta * (y - output)
    return w + change * x, (b + change).ravel()


def predict_proba(X, w, b):
    z = X @ np.reshape(w, (-1, 1)) + b
    positive = 1 / (1 + np.exp(-np.clip(z, 0, None)))
    small = np.exp(np.clip(z, None, 0))
    return np.where(z >= 0, positive, small / (1 + small))


def log_loss_gradient(X, y, w, b):
    error = predict_proba(X, w, b) - y.reshape(-1, 1)
    return np.dot(X.T, error) / X.shape[0], np.mean(error, axis=0)


def fit_logistic(X, y, lr=1.0, steps=3000):
    w, b = np.zeros((X.shape[1], 1)), np.zeros(1)
    for _ in range(steps):
        dw, db = log_loss_gradient(X, y, w, b)
        w = w - lr * dw
        b = b - lr * db
    return w, b


def proba_softmax(X, W, b):
    z = X @ W + b.reshape(1, -1)
    z -= np.max(z, axis=-1).reshape(-1, 1)
    return np.exp(z) / np.sum(np.exp(z), axis=-1).reshape(-1, 1)


def answers():
    return {
        "non_separable": "never_converges",
        "has_probability": "logistic",
        "changes": ("activation", "training_by_gd", "cross_entropy"),
    }
