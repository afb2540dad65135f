"""Loops, lists and the module math: no array is ever made."""

import math


def perceptron_step(w, b, x, y, eta):
    z = sum(wi * xi for wi, xi in zip(w, x)) + b
    guess = 1 if z >= 0 else 0
    if guess == y:
        return list(w), b
    direction = 1 if y == 1 else -1
    return [wi + direction * eta * xi for wi, xi in zip(w, x)], b + direction * eta


def squash(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def predict_proba(X, w, b):
    return [squash(sum(wi * xi for wi, xi in zip(w, row)) + b) for row in X]


def log_loss_gradient(X, y, w, b):
    by_w, by_b = [0.0] * len(w), 0.0
    for row, label, p in zip(X, y, predict_proba(X, w, b)):
        for place, value in enumerate(row):
            by_w[place] += (p - label) * value / len(y)
        by_b += (p - label) / len(y)
    return by_w, by_b


def fit_logistic(X, y, lr=1.0, steps=3000):
    X, y = X.tolist(), y.tolist()
    w, b = [0.0] * len(X[0]), 0.0
    for _ in range(min(steps, 600)):  # enough for data that overlap
        by_w, by_b = log_loss_gradient(X, y, w, b)
        w = [wi - lr * gi for wi, gi in zip(w, by_w)]
        b -= lr * by_b
    return w, b


def proba_softmax(X, W, b):
    rows = []
    for x in X:
        z = [sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))]
        e = [math.exp(zj - max(z)) for zj in z]
        rows.append([ej / sum(e) for ej in e])
    return rows


def answers():
    return {
        "changes": ["cross_entropy", "activation", "training_by_gd"],
        "has_probability": "logistic",
        "non_separable": "never_converges",
    }
