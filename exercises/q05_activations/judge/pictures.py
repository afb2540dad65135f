"""Pictures for the report: a student's curves over the true ones, and what a corner looks like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from functions import SLOPE_VALUES, VALUES, Array

from grader import fetch, plot, series, table
from grader.evidence import Plot, Table
from grader.expect import as_numbers
from grader.expression import Expression
from grader.sandbox.remote import fault_of
from grader.show import number

GRID = np.linspace(-5, 5, 81)
BESIDE_ZERO = np.linspace(-5, 5, 80)  # a kink has no slope
ZOOM = np.linspace(-0.1, 0.1, 40)
STEPS = (0.1, 0.01, 0.001)
ROUNDING = 1e-12
LARGE = 100  # parts of an expression: too many to evaluate for a picture


def values_over_truth(function: Any, name: str) -> Iterator[Plot]:
    """Draw a student's function over the true one; nothing where it gives no values."""
    call = function(GRID)
    array = None if fault_of(call) else as_numbers(fetch(call))[0]
    if array is not None and array.shape == GRID.shape and array.dtype.kind in "biuf":
        yield from _compared(name, GRID, VALUES[name](GRID), array.astype(float))


def slope_over_truth(answer: Any, name: str) -> Iterator[Plot]:
    """Draw a student's derivative over the true one, ReLU's with a close look at zero."""
    expression = fetch(answer)
    if not isinstance(expression, Expression) or expression.size > LARGE:
        return
    views = [(f"the slope of {name}", BESIDE_ZERO)]
    views += [("ReLU's slope beside zero", ZOOM)] if name == "relu" else []
    for title, xs in views:
        given = [expression.evaluate(float(x)) for x in xs]
        ys = np.array([np.nan if y.imag else float(y.real) for y in given])
        if np.isfinite(ys).any():
            yield from _compared(title, xs, SLOPE_VALUES[name](xs), ys)


def quotients() -> Table:
    """Return the difference quotients at zero, from either side, for smaller and smaller steps."""
    rows = []
    for name in SLOPE_VALUES:
        for step in STEPS:
            left, zero, right = VALUES[name](np.array([-step, 0.0, step]))
            sides = ((zero - left) / step, (right - zero) / step)
            rows.append((name, number(step), *(number(float(side), 5) for side in sides)))
    header = ["function", "step h", "from the left", "from the right"]
    return table("(f(h) − f(0)) / h on either side of zero", header, rows)


def _compared(name: str, xs: Array, true: Array, yours: Array) -> Iterator[Plot]:
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.abs(yours - true)
    lost = ~np.isfinite(error)
    worst = float(error[~lost].max(initial=0.0))
    says = f"Yours differs from the true one by at most {number(worst, 2)}."
    if lost.any():
        says += f" It has no finite value at {lost.sum()} of {lost.size} points."
    yield plot(
        f"{name[:1].upper()}{name[1:]}",
        series("true", xs, true, "expected"),
        series("yours", xs, yours, "yours"),
        says=says,
        x_label="z",
    )
    if worst > ROUNDING:
        yield plot(
            "The error",
            series("|yours − true|", xs, np.where(lost, np.nan, error), "alarm"),
            says=says,
            x_label="z",
        )
