"""The gradient by differences of the loss; logarithms in the place of fractions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Line:
    w: np.ndarray
    b: float

    def __call__(self, X):
        return np.asarray(X) @ self.w + self.b


def perceptron_step(w, b, x, y, eta):
    line = Line(w, b)
    sign = int(y) - int(np.sign(line(x)) != -1)
    return w + sign * eta * x, b + sign * eta


def predict_proba(X, w, b):
    return np.exp(-np.logaddexp(0, -Line(w, b)(X)))


def loss(X, y, theta):
    z = Line(theta[:-1], theta[-1])(X)
    return np.mean(np.logaddexp(0, z) - y * z)


def log_loss_gradient(X, y, w, b):
    theta, h = np.append(w, b), 1e-5
    slopes = [
        (loss(X, y, theta + h * one) - loss(X, y, theta - h * one)) / (2 * h)
        for one in np.eye(len(theta))
    ]
    return np.array(slopes[:-1]), slopes[-1]


def fit_logistic(X, y, lr=1.0, steps=3000):
    theta = np.zeros(X.shape[1] + 1)
    for _ in range(steps):
        by_w, by_b = log_loss_gradient(X, y, theta[:-1], theta[-1])
        step = lr * np.append(by_w, by_b)
        theta = theta - step
        if np.linalg.norm(step) < 1e-9:
            break
    return theta[:-1], float(theta[-1])


def proba_softmax(X, W, b):
    z = X @ W + b
    return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))


def answers():
    needed = ["activation", "training_by_gd", "cross_entropy"]
    return {
        "changes": needed,
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
