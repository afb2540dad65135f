"""A student's functions and expressions against a formula, point by point.

Nothing is simplified: ``simplify(a - b) == 0`` refuses many right forms and may never end.  Two
formulas that agree at three dozen points that nobody could foresee are taken as the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from sympy import Basic, Expr

from grader.errors import CourseError
from grader.evidence import Table, table
from grader.expect import TOLERANCE, as_numbers, close, differing, named, near, precision
from grader.expression import Expression, from_number, from_sympy, read
from grader.formula import NICE, Array, beside, friendly, plain, tree, value, values
from grader.model import Finding
from grader.sandbox.remote import Fault, Remote, fault_of, fetch, shown, subject
from grader.sandbox.wire import Opaque
from grader.show import number, show, show_pair

EXACT = 1e-12  # · (1 + |true|): right expressions differ by less, wrong ones by far more
RECOGNISED = 1e-9  # how closely a known mistake must be matched to be named
FAR = 100.0  # beyond it, what is not finite has overflowed on the way
MAX_ROWS = 6


def agrees(
    function: Any,
    formula: Expr,
    *,
    at: Sequence[float] | None = None,
    known: Mapping[str, Expr | Callable[[Array], Array]] | None = None,
    within: float = TOLERANCE,
) -> Iterator[Finding]:
    """Expect that a function of arrays has a formula's values: one finding for each point.

    The function is called once, with all points as a float64 array of shape (n,), and must
    return n numbers.  The points come in friendly order (0, ½, −½ … ±30), so that the first
    wrong one is the easiest to follow; without ``at``, twelve of them are drawn.  ``known`` maps
    a sentence about a mistake to the wrong formula, or to a NumPy function where the mistake
    shows in floating point only.  ``within`` is relative for large values, else absolute.

    Raises :class:`~grader.sandbox.remote.StudentFault` where the call gives no value.
    """
    points = np.array(friendly(function) if at is None else at, dtype=np.float64)
    truth = values(formula, points)
    call = function(points)
    fault = fault_of(call)
    if fault and (advice := _elementwise(fault)):
        got = f"raises {fault.type}"
        yield Finding(
            shown(call), show(truth), got, ok=False, diagnosis=advice, subject=subject(call)
        )
        return
    array, _ = as_numbers(fetch(call))
    if array is None or array.shape != truth.shape:
        yield close(call, truth)
        return
    wrong = differing(array, truth, max(within, precision(array)))
    first = int(wrong.argmax()) if wrong.any() else len(points)
    name = shown(function) if isinstance(function, Remote) else getattr(function, "__name__", "f")
    symbol = next(iter(tree(formula).symbols), "x")
    for place, point in enumerate(points.tolist()):
        expected, got = show_pair(truth[place].item(), array[place].item())
        yield Finding(
            f"{name}({symbol}) at {symbol} = {number(point)}",
            expected,
            got,
            ok=not wrong[place],
            diagnosis=_mistake(points, truth, array, known) if place == first else None,
            evidence=(_gaps(symbol, points, truth, array, wrong),) if place == first else (),
            subject=subject(function),
        )


def equivalent(
    expression: Any,
    formula: Expr,
    *,
    known: Mapping[str, Expr] | None = None,
    kinks: Sequence[float] = (),
    weight: float = 1,
) -> Finding:
    """Expect a SymPy expression in one symbol that equals a formula, whatever its form.

    The symbol may have any name and any assumptions.  Both are evaluated to 30 digits at 1, −1,
    ½ and 2, at eight points beside each of ``kinks`` (where no value is asked for) and at 24
    drawn ones in ±0.02 … ±6, and must agree to 1e-12 · (1 + |true value|).  ``known`` maps a
    sentence about a mistake to the wrong formula.

    Raises :class:`~grader.sandbox.remote.StudentFault` where the student's code gives no value.
    """
    answer = _read(fetch(expression))
    asked = shown(expression) if isinstance(expression, Remote) else "the expression"
    refusal = _unfit(answer) if isinstance(answer, Expression) else _stranger(answer)
    if refusal or not isinstance(answer, Expression):
        expected, got = "an expression in one symbol", show(answer)
        return Finding(
            asked,
            expected,
            got,
            ok=False,
            diagnosis=refusal,
            subject=subject(expression),
            weight=weight,
        )
    points = [x for x in beside(expression, kinks) if np.isfinite(plain(value(formula, x)))]
    if not points:
        raise CourseError(f"the formula {formula} has no value at any of the points")
    yours = cache(answer.evaluate)  # a slow expression is evaluated no further than it has to be
    wrong = next((x for x in points if not _alike(yours(x), value(formula, x), EXACT)), None)
    if wrong is None:
        expected, got = f"the true values at all {len(points)} points", show(answer)
        return Finding(asked, expected, got, ok=True, subject=subject(expression), weight=weight)
    symbol = next(iter(answer.symbols), "x")
    expected, got = _pair(value(formula, wrong), yours(wrong))
    return Finding(
        f"{asked} at {symbol} = {number(wrong)}",
        expected,
        got,
        ok=False,
        diagnosis=_known(points, yours, known or {}),
        evidence=(_comparison(answer, symbol, formula, points, wrong),),
        subject=subject(expression),
        weight=weight,
    )


def _read(answer: Any) -> Any:
    """Return an expression or a number as the judge's own tree, and anything else as it is."""
    if isinstance(answer, Basic):
        return read(from_sympy(answer))
    if isinstance(answer, (int, float, np.integer, np.floating)) and not isinstance(answer, bool):
        return read(from_number(answer.item() if isinstance(answer, np.number) else answer))
    return answer


