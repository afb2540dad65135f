"""Values as people read them: short, exact where it matters, never a wall of digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np

MAX_ITEMS = 8
MAX_TEXT = 300
MAX_SORTED = 1000  # members of a set
MAX_NESTED = 100  # of a call that is the argument of another
DIGITS = 6
EXACT = 17  # significant digits that tell any two doubles apart
LARGE = 10**21  # larger integers are shown rounded
SCALARS = frozenset({bool, int, float, str})
CONTEXT = 30  # characters before and after the first difference of two texts


def show(value: Any, digits: int = DIGITS) -> str:
    """Return a value in at most a line or two, numbers to ``digits`` significant digits."""
    text = _show(value, digits)
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def show_pair(expected: Any, got: Any) -> tuple[str, str]:
    """Return two values with as many digits as it takes to see their difference."""
    if type(got) is type(expected) and type(got) in SCALARS and repr(got) == repr(expected):
        return show(expected), show(got)  # most answers are right: no digit tells them apart
    for digits in range(3, EXACT + 1):
        pair = show(expected, digits), show(got, digits)
        if pair[0] != pair[1]:
            friendly = min(digits + 1, DIGITS) if digits < DIGITS else digits
            wider = show(expected, friendly), show(got, friendly)
            return wider if wider[0] != wider[1] else pair
    return _apart(expected, got) or (show(expected), show(got))


def call_text(function: str, args: Iterable[Any], kwargs: Mapping[str, Any]) -> str:
    """Return a call as the student would type it, long arguments shortened."""
    parts = [_argument(value) for value in args]
    parts += [f"{key}={_argument(value)}" for key, value in kwargs.items()]
    return f"{function}({', '.join(parts)})"


def number(value: float | np.number[Any], digits: int = DIGITS) -> str:
    """Return a number as Python writes it, rounded to ``digits`` significant digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.floating, np.integer)):
        return repr(value)
    if isinstance(value, (int, np.integer)):
        whole = int(value)
        return str(whole) if abs(whole) < LARGE else f"{Decimal(whole):.{max(digits - 1, 0)}e}"
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = f"{float(value):.{digits}g}"
    return text if any(mark in text for mark in ".e") else f"{text}.0"


def _argument(value: Any) -> str:
    from grader.sandbox.remote import Remote, shown

    if isinstance(value, Remote):
        text = shown(value)  # an answer of an answer of …: a loop would double it at every turn
        return text if len(text) <= MAX_NESTED else f"{text[: MAX_NESTED - 1]}…"
    if isinstance(value, np.ndarray):
        if value.size > MAX_ITEMS * 2:
            return f"array of shape {show(value.shape)}"
        return f"np.array({_array(value, DIGITS)})"
    return show(value)


def _show(value: Any, digits: int) -> str:  # noqa: PLR0911
    if isinstance(value, (bool, int, float, np.longdouble)):  # nearly everything: asked first
        return number(value, digits)
    if isinstance(value, np.ndarray):
        return _array(value, digits)
    if isinstance(value, np.generic) and not isinstance(value, np.longdouble):
        return _show(value.item(), digits)
    if isinstance(value, complex):
        sign = "-" if math.copysign(1, value.imag) < 0 else "+"
        return f"({number(value.real, digits)} {sign} {number(abs(value.imag), digits)}j)"
    if isinstance(value, str):
        return repr(value if len(value) <= MAX_TEXT else f"{value[:MAX_TEXT]}…")
    if isinstance(value, Mapping):
        pairs = (f"{_show(key, digits)}: {_show(item, digits)}" for key, item in value.items())
        return f"{{{_some(_enough(pairs), len(value))}}}"
    if isinstance(value, (list, tuple)):
        items = _some(_enough(_show(item, digits) for item in value), len(value))
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, (set, frozenset)):
        members = sorted(_show(item, digits) for item in islice(value, MAX_SORTED))
        return f"{{{_some(members, len(value))}}}" if value else "set()"
    return str(value)


