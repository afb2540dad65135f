"""A Keras model of any spelling, told by the arrays that it holds and by what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from two_layers import Sizes

from grader.model import Verdict
from grader.sandbox.remote import fault_of

Array = np.ndarray[Any, Any]

WANTED = list(Sizes(1, 10, 50, 3).weights.values())
NO_FIT = (  # in what Keras says of inputs of another shape than a model takes
    r"ncompatible|expected (axis|shape|(min_)?ndim)|Invalid input shape|Dimensions must be equal"
)


def weights_of(value: Any) -> list[Array]:
    """Return what ``get_weights()`` gave as arrays; anything else counts as none."""
    items = value if isinstance(value, (list, tuple)) else []
    return [np.asarray(item) for item in items if isinstance(item, (np.ndarray, np.number, float))]


def arrangement(given: list[Array]) -> tuple[list[int] | None, str | None]:
    """Return, for each array, which of Wh, bh, Wo, bo it is; or None and what is wrong."""
    shapes = [shape[1:] if shape[:1] == (1,) else shape for shape in (a.shape for a in given)]
    if sorted(shapes) == sorted(WANTED):  # all four differ, so each has one place
        return [WANTED.index(shape) for shape in shapes], None
    return None, next(said for holds, said in REASONS if holds(shapes))


Shapes = list[tuple[int, ...]]
REASONS: tuple[tuple[Callable[[Shapes], bool], str], ...] = (
    (
        lambda shapes: sorted(shapes) == sorted(shape for shape in WANTED if len(shape) == 2),
        "There are no biases: 650 parameters, 703 with 50 + 3 biases.",
    ),
    (
        lambda shapes: sorted(shapes) == sorted(shape[::-1] for shape in WANTED),
        "The weights of a layer are (inputs, neurons); these are transposed.",
    ),
    (
        lambda shapes: not shapes,
        "It holds no weights. Two Dense layers have four arrays of weights and biases.",
    ),
    (
        lambda shapes: len(shapes) < len(WANTED),
        "Two layers are four arrays: weights and biases of 50 and of 3 neurons.",
    ),
    (
        lambda shapes: len(shapes) > len(WANTED),
        "The network has two layers with weights, of 50 and of 3 neurons; no more.",
    ),
    (lambda _: True, "It takes 10 inputs; 50 neurons come first and 3 after them."),
)


def refusal(call: Any) -> tuple[str, str] | None:
    """Return what a model raised and what that means, where it does not take rows of 10 numbers."""
    fault = fault_of(call)
    if fault is None or fault.verdict is not Verdict.ERROR:
        return None
    if not re.search(NO_FIT, fault.message):
        return None
    return f"raises {fault.type}", "It takes rows of 10 numbers: `keras.Input((10,))`."
