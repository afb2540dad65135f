"""Pictures for the report: boundaries among samples, a rule that never settles, nudged losses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from models import Array, Data, descend, log_loss

from grader import plot, series, table
from grader.evidence import Plot, Series, Table
from grader.show import number

NUDGE = 1e-5
FAR = 1e100  # larger weights draw no line
AXES = {"x_label": "first feature", "y_label": "second feature"}


def boundary(data: Data, end: Array) -> Plot:
    """Draw where a fit, (3,), and the best one give each class the same probability."""
    return plot(
        "The boundary of your fit on one of the data sets",
        *_dots(data),
        series("least log loss", *_contour(data, data.best)),
        series("your fit", *_contour(data, end), "yours"),
        says="Along the lines both classes are equally likely.",
        **AXES,
    )


def two_models(data: Data, lines: Sequence[Array]) -> Plot:
    """Draw a Perceptron's last lines, each (3,), and the probabilities of the best fit."""
    return plot(
        "Two models on samples that no line separates",
        *_dots(data),
        *(series("your Perceptron", *_contour(data, line), "yours") for line in lines[-3:]),
        *(series(f"p = {p}", *_contour(data, data.best, p)) for p in (0.25, 0.5, 0.75)),
        says="Your Perceptron's line after each of the last three epochs is still on the move. "
        "Logistic Regression has one line, and probabilities that change gradually across it.",
        **AXES,
    )


def progress(data: Data, mistakes: Sequence[int]) -> Plot:
    """Draw a Perceptron's mistakes in each epoch beside the log loss of gradient descent."""
    epochs = range(1, len(mistakes) + 1)
    ends = [descend(data.X, data.y, steps=epoch) for epoch in epochs]
    return plot(
        "A rule that never settles, and a loss that falls",
        series("mistakes", epochs, np.array(mistakes) / len(data.y), "yours"),
        series("log loss", epochs, [log_loss(data.X, data.y, end) for end in ends]),
        series("no mistakes", epochs, [0.0 for _ in epochs]),
        says="The share of the samples that your Perceptron gets wrong in an epoch, and the mean "
        "log loss of Logistic Regression after as many steps of gradient descent.",
        x_label="epoch",
    )


def nudged(X: Array, y: Array, weights: Array) -> Table:
    """Return how the log loss changes when each number of (n + 1,) is nudged down and up."""
    names = [f"w[{place}]" for place in range(len(weights) - 1)] + ["b"]
    rows = []
    for name, nudge in zip(names, NUDGE * np.eye(len(weights)), strict=True):
        down, up = log_loss(X, y, weights - nudge), log_loss(X, y, weights + nudge)
        rows.append((name, f"{down:.9f}", f"{up:.9f}", number((up - down) / (2 * NUDGE))))
    header = ["nudged", "loss below", "loss above", "so the slope is"]
    return table(f"The first call's log loss, each number nudged by {NUDGE:g}", header, rows)


def _dots(data: Data) -> list[Series]:
    """Return the samples of each class; a gap behind every point keeps it from being joined."""
    gap = np.full(len(data.y), np.nan)
    return [
        series(
            f"class {label}",
            np.repeat(data.X[data.y == label, 0], 2),
            np.column_stack([data.X[:, 1], gap])[data.y == label].ravel(),
            role,
        )
        for label, role in ((0, "plain"), (1, "alarm"))
    ]


def _contour(data: Data, weights: Array, p: float = 0.5) -> tuple[Array, Array]:
    """Return the points within the samples' frame where class 1 has the probability p."""
    w, b = weights[:2], weights[2]
    if not np.abs(weights).max() < FAR or not w.any():
        return np.empty(0), np.empty(0)
    length = float(np.linalg.norm(w))
    low, high = data.X.min(axis=0), data.X.max(axis=0)
    centre = (low + high) / 2
    foot = centre + (np.log(p / (1 - p)) - b - w @ centre) / length * (w / length)
    along = np.linspace(-1, 1, 401) * np.linalg.norm(high - low)
    points = foot + np.outer(along, [-w[1] / length, w[0] / length])
    inside = np.all((points >= low) & (points <= high), axis=1)
    return points[inside, 0], points[inside, 1]
