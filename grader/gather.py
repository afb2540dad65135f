"""From a student's lists to one array, where that is not many times larger than what came.

An array has one type for all: a text of 65,536 letters makes every empty one beside it as long, and
one complex number makes sixteen bytes of each truth value.
"""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_NUMBERS = 1 << 24  # of a list: at most 256 MiB as an array


class UnfitError(Exception):
    """A list that must not become an array; the message completes "It returned a list …"."""


def gather(value: Any) -> np.ndarray[Any, Any]:
    """Return plain data as an array.

    Raises :class:`UnfitError` where a list holds a text, rows of unlike lengths, or more than
    ``MAX_NUMBERS`` numbers.
    """
    if isinstance(value, (list, tuple)) and _count(value) > MAX_NUMBERS:
        raise UnfitError(f"of more than {MAX_NUMBERS:,} numbers")
    try:
        return np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise UnfitError("whose rows differ in length") from None


def may_equal(value: Any, expected: Any) -> bool:
    """Tell whether an array has the length that is expected, before it becomes a list."""
    if not isinstance(value, np.ndarray):
        return True
    if isinstance(expected, (list, tuple, np.ndarray)):
        return len(value) == len(expected)
    return False


def _count(value: list[Any] | tuple[Any, ...]) -> int:
    count, waiting = 0, [value]
    while waiting:
        for item in waiting.pop():
            if isinstance(item, (list, tuple)):
                waiting.append(item)
            elif isinstance(item, (str, bytes)):
                raise UnfitError("that does not hold numbers only")
            else:
                count += item.size if isinstance(item, np.ndarray) else 1
    return count
