"""The six shapes as a student gave them: read, judged one by one, set side by side as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from two_layers import Sizes

from grader import table
from grader.evidence import Table
from grader.show import show

Shape = tuple[int, ...]

NAMES = ("X", "Wh", "bh", "Wo", "bo", "Y")
WEIGHTS = {"Wh": "X @ Wh", "Wo": "H @ Wo"}  # H: what the hidden layer gives
BIASES = ("bh", "bo")
DEPENDS_ON_M = "Weight shapes must not depend on m: the same weights serve batches of any size."
LARGEST = 10_000  # of a size that is taken for one
MOST_AXES = 4


def expected(m: int) -> dict[str, Shape]:
    """Return the right shapes for a batch of m rows."""
    return {"X": (m, 10), **Sizes(m, 10, 50, 3).weights, "Y": (m, 3)}


def read(value: Any) -> Shape | None:
    """Return a shape as a tuple of ints; None for what is no shape."""
    if isinstance(value, np.ndarray) and value.size <= MOST_AXES:
        value = value.tolist()
    value = [value] if is_size(value) else value
    if not isinstance(value, (tuple, list)) or len(value) > MOST_AXES:
        return None
    return tuple(map(int, value)) if all(map(is_size, value)) else None


def is_size(value: Any) -> bool:
    """Tell whether a value counts something: a whole number that is not negative."""
    return (
        isinstance(value, (int, float, np.number))
        and not isinstance(value, (bool, complex, np.complexfloating))
        and 0 <= value <= LARGEST
        and int(value) == value
    )


def remark(name: str, value: Any) -> str | None:
    """Say what is unusual about a shape that is accepted."""
    if name in BIASES and is_size(value):
        return f"A tuple of one number needs a comma: `({value},)`; `({value})` is a number."
    if name in BIASES and len(read(value) or ()) == 2:
        return "One row of biases works as well; Keras and NumPy users keep them in one axis."
    return None


def is_right(name: str, value: Any, m: int) -> bool:
    """Tell whether a value is the shape of this array; a bias may also be one row."""
    shape, truth = read(value), expected(m)[name]
    return shape == truth or (name in BIASES and shape == (1, *truth))


def reason(name: str, values: Sequence[Any], batches: Sequence[int]) -> str:
    """Name the mistake in one of the six shapes, given for several batch sizes."""
    given = [read(value) for value in values]
    truths = [expected(m)[name] for m in batches]
    pairs = zip(given, truths, strict=True)
    shape, truth = next((one, right) for one, right in pairs if one != right)
    if shape is None:
        if any(isinstance(value, (tuple, list)) and None in value for value in values):
            return "None is Keras's word for any number of rows; here the number is m."
        return "A shape is a tuple of whole numbers, such as `(2, 3)`."
    constant = len(set(given)) == 1
    if name not in ("X", "Y"):
        return of_parameters(name, shape, truth) if constant else DEPENDS_ON_M
    if shape == truth[::-1]:
        return f"Instances are rows, not columns: (m, {truth[1]})."
    return f"One row per instance: (m, {truth[1]})."


def of_parameters(name: str, shape: Shape, truth: Shape) -> str:
    """Name the mistake in the shape of weights or biases."""
    if name in BIASES:
        if shape == (*truth, 1):
            return column(truth[0])
        return f"Each of the layer's {truth[0]} neurons has one bias, for all rows."
    if shape == truth[::-1]:
        return f"{name} must be (inputs, neurons) = {truth} for {WEIGHTS[name]}."
    other = next(key for key in WEIGHTS if key != name)
    if shape == expected(1)[other]:
        return f"That is the shape of {other}."
    return f"{name} has one row for each input of its layer and one column for each neuron."


def column(neurons: int) -> str:
    """Say what becomes of a bias that is a column."""
    return (
        f"Length {neurons}, shape ({neurons},): it is added to every row; ({neurons}, 1) fails on "
        f"7 rows and silently gives ({neurons}, {neurons}) on one."
    )


def diagram(given: Mapping[str, Any], m: int) -> Table:
    """Draw both layers as rows of blocks with the student's shapes, the wrong ones marked."""
    shapes = {name: read(given.get(name)) for name in NAMES}
    hidden = after(shapes["X"], shapes["Wh"], shapes["bh"])
    block = {name: f"{name} {show(given[name])}" if name in given else name for name in NAMES}
    fits = hidden if isinstance(hidden, str) else f"H {show(hidden)}"
    rows = [
        ("hidden", block["X"], block["Wh"], block["bh"], fits),
        ("output", "H" if isinstance(hidden, str) else fits, block["Wo"], block["bo"], block["Y"]),
    ]
    places = {"X": (0, 1), "Wh": (0, 2), "bh": (0, 3), "Wo": (1, 2), "bo": (1, 3), "Y": (1, 4)}
    wrong = [place for name, place in places.items() if not is_right(name, given.get(name), m)]
    if hidden != (m, 50):
        wrong.append((0, 4))
    return table(
        f"The two layers with your shapes, for a batch of {m} rows",
        ["layer", "takes", "@ weights", "+ biases", "ReLU gives"],
        rows,
        wrong,
    )


def after(left: Shape | None, weights: Shape | None, bias: Shape | None) -> Shape | str:
    """Return the shape of ``left @ weights + bias``, or the words that say why there is none."""
    if left is None or weights is None or bias is None:
        return "unknown"
    if len(left) != 2 or len(weights) != 2 or left[1] != weights[0]:
        return f"no product {show(left)} @ {show(weights)}"
    product = (left[0], weights[1])
    try:
        return np.broadcast_shapes(product, bias)
    except ValueError:
        return f"no sum {show(product)} + {show(bias)}"
