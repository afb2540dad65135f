"""From values to a JSON tree and raw buffers: the sending side of the channel."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.sandbox.values import (
    DTYPES,
    MAX_BUFFERS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_DIMS,
    MAX_ITEMS,
    MAX_LIST,
    MAX_NAME,
    MAX_STRING,
    PYTHONS_OWN,
    SAFE_INTEGER,
    Buffers,
    Encoded,
    Opaque,
    Reference,
    Tagged,
    WireError,
)

LONG_LIST = 64  # longer lists of numbers of one kind travel as one buffer
ONE_BUFFER = {
    bool: "|b1",
    int: "<i8",
    float: "<f8",
    np.float64: "<f8",
    np.float32: "<f4",
    np.int64: "<i8",
}


@dataclass(slots=True)
class Encoder:
    """Turn values into a JSON tree and a list of buffers.

    ``portray`` may turn an unknown object into a :class:`Tagged` (or any other value);
    ``None`` from it means that only the type's name crosses.  With ``whole``, such a value is
    refused instead: what a judge sends has to arrive.
    """

    portray: Callable[[object], object | None] | None = None
    whole: bool = False
    buffers: Buffers = field(default_factory=list)
    items: int = 0

    def encode(self, value: object, depth: int = 0) -> Any:  # noqa: C901, PLR0911, PLR0912
        """Return the JSON tree of a value; raises :class:`WireError` where it breaks a cap."""
        self.items += 1
        if self.items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS:,} items")
        if depth > MAX_DEPTH:
            raise WireError(f"nested deeper than {MAX_DEPTH} levels")
        if value is None or value is True or value is False:
            return value
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(value)
        # The base type's own methods: a subclass may say anything about itself.
        if isinstance(value, str):
            return self._text(str.__str__(value))
        if isinstance(value, int):
            whole = int.__int__(value)
            return whole if -SAFE_INTEGER < whole < SAFE_INTEGER else {"$int": _digits(whole)}
        if isinstance(value, float):
            real = float.__float__(value)
            return real if math.isfinite(real) else {"$float": repr(real)}
        if isinstance(value, complex):
            return {"$complex": [self.encode(value.real), self.encode(value.imag)]}
        if isinstance(value, (bytes, bytearray)):
            return {"$bytes": self._buffer(np.frombuffer(bytes(value), dtype=np.uint8))}
        if isinstance(value, list):
            return self._list(value, depth)
        if isinstance(value, tuple):
            return {"$tuple": [self.encode(item, depth + 1) for item in value]}
        if isinstance(value, (set, frozenset)):
            return {"$set": [self.encode(item, depth + 1) for item in value]}
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, Tagged):
            return {f"${value.kind}": self.encode(value.data, depth + 1)}
        if isinstance(value, Reference):
            path = [[kind, self.encode(key, depth + 1)] for kind, key in value.path]
            return {"$ref": [value.number, *path]}
        if isinstance(value, Opaque):
            return {"$opaque": _readable(value.type[:MAX_NAME])}
        if isinstance(value, Encoded):
            return self._adopt(value)
        portrait = self.portray(value) if self.portray else None
        if portrait is not None:
            return self.encode(portrait, depth + 1)
        return self._opaque(type(value).__name__)

    def _opaque(self, name: str) -> Any:
        if self.whole:
            raise WireError(f"a value that cannot cross: {name[:MAX_NAME]}")
        return {"$opaque": _readable(name[:MAX_NAME])}

    def _text(self, value: str) -> Any:
        text = _readable(value)
        return text if len(text) <= MAX_STRING else self._opaque(f"str of {len(value)} characters")

    def _adopt(self, value: Encoded) -> Any:
        if self.buffers:
            raise WireError("an encoded value must come first: its arrays are numbered from zero")
        self.buffers = list(value.buffers)
        return value.tree

    def _list(self, value: list[Any], depth: int) -> Any:
        if len(value) > MAX_LIST:
            raise WireError(f"a list of more than {MAX_LIST:,} items")
        if len(value) > LONG_LIST:
            kind = type(value[0])
            if kind in ONE_BUFFER and all(type(item) is kind for item in value):
                with contextlib.suppress(OverflowError):  # integers beyond 64 bits go one by one
                    return {"$list": self._buffer(np.array(value, dtype=ONE_BUFFER[kind]))}
        return [self.encode(item, depth + 1) for item in value]

    def _mapping(self, value: Mapping[Any, Any], depth: int) -> Any:
        if all(_is_plain_key(key) for key in value):
            return {key: self.encode(item, depth + 1) for key, item in value.items()}
        return {
            "$dict": [
                [self.encode(key, depth + 1), self.encode(item, depth + 1)]
                for key, item in value.items()
            ]
        }

    def _array(self, value: np.ndarray[Any, Any] | np.generic) -> Any:
        if isinstance(value, np.generic) and value.dtype.str in PYTHONS_OWN:
            return self.encode(value.item())
        if isinstance(value, np.str_):
            return self._text(str.__str__(value))
        array = np.asarray(value)
        little = array.dtype.newbyteorder("<") if array.dtype.byteorder == ">" else array.dtype
        if little.str not in DTYPES:
            return self._opaque(f"array of {array.dtype}")
        if array.ndim > MAX_DIMS:
            return self._opaque(f"array with {array.ndim} dimensions")
        return {"$array": self._buffer(array.astype(little, copy=False))}

    def _buffer(self, array: np.ndarray[Any, Any]) -> int:
        if len(self.buffers) >= MAX_BUFFERS:
            raise WireError(f"more than {MAX_BUFFERS} arrays in one value")
        self.buffers.append(np.asarray(array, order="C"))
        return len(self.buffers) - 1


def _readable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()  # lone surrogates cannot cross


def _is_plain_key(key: object) -> bool:
    return (
        type(key) is str
        and not key.startswith("$")
        and len(key) <= MAX_STRING
        and key == _readable(key)
    )


def _digits(value: int) -> str:
    if value.bit_length() > MAX_DIGITS * 3.32:
        raise WireError(f"an integer of more than {MAX_DIGITS} digits")
    return str(value)
