"""Values as people read them: short, exact where it matters, never a wall of digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

MAX_ITEMS = 8
MAX_TEXT = 300
DIGITS = 6


def show(value: Any, digits: int = DIGITS) -> str:
    """Return a value in at most a line or two, numbers to ``digits`` significant digits."""
    text = _show(value, digits)
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"


def show_pair(expected: Any, got: Any) -> tuple[str, str]:
    """Return two values with as many digits as it takes to see their difference."""
    for digits in range(3, 17):
        left, right = show(expected, digits), show(got, digits)
        if left != right:
            digits = max(digits, min(digits + 1, DIGITS))
            return show(expected, digits), show(got, digits)
    return show(expected), show(got)


def call_text(function: str, args: Iterable[Any], kwargs: Mapping[str, Any]) -> str:
    """Return a call as the student would type it, long arguments shortened."""
    parts = [_argument(value) for value in args]
    parts += [f"{key}={_argument(value)}" for key, value in kwargs.items()]
    return f"{function}({', '.join(parts)})"


def number(value: float, digits: int = DIGITS) -> str:
    """Return a number as Python writes it, rounded to ``digits`` significant digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.floating, np.integer)):
        return repr(value)
    if isinstance(value, (int, np.integer)):
        text = str(int(value)) if abs(int(value)) < 10**21 else f"{float(value):.6g}"
        return text
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = f"{value:.{digits}g}"
    return text if any(mark in text for mark in ".e") else f"{text}.0"



def _argument(value: Any) -> str:
    from grader.sandbox.remote import Remote, shown

    if isinstance(value, Remote):
        return shown(value)
    if isinstance(value, np.ndarray):
        if value.size > MAX_ITEMS * 2:
            return f"array of shape {show(value.shape)}"
        return f"np.array({_array(value, DIGITS)})"
    return show(value)


def _show(value: Any, digits: int) -> str:  # noqa: PLR0911
    if isinstance(value, np.ndarray):
        return _array(value, digits)
    if isinstance(value, np.generic):
        return _show(value.item(), digits)
    if isinstance(value, complex):
        return f"({number(value.real, digits)} + {number(value.imag, digits)}j)"
    if isinstance(value, (bool, int, float)):
        return number(value, digits)
    if isinstance(value, str):
        return repr(value if len(value) <= MAX_TEXT else f"{value[:MAX_TEXT]}…")
    if isinstance(value, Mapping):
        pairs = [f"{_show(key, digits)}: {_show(item, digits)}" for key, item in value.items()]
        return f"{{{_some(pairs)}}}"
    if isinstance(value, tuple):
        items = [_show(item, digits) for item in value]
        return f"({_some(items)},)" if len(items) == 1 else f"({_some(items)})"
    if isinstance(value, (set, frozenset)):
        return f"{{{_some(sorted(_show(item, digits) for item in value))}}}" if value else "set()"
    if isinstance(value, list):
        return f"[{_some([_show(item, digits) for item in value])}]"
    return str(value) if value is not None else "None"


def _array(value: np.ndarray[Any, Any], digits: int) -> str:
    if value.ndim == 0:
        return _show(value.item(), digits)
    if value.ndim == 1:
        return f"[{_some([_show(item, digits) for item in value[: MAX_ITEMS + 1]], value.size)}]"
    if value.size > MAX_ITEMS * MAX_ITEMS:
        return f"array of shape {_show(value.shape, digits)}"
    return f"[{', '.join(_array(row, digits) for row in value)}]"


def _some(items: list[str], total: int | None = None) -> str:
    total = len(items) if total is None else total
    if total <= MAX_ITEMS:
        return ", ".join(items)
    return f"{', '.join(items[:MAX_ITEMS])}, … {total - MAX_ITEMS} more"
