"""An author's formula: its values, each computed once, and the points where they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Expr

from grader.draws import generator
from grader.errors import CourseError
from grader.expression import Expression, from_sympy, read

Array = np.ndarray[Any, Any]

FRIENDLY = (0.0, 0.5, -0.5, 2.0, -2.0, 1.0, -1.0, 5.0, -5.0)
LARGE = (10.0, -10.0, 30.0, -30.0)
NICE = (1.0, -1.0, 0.5, 2.0)
BESIDE = (1e-6, 1e-3, 1e-2, 0.05)  # how far from a kink
NEAREST, FARTHEST = 0.02, 6.0
DRAWN = 12  # points on either side of zero


@lru_cache(maxsize=256)
def tree(formula: Expr) -> Expression:
    """Return an author's formula as the judge's own tree.

    Raises :class:`~grader.errors.CourseError` where it is not one in at most one symbol, or holds
    what the judge cannot evaluate.
    """
    expression = read(from_sympy(formula))
    if not isinstance(expression, Expression) or expression.too_large or expression.foreign:
        raise CourseError(f"the formula {formula} holds something that has no value at a point")
    if len(expression.symbols) > 1:
        raise CourseError(f"the formula {formula} has more than one symbol")
    return expression


@lru_cache(maxsize=1 << 14)
def value(formula: Expr, x: float) -> Any:
    """Return a formula's value at a point as a number of 30 digits; nan where there is none."""
    return tree(formula).evaluate(x)


def values(formula: Expr, points: Iterable[float]) -> Array:
    """Return a formula's values at n points, float64 of shape (n,); nan where there are none."""
    return np.array([plain(value(formula, float(x))) for x in points], dtype=np.float64)


def plain(number: Any) -> float:
    """Return a 30-digit number as a float; one that is not real has no place here and gives nan."""
    return float("nan") if number.imag else float(number.real)


def friendly(thing: Any) -> tuple[float, ...]:
    """Return points for a numeric function: easy ones, then drawn ones, then large ones."""
    rng = generator(thing)
    drawn = np.round(rng.uniform(-FARTHEST, FARTHEST, size=DRAWN), 2)
    return (*FRIENDLY, *drawn.tolist(), *LARGE)


def beside(thing: Any, kinks: Sequence[float]) -> tuple[float, ...]:
    """Return points for an expression: nice ones, both sides of each kink, and drawn ones.

    The drawn ones are spread evenly over the magnitudes from 0.02 to 6, on both sides of zero.
    """
    steps = generator(thing).uniform(size=2 * DRAWN).reshape(DRAWN, 2) + np.arange(DRAWN)[:, None]
    sizes = NEAREST * (FARTHEST / NEAREST) ** (steps / DRAWN) * [1, -1]
    near = [kink + side * step for kink in kinks for step in BESIDE for side in (1, -1)]
    return tuple(x for x in (*NICE, *near, *sizes.ravel().tolist()) if x not in kinks)
