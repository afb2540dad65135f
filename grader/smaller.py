"""Inputs that are easier to read than the one that was drawn: fewer rows, rounder numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

Inputs = tuple[Any, ...]


def smaller(inputs: Inputs) -> Iterator[Inputs]:
    """Yield simpler inputs: half the rows of all arrays that share a length, rounder numbers."""
    arrays = [item for item in inputs if isinstance(item, np.ndarray) and item.ndim]
    rows = len(arrays[0]) if arrays else 0
    for part in (slice(0, rows // 2), slice(rows // 2, rows)) if rows > 1 else ():
        yield tuple(
            item[part] if isinstance(item, np.ndarray) and item.ndim and len(item) == rows else item
            for item in inputs
        )
    for digits in (0, 1):
        rounder = tuple(_rounded(item, digits) for item in inputs)
        if any(not np.array_equal(one, other) for one, other in zip(rounder, inputs, strict=True)):
            yield rounder


def _rounded(item: Any, digits: int) -> Any:
    if isinstance(item, np.ndarray) and item.dtype.kind == "f":
        return np.round(item, digits) + 0.0
    return round(item, digits) if isinstance(item, float) else item
