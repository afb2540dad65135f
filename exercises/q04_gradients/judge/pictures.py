"""Pictures for the report: curves over true ones, losses that fall or stay, what layers leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from neuron import STEPS, Array, Samples, loss, sigmoid, sigmoid_slope, step

from grader import fetch, plot, series
from grader.evidence import Plot
from grader.expect import as_numbers
from grader.expression import Expression
from grader.sandbox.remote import fault_of
from grader.show import number

GRID = np.linspace(-8, 8, 65)
LARGE = 100  # parts of an expression: too many to evaluate for a picture
ROUNDING = 1e-12
DEPTHS = np.arange(1, 11)


def values_over_truth(function: Any) -> Iterator[Plot]:
    """Draw a student's logistic function over the true one; nothing where it gives no values."""
    call = function(GRID)
    array = None if fault_of(call) else as_numbers(fetch(call))[0]
    if array is not None and array.shape == GRID.shape and array.dtype.kind in "biuf":
        yield from _compared("σ", sigmoid(GRID), array.astype(float))


def slope_over_truth(answer: Any) -> Iterator[Plot]:
    """Draw a student's derivative, an expression, over the true one."""
    expression = fetch(answer)
    if isinstance(expression, Expression) and expression.size <= LARGE:
        given = [expression.evaluate(float(z)) for z in GRID]
        yours = np.array([np.nan if y.imag else float(y.real) for y in given])
        yield from _compared("σ′", sigmoid_slope(GRID), yours)


def losses(data: Samples, paths: dict[str, list[tuple[int, Array]]]) -> Plot:
    """Draw the loss on the way of a neuron, for each activation: (steps, w and b as (2,))."""
    lines, told = [], []
    for name, f, role in (("sigmoid", sigmoid, "yours"), ("step", step, "plain")):
        lost = [loss(data.x, data.y, f, *end) for _, end in paths[name]]
        lines.append(series(name, [steps for steps, _ in paths[name]], lost, role))
        told.append(f"with the {name} it goes from {number(lost[0], 3)} to {number(lost[-1], 3)}")
    return plot(
        "The loss of your neuron",
        *lines,
        says=f"In {STEPS} steps {' and '.join(told)}.",
        x_label="steps",
        y_label="half the mean squared error",
    )


def shrinking(slope: float) -> Plot:
    """Draw what is left of a gradient behind many layers that each multiply it by a slope."""
    with np.errstate(all="ignore"):
        left = np.power(slope, DEPTHS)
    return plot(
        "The largest factor that sigmoids leave of a gradient",
        series("0.25 ^ depth", DEPTHS, 0.25**DEPTHS, "expected"),
        series("your slope ^ depth", DEPTHS, left, "yours"),
        says="Each sigmoid on the way back multiplies a gradient by a quarter at most: behind ten "
        "layers less than a millionth is left, if the weights do not make up for it.",
        x_label="layers",
        log_y=True,
    )


def _compared(name: str, true: Array, yours: Array) -> Iterator[Plot]:
    error = np.abs(yours - true)
    error[~np.isfinite(error)] = np.nan
    worst = float(error[np.isfinite(error)].max(initial=0.0))
    says = f"Yours is off by at most {number(worst, 2)}."
    curves = series("true", GRID, true, "expected"), series("yours", GRID, yours, "yours")
    yield plot(f"Your {name} over the true one", *curves, says=says, x_label="z")
    if worst > ROUNDING:
        strip = series("error", GRID, error, "alarm")
        yield plot(f"How far your {name} is off", strip, says=says, x_label="z", log_y=True)
