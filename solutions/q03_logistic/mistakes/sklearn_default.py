"""A fit by scikit-learn, which regularises unless it is told not to.

loses: fit
says: sklearn regularises by default (C=1)
"""

import numpy as np
from sklearn.linear_model import LogisticRegression


def perceptron_step(w, b, x, y, eta):
    output = int(x @ w + b >= 0)
    return w + eta * (y - output) * x, b + eta * (y - output)


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def predict_proba(X, w, b):
    return sigmoid(X @ w + b)


def log_loss_gradient(X, y, w, b):
    error = predict_proba(X, w, b) - y
    return X.T @ error / len(y), float(error.mean())


def fit_logistic(X, y, lr=1.0, steps=3000):
    model = LogisticRegression().fit(X, y)
    return model.coef_[0], model.intercept_[0]


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