def _stranger(answer: Any) -> str:
    """Say what came that is no expression."""
    if answer is None:
        return "It returned nothing: a `return` is missing."
    kind = answer.type if isinstance(answer, Opaque) else type(answer).__name__
    hint = " Call it with a SymPy symbol and return what that gives." if kind == "function" else ""
    return f"It returned a value of type `{kind}`, not a SymPy expression.{hint}"


def _unfit(answer: Expression) -> str | None:  # noqa: PLR0911  a line for each reason
    """Say why an expression cannot be compared with a formula; None where it can."""
    if answer.too_large:
        return "This is too large to be compared: simplify it."
    for name in ("Derivative", "Integral"):
        if not answer.contains(name):
            continue
        if answer.contains("re"):
            return (
                f"It still contains an unevaluated `{name}`, since the symbol may be complex: make "
                'it real with `Symbol("x", real=True)`.'
            )
        return f"It still contains an unevaluated `{name}`; call `.doit()`."
    if answer.contains("DiracDelta"):
        return (
            "`DiracDelta` has no value at a point. Away from the kink it is 0: leave that term out."
        )
    if answer.foreign:
        return (
            f"`{answer.foreign[0]}` has no value that can be computed: use SymPy's own functions."
        )
    if len(answer.symbols) > 1:
        names = ", ".join(sorted(answer.symbols))
        return f"It has {len(answer.symbols)} symbols ({names}); one is meant."
    if answer.is_condition:
        return "This is a condition, true or false, and not a number."
    return None


def _alike(a: Any, b: Any, tolerance: float) -> bool:
    """Tell whether two numbers are the same; one that is nan is like no other."""
    return bool(a == b) or bool(abs(a - b) <= tolerance * (1 + abs(b)))


def _known(
    points: Sequence[float], yours: Callable[[float], Any], known: Mapping[str, Expr]
) -> str | None:
    for sentence, mistake in known.items():
        if all(_alike(yours(x), value(mistake, x), RECOGNISED) for x in points):
            return sentence
    return None


def _mistake(
    points: Array,
    truth: Array,
    array: Array,
    known: Mapping[str, Expr | Callable[[Array], Array]] | None,
) -> str | None:
    """Return the sentence about the mistake that gives these very values."""
    with np.errstate(all="ignore"):
        mistakes = {
            sentence: values(wrong, points) if isinstance(wrong, Expr) else wrong(points)
            for sentence, wrong in (known or {}).items()
        }
    tolerance = max(RECOGNISED, precision(array))
    diagnosis = named(array, mistakes, lambda a, b: near(a, b, tolerance))
    lost = ~np.isfinite(array) & np.isfinite(truth)
    if diagnosis is None and lost.any() and (np.abs(points[lost]) >= FAR).all():
        return "On the way a number gets larger than a float can hold (1.8e308)."
    return diagnosis


def _elementwise(fault: Fault) -> str | None:
    """Say what to do about code that takes single numbers only."""
    if "truth value of an array" in fault.message:
        return (
            "`if`, `and` and Python's `max` ask whether a whole array is true. `np.where` and "
            "`np.maximum` go element by element."
        )
    if re.search(r"only (0-dimensional|length-1|size-1) arrays", fault.message):
        return "The functions of `math` take one number; their namesakes in NumPy take arrays."
    return None


def _gaps(symbol: str, points: Array, truth: Array, array: Array, wrong: Array) -> Table:
    rows = [
        (number(float(points[place])), *show_pair(truth[place].item(), array[place].item()))
        for place in np.flatnonzero(wrong)[:MAX_ROWS]
    ]
    title = f"{int(wrong.sum())} of {wrong.size} values differ"
    return table(title, [symbol, "expected", "yours"], rows, [(row, 2) for row in range(len(rows))])


def _comparison(
    answer: Expression, symbol: str, formula: Expr, points: Sequence[float], wrong: float
) -> Table:
    """Return an expression's values beside the true ones: the nice points, the first wrong one."""
    rows: list[tuple[str, str, str]] = []
    marked: list[tuple[int, int]] = []
    for x in dict.fromkeys([*(x for x in points if x in NICE), wrong]):
        true, yours = value(formula, x), answer.evaluate(x)
        if not _alike(yours, true, EXACT):
            marked.append((len(rows), 2))
        rows.append((number(x), *_pair(true, yours)))
    return table(f"Yours is {show(answer)}", [symbol, "expected", "yours"], rows, marked)


def _pair(true: Any, yours: Any) -> tuple[str, str]:
    left = plain(true)
    right = complex(yours) if yours.imag else plain(yours)
    return show_pair(left, right)
