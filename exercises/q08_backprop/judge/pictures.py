"""Pictures for the report: heat maps of errors, a tape with its derivatives, costs, a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import tapes
from blocks import CLOSE, Answer
from mlp import Batch
from training import Training

from grader import Matrix, plot, series, table
from grader.evidence import Plot, Table
from grader.expect import as_numbers, is_number
from grader.show import number

WIDTHS = (1, 2, 4, 8, 16, 32)
MOST = 10_000  # passes that a plot shows


def heat(answer: Answer) -> Iterator[Matrix]:
    """Draw the error of every weight and bias, layer by layer, as far as the shapes are right."""
    for layer, (weights, bias) in ((2, ("dW2", "db2")), (1, ("dW1", "db1"))):
        rows = [error(answer, weights), error(answer, bias)]
        if any(row is None for row in rows):
            continue
        errors = np.vstack(rows)
        source, target = ("hidden", "class") if layer == 2 else ("input", "hidden")
        worst = errors.max()
        says = f"The largest is {number(float(worst), 2)}." if worst else "There is none."
        yield Matrix(
            f"Absolute error of the gradient in layer {layer}",
            f"{says} With {answer.batch.sizes}.",
            f"from {source}, and the bias",
            f"to {target}",
            (*(f"{source} {n + 1}" for n in range(len(errors) - 1)), "bias"),
            tuple(f"{target} {n + 1}" for n in range(errors.shape[1])),
            tuple(tuple(float(value) for value in row) for row in errors),
        )


def error(answer: Answer, block: str) -> Any:
    """Return a block's absolute errors, those of rounding as 0; None where it has another shape."""
    true, given = answer.pair(block)
    if given.shape != true.shape:
        return None
    errors = np.abs(given.astype(float) - true)
    return np.where(errors <= CLOSE * np.abs(true).max(), 0.0, errors)


def to_try(batch: Batch) -> Table:
    """List the batch as text that can be pasted into Python."""
    names = ("W1", "b1", "W2", "b2", "X", "y")
    arrays = (*batch.params, batch.X, batch.y)
    rows = [(name, str(array.tolist())) for name, array in zip(names, arrays, strict=True)]
    return table("The batch, to try it yourself", ["name", "value"], rows)


def tracing(given: Any) -> Table:
    """List a tape's values and derivatives, the student's derivatives by the inputs beside them."""
    tape, x = tapes.SHARED
    values, true = tapes.values(tape, x), tapes.adjoints(tape, x)
    array, _ = as_numbers(given)
    yours = array if array is not None and array.shape == (len(x),) else None
    rows, marked = [], []
    for place, (value, slope) in enumerate(zip(values, true, strict=True)):
        inner = place >= len(x)
        what = f"x[{place}]"
        if inner:
            name, *operands = tape[place - len(x)]
            what = tapes.OPERATIONS[name].sign.format(*(f"v{operand}" for operand in operands))
        answer = ""
        if not inner and yours is not None:
            answer = number(yours[place].item(), 4)
            marked += [] if abs(yours[place] - slope) <= 1e-9 else [(place, 4)]
        numbers = (number(value, 4), shares(place), number(slope, 4))
        rows.append((f"v{place} = {what}", *numbers, answer))
    header = ["operation", "value", "contributions", "derivative", "yours"]
    title = f"Back through {tape} at x = {x}, from the bottom up"
    return table(title, header, rows, marked)


def shares(place: int) -> str:
    """Return the contributions to one value's derivative, as a sum of products."""
    tape, x = tapes.SHARED
    true = tapes.adjoints(tape, x)
    found = [
        f"{number(factor, 4)} · {number(true[len(x) + step], 4)}"
        for step, (places, factors) in enumerate(tapes.partials(tape, x))
        for operand, factor in zip(places, factors, strict=True)
        if operand == place
    ]
    return " + ".join(found) or "itself"


def cost(given: dict[str, Sequence[Any]]) -> Plot:
    """Draw the number of passes for n inputs and one output, the student's counts over the true."""
    lines = []
    for mode, true in (("forward", WIDTHS), ("reverse", (1,) * len(WIDTHS))):
        lines.append(series(f"{mode} mode", WIDTHS, true, "expected"))
        yours = [float(n) if is_number(n) and abs(n) < MOST else np.nan for n in given[mode]]
        if not np.array_equal(yours, true):
            lines.append(series(f"your {mode}", WIDTHS, yours, "yours"))
    return plot(
        "Passes for n inputs and one output",
        *lines,
        says="Forward mode takes n passes, reverse mode one. A loss has one output, many inputs.",
        x_label="inputs n",
        y_label="passes",
    )


def learning(training: Training) -> Plot:
    """Draw the loss over the repeats, beside what gradients without a step make of it."""
    repeats = range(len(training.losses))
    before, after = (number(loss, 3) for loss in (training.losses[0], training.losses[-1]))
    flat = [training.alone] * len(training.losses)
    return plot(
        "The loss while your own functions train a small network",
        series("gradients and steps", repeats, training.losses, "yours"),
        series("gradients alone", repeats, flat),
        says=f"It goes from {before} to {after} in {len(training.losses) - 1} repeats.",
        x_label="repeats",
        y_label="loss",
    )
