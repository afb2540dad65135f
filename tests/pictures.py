"""Samples of every kind of evidence, as the checks of a course yield them."""

from __future__ import annotations

import math

import numpy as np

from grader.evidence import (
    Bars,
    Evidence,
    Matrix,
    Picture,
    Series,
    Tile,
    Tiles,
    Wire,
    Wiring,
    plot,
    series,
    table,
    tile,
)
from grader.render import png


def slope_plot() -> Evidence:
    """Make a plot of the sigmoid's slope and of a wrong one, with a gap and a vertical mark."""
    z = np.linspace(-6, 6, 121)
    sigmoid = 1 / (1 + np.exp(-z))
    wrong = sigmoid * 0.35 + 0.02 * z
    # The one object math.nan, since a tuple that holds it equals another that does.
    gapped = tuple(
        math.nan if abs(x - 3) < 0.2 else y for x, y in zip(z, map(float, wrong), strict=True)
    )
    return plot(
        "Slope of the sigmoid",
        series("expected", z, sigmoid * (1 - sigmoid), "expected"),
        Series("yours", tuple(map(float, z)), gapped, "yours"),
        says="Yours keeps rising where the slope should fall back to zero.",
        x_label="z",
        y_label="σ′(z)",
        mark_x=0.0,
        mark_label="steepest here",
    )


def loss_plot() -> Evidence:
    """Make a plot of forty training losses on a log axis, two of which are stuck."""
    epochs = np.arange(1, 201)
    rng = np.random.default_rng(4)
    lines = [
        series("solved", epochs, 0.6 * np.exp(-epochs * rate) + 0.004 + 0.01 * rate)
        for rate in rng.uniform(0.02, 0.08, 38)
    ]
    lines += [series("stuck", epochs, 0.4 + 0.1 * np.exp(-epochs / 30), "alarm")] * 2
    return plot(
        "Training loss of forty seeds",
        *lines,
        says="Two of forty runs stay above 0.05.",
        x_label="epoch",
        y_label="loss",
        log_y=True,
    )


def xor_wiring() -> Evidence:
    """Make the drawing of the textbook's XOR network, one row of its truth table wrong."""
    return Wiring(
        title="Your network for each row of the truth table.",
        says="Three of four rows are right.",
        layers=(("A", "B"), ("C", "D"), ("E",)),
        wires=(
            Wire("A", "C", count=2),
            Wire("B", "C", brake=True),
            Wire("B", "D", count=2),
            Wire("A", "D", brake=True),
            Wire("C", "E", count=2),
            Wire("D", "E", count=2),
        ),
        cases=(
            ("A=0, B=0 → 0", frozenset(), True),
            ("A=0, B=1 → 1", frozenset({"B", "D", "E"}), True),
            ("A=1, B=0 → 1", frozenset({"A", "C", "E"}), True),
            ("A=1, B=1 → 0", frozenset({"A", "B"}), False),
        ),
    )


def confusion() -> Evidence:
    """Make the confusion matrix of a digit classifier."""
    rng = np.random.default_rng(1)
    counts = rng.poisson(1.6, (10, 10)) + np.diag(rng.integers(930, 990, 10))
    counts[4, 9], counts[7, 2] = 14, 11
    digits = tuple("0123456789")
    return Matrix(
        title="Digits taken for one another.",
        says="Most often a 4 is read as a 9.",
        row_label="the digit",
        column_label="what your model read",
        rows=digits,
        columns=digits,
        values=tuple(tuple(map(float, row)) for row in counts),
        skip_diagonal=True,
    )


def digit_tiles() -> Evidence:
    """Make twelve misread digits; rings and bars stand in for handwriting."""
    y, x = np.mgrid[:28, :28]

    def ring(number: int) -> Tile:
        radius = 6 + number % 5
        grey = 255 * np.exp(-((np.hypot(x - 13.5, (y - 13.5) * 0.8) - radius) ** 2) / 4)
        return tile(
            grey,
            f"{number % 10} → {(number + 3) % 10}, 0.9{number % 10}",
            f"digit {number % 10} read as {(number + 3) % 10}",
        )

    return Tiles(
        "Misread digits.", "The twelve most confident mistakes.", tuple(map(ring, range(12)))
    )


def drawing() -> Evidence:
    """Make a small picture such as a student's code draws."""
    shade = (np.add.outer(np.arange(120), np.arange(320)) % 256).astype(np.uint8)
    return Picture("Your drawing.", "a grey ramp", png.grey(320, 120, shade.tobytes()))


def gradient_bars() -> Evidence:
    """Make a bar chart on a log axis, one bar of it without a place there."""
    return Bars(
        title="Size of the gradient by layer.",
        says="It fades towards the input in the sigmoid network.",
        labels=("sigmoid, first layer", "sigmoid, last layer", "tanh, first layer", "dead ReLU"),
        values=(3.2e-5, 0.021, 0.0187, 0.0),
        roles=("yours", "yours", "expected", "alarm"),
        log=True,
        limit=0.01,
        limit_label="0.01 to learn from",
    )


def accuracy_bars() -> Evidence:
    """Make a bar chart with a line to reach."""
    return Bars(
        title="Right answers on 10,000 test images.",
        says="39 more are needed.",
        labels=("yours",),
        values=(9762.0,),
        roles=("yours",),
        limit=9801.0,
        limit_label="9,801 passes",
    )


def every_evidence() -> tuple[Evidence, ...]:
    """Make one of each kind of evidence."""
    return (
        slope_plot(),
        gradient_bars(),
        table(
            "Three of your values.",
            ("z", "expected", "yours", "difference"),
            [(-4, 0.0177, 0.0177, 0), (0, 0.25, 0.25, 0), (4, 0.0177, 3.928, 3.9103)],
            marked=[(2, 2), (2, 3)],
        ),
        confusion(),
        drawing(),
        digit_tiles(),
        xor_wiring(),
    )


def odd_numbers() -> Evidence:
    """Make a plot of the numbers that JSON has no words for."""
    return plot("Odd numbers", series("odd", [0, 1, 2, 3], [math.nan, math.inf, -math.inf, 1.0]))
