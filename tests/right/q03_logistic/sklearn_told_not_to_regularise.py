"""scikit-learn fits, without its regularisation; tanh in the place of the exponential."""

import numpy as np
from sklearn.linear_model import LogisticRegression


def perceptron_step(w, b, x, y, eta):
    error = y - (np.dot(w, x) + b >= 0)
    return np.add(w, eta * error * x), np.float64(b + eta * error)


def predict_proba(X, w, b):
    return (1 + np.tanh((X @ w + b) / 2)) / 2


def log_loss_gradient(X, y, w, b):
    m = X.shape[0]
    residual = y - predict_proba(X, w, b)
    return -(residual @ X) / m, -residual.sum() / m


def fit_logistic(X, y, lr=1.0, steps=3000):
    model = LogisticRegression(C=np.inf, tol=1e-8, max_iter=steps).fit(X, y)
    return model.coef_.ravel(), model.intercept_.item()


def proba_softmax(X, W, b):
    rows = X @ W + b
    for row in rows:
        row -= row.max()
        row[:] = np.exp(row)
        row /= row.sum()
    return rows


def answers():
    return {
        "changes": {"activation", "training_by_gd", "cross_entropy"},
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
