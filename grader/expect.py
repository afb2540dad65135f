"""What an author expects of an answer: each word makes one finding.

Every comparison climbs the same ladder and stops at the first rung that fails: it ran, its
shape, its type, finite numbers, its values.  A wrong shape is never called a wrong value.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from grader.errors import CourseError
from grader.evidence import Table, table
from grader.gather import UnfitError, gather, may_equal
from grader.model import Finding, Verdict
from grader.sandbox.remote import StudentFault, fault_of, fetch, shown, subject
from grader.sandbox.wire import Opaque
from grader.show import number, show, show_pair

TOLERANCE = 1e-9  # right answers in double precision differ by less, known wrong ones by far more
SINGLE = 2e-6  # the same for answers in single precision
HALF = 2e-3
RECOGNISED = 1e-9  # how closely a known mistake must be matched to be named
MAX_ROWS = 6

Known = Mapping[str, Any]
Array = np.ndarray[Any, Any]


def equal(got: Any, expected: Any, *, known: Known | None = None, weight: float = 1) -> Finding:
    """Expect exactly this value.

    ``np.int64(1)`` equals ``1`` and a tuple equals a list of the same items, but ``True`` is
    not ``1``.  ``known`` maps a sentence about a mistake to the answer that it gives.
    """
    value = fetch(got)
    ok = same(value, expected)
    diagnosis = None if ok else named(value, known, same) or type_remark(value, expected)
    left, right = (show(expected), show(value)) if ok else show_pair(expected, value)
    return _finding(got, left, right, ok=ok, diagnosis=diagnosis, weight=weight)


def close(
    got: Any,
    expected: Any,
    *,
    within: float = TOLERANCE,
    known: Known | None = None,
    weight: float = 1,
) -> Finding:
    """Expect numbers within ``within``, relative for large and absolute for small ones.

    Lists serve as arrays, Python numbers as NumPy scalars; answers in single or half precision
    are compared as closely as their precision allows.
    """
    value = fetch(got)
    truth, _ = as_numbers(expected)
    if truth is None:
        raise CourseError(f"close() compares numbers, and {show(expected)} holds none")
    array, diagnosis = as_numbers(value)
    if array is None:
        left, right = show(expected), show(value)
        return _finding(got, left, right, ok=False, diagnosis=diagnosis, weight=weight)
    if array.shape != truth.shape:
        return _wrong_shape(got, truth, array, known, weight)
    wrong = differing(array, truth, max(within, precision(array), precision(truth)))
    if not wrong.any():
        return _finding(got, show(expected), show(value), ok=True, weight=weight)
    diagnosis = named(array, known, _near) or _not_finite(array, truth)
    left, right = show_pair(expected, array) if array.ndim else show_pair(expected, value)
    evidence = (differences(truth, array, wrong),) if array.ndim else ()
    return _finding(
        got, left, right, ok=False, diagnosis=diagnosis, evidence=evidence, weight=weight
    )


def shape(
    got: Any, expected: tuple[int, ...], *, known: Known | None = None, weight: float = 1
) -> Finding:
    """Expect an array of this shape, whatever its values."""
    value, wanted = fetch(got), tuple(expected)
    array, diagnosis = as_numbers(value)
    right = show(value) if array is None else f"shape {show(array.shape)}"
    ok = array is not None and array.shape == wanted
    if array is not None and not ok:
        diagnosis = named(array.shape, known, same) or shape_remark(array.shape, wanted)
    left = f"shape {show(wanted)}"
    return _finding(got, left, right, ok=ok, diagnosis=diagnosis, weight=weight)


def at_least(got: Any, bound: float, *, diagnosis: str | None = None, weight: float = 1) -> Finding:
    """Expect a number that is not below ``bound``."""
    value = fetch(got)
    ok = is_number(value) and bool(value >= bound)
    return _bounded(got, value, f"at least {number(bound)}", ok=ok, said=diagnosis, weight=weight)


def at_most(got: Any, bound: float, *, diagnosis: str | None = None, weight: float = 1) -> Finding:
    """Expect a number that is not above ``bound``."""
    value = fetch(got)
    ok = is_number(value) and bool(value <= bound)
    return _bounded(got, value, f"at most {number(bound)}", ok=ok, said=diagnosis, weight=weight)


def one_of(
    got: Any, choices: Iterable[Any], *, known: Known | None = None, weight: float = 1
) -> Finding:
    """Expect one of several values."""
    value, allowed = fetch(got), list(choices)
    ok = any(same(value, choice) for choice in allowed)
    diagnosis = None if ok else named(value, known, same) or type_remark(value, allowed)
    left = f"one of {show(allowed)[1:-1]}"
    return _finding(got, left, show(value), ok=ok, diagnosis=diagnosis, weight=weight)


def raises(got: Any, error: type[Exception], *, weight: float = 1) -> Finding:
    """Expect that a call raised this error or one that derives from it."""
    fault = fault_of(got)
    wanted = f"raises {error.__name__}"
    if fault is None:
        return _finding(got, wanted, show(fetch(got)), ok=False, weight=weight)
    ok = error.__name__ in fault.kinds
    if not ok and fault.verdict is not Verdict.ERROR:  # still to do, or out of memory
        raise StudentFault(fault, shown(got))
    return _finding(got, wanted, f"raises {fault.type}", ok=ok, weight=weight)


def same(value: Any, expected: Any) -> bool:
    """Tell whether two plain values are equal, item by item, with ``True`` apart from ``1``."""
    if isinstance(value, Opaque) or isinstance(expected, Opaque) or not may_equal(value, expected):
        return False
    value, expected = _plain(value), _plain(expected)
    if isinstance(value, list) and isinstance(expected, list):
        return len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(value, dict) and isinstance(expected, dict):
        return _marked(value) == _marked(expected) and all(
            same(value[key], expected[key]) for key in value
        )
    if isinstance(value, (set, frozenset)) and isinstance(expected, (set, frozenset)):
        return _marked(value) == _marked(expected)
    if isinstance(value, complex) and isinstance(expected, complex):
        return same(value.real, expected.real) and same(value.imag, expected.imag)
    nan = all(isinstance(one, float) and math.isnan(one) for one in (value, expected))
    alike = nan or (value == expected) is True
    return alike and isinstance(value, bool) == isinstance(expected, bool)


def named(value: Any, known: Known | None, alike: Any) -> str | None:
    """Return the sentence of the first known mistake that gives this very answer."""
    for sentence, wrong in (known or {}).items():
        if alike(value, wrong):
            return sentence
    return None


def near(value: Any, wrong: Any, tolerance: float) -> bool:
    """Tell whether an answer matches a wrong one everywhere, nan and inf included."""
    array, _ = as_numbers(value)
    other, _ = as_numbers(wrong)
    if array is None or other is None or array.shape != other.shape:
        return False
    return not differing(array, other, tolerance).any()


def differing(array: Array, truth: Array, tolerance: float) -> Array:
    """Return where two arrays of one shape differ: beyond ``tolerance · max(1, |truth|)``."""
    kind = np.result_type(array, truth, np.float64)  # small integers would wrap around
    with np.errstate(invalid="ignore", over="ignore"):
        alike = (array == truth) | (np.isnan(array) & np.isnan(truth))
        off = np.abs(array.astype(kind) - truth) > tolerance * np.maximum(1, np.abs(truth))
        wrong: Array = ~alike & (off | ~np.isfinite(array) | ~np.isfinite(truth))
    return wrong


def as_numbers(value: Any) -> tuple[Array | None, str | None]:
    """Return a value as an array of numbers, huge integers infinite, or None and why it is none."""
    if value is None or isinstance(value, Opaque):
        return None, type_remark(value, 0)
    try:
        array = gather(value)
    except UnfitError as unfit:
        return None, f"It returned {_article(type(value).__name__)} {unfit}."
    if array.dtype.kind == "O" and all(is_number(item) for item in array.flat):
        array = np.array([_as_float(item) for item in array.flat]).reshape(array.shape)
    if array.dtype.kind in "biufc":
        return array, None
    several = array.ndim or isinstance(value, (dict, set, frozenset))
    what = "that does not hold numbers only" if several else "and no number"
    return None, f"It returned {_article(type(value).__name__)} {what}."


def precision(array: Array) -> float:
    """Return how closely an array's own number type allows it to be compared."""
    return {"f2": HALF, "f4": SINGLE, "c8": SINGLE}.get(array.dtype.str[1:], 0.0)


