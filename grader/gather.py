"""From a student's lists to one array, where that is not many times larger than what came.

An array has one type for all: a text of 65,536 letters makes every empty one beside it as long, and
one complex number makes sixteen bytes of each truth value.
"""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_NUMBERS = 1 << 24  # of a list: at most 256 MiB as an array


class UnfitError(ValueError):
    """A list that must not become an array; the message completes "It returned a list …"."""


def gather(value: Any) -> np.ndarray[Any, Any]:
    """Return plain data as an array.

    Raises:
        UnfitError: a list holds a text, or more than ``MAX_NUMBERS`` numbers.
        ValueError: the rows of a list differ in length.
    """
    if isinstance(value, (list, tuple)) and _count(value) > MAX_NUMBERS:
        raise UnfitError(f"of more than {MAX_NUMBERS:,} numbers")
    return np.asarray(value)


def may_equal(array: np.ndarray[Any, Any], expected: Any) -> bool:
    """Tell whether an array is as long as the value that is expected, before it becomes a list."""
    if isinstance(expected, (list, tuple)) or np.ndim(expected):
        return array.ndim > 0 and len(array) == len(expected)
    return array.ndim == 0


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
