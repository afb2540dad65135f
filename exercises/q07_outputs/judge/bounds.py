"""The range of an output: two numbers, and why others are not the bounds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from tasks import TASKS

from grader.expect import type_remark

EVERYTHING = (-math.inf, math.inf)


def bounds(value: Any) -> tuple[float, float] | None:
    """Return a pair of numbers, or None for what is no pair."""
    items = value.tolist() if isinstance(value, np.ndarray) and value.size == 2 else value
    pair = isinstance(items, (tuple, list)) and len(items) == 2
    numbers = pair and all(isinstance(n, (int, float, np.number)) for n in items)
    return tuple(map(float_of, items)) if numbers else None


def float_of(value: Any) -> float:
    """Return a number as a float, nan where it has none."""
    try:
        return float(value)
    except (OverflowError, TypeError):
        return math.nan


def why_not(task: str, value: Any, pair: tuple[float, float] | None) -> str:
    """Name the mistake in a range."""
    truth = TASKS[task].range
    if pair is None:
        if isinstance(value, (tuple, list)) and None in value:
            return "Where there is no bound, write `math.inf` or `-math.inf`, not None."
        return type_remark(value, 0) or "Return two numbers: a lower and an upper bound."
    if pair == truth[::-1]:
        return "The lower bound comes first."
    if task == "mnist" and pair[1] > 1:
        return "The label goes up to 9, but an output is the probability of one digit."
    return {
        (0, 1): "Each output is a probability.",
        EVERYTHING: "Without an activation nothing bounds the output, neither below nor above.",
    }.get(truth, "The activation keeps the output above 0, and nothing bounds it above.")