def is_number(value: Any) -> bool:
    """Tell whether a value is one real number, and not a truth value."""
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def type_remark(value: Any, expected: Any) -> str | None:
    """Say what kind of thing came where its kind alone is the mistake."""
    if isinstance(value, Opaque):
        return f"It returned {_article(value.type)}."
    if value is None and expected is not None:
        return "It returned nothing: a `return` is missing."
    return None


def shape_remark(got: tuple[int, ...], expected: tuple[int, ...]) -> str | None:
    """Name the relation of two shapes where there is one."""
    if got != tuple(expected) and got == tuple(expected)[::-1]:
        return "Looks like the transpose."
    if math.prod(got) == math.prod(expected):
        return "It has the right number of values in another shape."
    return None


def differences(truth: Array, array: Array, wrong: Array) -> Table:
    """Return a table of the first differing values with their places."""
    rows = []
    for place in np.argwhere(wrong)[:MAX_ROWS]:
        index = tuple(int(part) for part in place)
        left, right = show_pair(truth[index].item(), array[index].item())
        rows.append((str(list(index)), left, right))
    count = int(wrong.sum())
    title = f"{count} of {array.size} values differ" if array.size > 1 else "The value differs"
    marked = [(row, 2) for row in range(len(rows))]
    return table(title, ["place", "expected", "yours"], rows, marked)


