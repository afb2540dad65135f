"""What may cross the wall, and how much of it: the nouns and the caps of the channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_BUFFERS = 4096
MAX_DIMS = 8
MAX_STRING = 1 << 16
MAX_DEPTH = 64
MAX_ITEMS = 100_000  # of one value, not counting the numbers in its arrays
MAX_LIST = 1 << 20  # numbers of a list that travels as one buffer: in the judge each is an object
MAX_DIGITS = 4000
SAFE_INTEGER = 1 << 53  # beyond it, JSON readers may round
MAX_NAME = 200

DTYPES = frozenset(
    ["|b1", "|i1", "|u1"]
    + [f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8)]
    + ["<f2", "<f4", "<f8", "<c8", "<c16"]
)
PYTHONS_OWN = frozenset({"|b1", "<i8", "<f8"})  # scalars that Python has a type for

Buffers = list[np.ndarray[Any, Any]]


class WireError(Exception):
    """A frame or a value that breaks the rules of the channel."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that cannot cross: only its type's name did."""

    type: str

    def __str__(self) -> str:
        """Read as ``<generator>``."""
        return f"<{self.type}>"


@dataclass(frozen=True, slots=True)
class Tagged:
    """Plain data of a known kind that its own module reads: ``sympy`` or ``model``."""

    kind: str
    data: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that stays in the child: its number there, and attributes or items to follow."""

    number: int
    path: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value that has been encoded already, so that its size is known before it is sent."""

    tree: Any
    buffers: Buffers