def _array(value: np.ndarray[Any, Any], digits: int) -> str:
    if value.ndim == 0:
        return _show(value.item(), digits)
    if value.ndim == 1:  # also where it is empty
        return f"[{_some([_show(item, digits) for item in value[: MAX_ITEMS + 1]], value.size)}]"
    if not 0 < value.size <= MAX_ITEMS * MAX_ITEMS:
        return f"array of shape {_show(value.shape, digits)}"
    return f"[{', '.join(_array(row, digits) for row in value)}]"


def _enough(texts: Iterator[str]) -> list[str]:
    """Return the first texts of a row: as many as are shown, or as fill all the room there is."""
    kept: list[str] = []
    while len(kept) <= MAX_ITEMS and sum(map(len, kept)) <= MAX_TEXT and (text := next(texts, "")):
        kept.append(text)
    return kept


def _some(items: list[str], total: int | None = None) -> str:
    total = len(items) if total is None else total
    if total <= MAX_ITEMS:
        return ", ".join(items)
    return f"{', '.join(items[:MAX_ITEMS])}, … {total - MAX_ITEMS} more"


def _apart(expected: Any, got: Any, path: str = "") -> tuple[str, str] | None:
    """Return what stands where two values first differ, with the way there; None where nowhere."""
    expected, got = _plain(expected), _plain(got)
    gap = _gap(expected, got)
    if gap is not None:
        return (f"at {path}: {gap[0]}", f"at {path}: {gap[1]}") if path else gap
    found = (_apart(left, right, path + step) for step, left, right in _parts(expected, got))
    return next((pair for pair in found if pair), None)


def _gap(expected: Any, got: Any) -> tuple[str, str] | None:
    """Return what differs about two values as a whole, before their parts are looked at."""
    if isinstance(expected, list) and isinstance(got, list):
        pair = f"{len(expected)} items", f"{len(got)} items"
    elif isinstance(expected, Mapping) and isinstance(got, Mapping):
        key = next(iter(expected.keys() ^ got.keys()), None)
        told = [
            f"with {show(key)}" if key in side else f"without {show(key)}"
            for side in (expected, got)
        ]
        pair = told[0], told[1]
    elif isinstance(expected, str) and isinstance(got, str):
        pair = _windows(expected, got, quoted=True)
    elif isinstance(expected, int) and isinstance(got, int) and abs(got) >= LARGE:
        pair = _windows(str(Decimal(expected)), str(Decimal(got)), quoted=False)
    else:
        pair = show(expected, EXACT), show(got, EXACT)
        if pair[0] == pair[1]:
            pair = _windows(str(expected), str(got), quoted=False)
    return pair if pair[0] != pair[1] else None


def _parts(expected: Any, got: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(expected, list) and isinstance(got, list):
        for place, (left, right) in enumerate(zip(expected, got, strict=True)):
            if type(left) is not type(right) or type(left) not in SCALARS or left != right:
                yield f"[{place}]", left, right
    elif isinstance(expected, Mapping) and isinstance(got, Mapping):
        for key in expected:
            yield f"[{show(key)}]", expected[key], got[key]


def _windows(expected: str, got: str, *, quoted: bool) -> tuple[str, str]:
    """Return the surroundings of the first place where two texts differ."""
    differ = (place for place, (a, b) in enumerate(zip(expected, got, strict=False)) if a != b)
    first = next(differ, min(len(expected), len(got)))
    start, end = max(0, first - CONTEXT), first + CONTEXT
    dots = "…" if start else ""
    left, right = (repr(text[start:end]) if quoted else text[start:end] for text in (expected, got))
    return dots + left, dots + right


def _plain(value: Any) -> Any:
    """Return arrays and tuples as lists, and a set as a mapping without values."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, (set, frozenset)):
        return dict.fromkeys(value)
    return list(value) if isinstance(value, tuple) else value