def _near(value: Array, wrong: Any) -> bool:
    return near(value, wrong, max(RECOGNISED, precision(value)))


def _bounded(
    got: Any, value: Any, wanted: str, *, ok: bool, said: str | None, weight: float
) -> Finding:
    diagnosis = None if ok else type_remark(value, 0) or said
    return _finding(got, wanted, show(value), ok=ok, diagnosis=diagnosis, weight=weight)


def _wrong_shape(
    got: Any, truth: Array, array: Array, known: Known | None, weight: float
) -> Finding:
    diagnosis = named(array, known, _near) or shape_remark(array.shape, truth.shape)
    left = f"shape {show(truth.shape)}" if truth.ndim else "one number"
    right = f"shape {show(array.shape)}" if array.ndim else f"one number: {show(array.item())}"
    return _finding(got, left, right, ok=False, diagnosis=diagnosis, weight=weight)


def _not_finite(array: Array, truth: Array) -> str | None:
    if array.dtype.kind in "fc" and np.isnan(array).any() and not np.isnan(truth).any():
        return "It gives nan (not a number) where there is a finite answer."
    if array.dtype.kind in "fc" and np.isinf(array).any() and np.isfinite(truth).all():
        return "It overflows to inf where there is a finite answer."
    return None


def _finding(
    got: Any,
    expected: str,
    value: str,
    *,
    ok: bool,
    diagnosis: str | None = None,
    evidence: tuple[Table, ...] = (),
    weight: float = 1,
) -> Finding:
    return Finding(
        shown(got), expected, value, ok, diagnosis, evidence, subject=subject(got), weight=weight
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist() if value.ndim < 2 else [*np.asarray(value)]  # noqa: PLR2004
    return list(value) if isinstance(value, tuple) else value


def _marked(items: Iterable[Any]) -> set[tuple[bool, Any]]:
    """Return keys or members such that ``True`` and ``1`` are two."""
    return {(isinstance(item, bool), item) for item in items}


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value > 0 or -1)


def _article(name: str) -> str:
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
