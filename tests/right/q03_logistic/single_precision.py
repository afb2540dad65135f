"""Everything in float32."""

import numpy as np

F = np.float32


def perceptron_step(w, b, x, y, eta):
    w, x = w.astype(F), x.astype(F)
    d = F(eta) * F(y - (w @ x + F(b) >= 0))
    return w + d * x, F(b) + d


def predict_proba(X, w, b):
    z = (X @ w + b).astype(F)
    e = np.exp(-abs(z))
    return np.where(z < 0, e, F(1)) / (F(1) + e)


def log_loss_gradient(X, y, w, b):
    error = predict_proba(X, w, b) - y.astype(F)
    return X.astype(F).T @ error / F(len(y)), error.mean()


def fit_logistic(X, y, lr=1.0, steps=3000):
    w, b = np.zeros(X.shape[1], F), F(0)
    for _ in range(steps):
        dw, db = log_loss_gradient(X, y, w, b)
        w, b = w - F(lr) * dw, b - F(lr) * db
    return w, b


def proba_softmax(X, W, b):
    z = (X @ W + b).astype(F)
    e = np.exp(z - np.amax(z, 1, keepdims=True))
    return e / np.sum(e, 1, keepdims=True)


def answers():
    return {
        "changes": {"activation", "training_by_gd", "cross_entropy"},
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
