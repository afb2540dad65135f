"""The Perceptron's rule, logistic regression by gradient descent, and its sister for k classes."""

from __future__ import annotations

import numpy as np

NOTES = """A Perceptron only says on which side of its line a sample lies, and on data that no line
separates its rule goes on for ever. Logistic regression gives a probability and settles at the one
set of weights with the least log loss. To turn the first into the second, put the logistic function
(softmax for several classes) in place of the step, and train by gradient descent on the
cross-entropy; with squared error the weights would end elsewhere."""


def perceptron_step(
    w: np.ndarray, b: float, x: np.ndarray, y: int, eta: float
) -> tuple[np.ndarray, float]:
    """Return the new w (n,) and b: they move only where the output differs from the label."""
    output = int(x @ w + b >= 0)
    return w + eta * (y - output) * x, b + eta * (y - output)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z)), with an exponent that is never positive."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def predict_proba(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return the probability of class 1, shape (m,)."""
    return sigmoid(X @ w + b)


def log_loss_gradient(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float
) -> tuple[np.ndarray, float]:
    """Return the gradient by w (n,) and by b: the slope of σ cancels against that of the log."""
    error = predict_proba(X, w, b) - y
    return X.T @ error / len(y), float(error.mean())


def fit_logistic(
    X: np.ndarray, y: np.ndarray, lr: float = 1.0, steps: int = 3000
) -> tuple[np.ndarray, float]:
    """Return w (n,) and b after gradient descent from zero."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        by_w, by_b = log_loss_gradient(X, y, w, b)
        w, b = w - lr * by_w, b - lr * by_b
    return w, b


def proba_softmax(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the probability of each class, shape (m, k): the largest exponent of a row is 0."""
    z = X @ W + b
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def answers() -> dict:
    """Return what has to change, which model has probabilities, and what a Perceptron may do."""
    return {
        "changes": {"activation", "training_by_gd", "cross_entropy"},
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
