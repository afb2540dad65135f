"""From a JSON tree and raw buffers to values: the reading side, which trusts nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.sandbox.values import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_LIST,
    MAX_NAME,
    MAX_STRING,
    PYTHONS_OWN,
    SAFE_INTEGER,
    Buffers,
    Opaque,
    Reference,
    Tagged,
    WireError,
)

WRAPPING = 4  # levels that a message and its tags put around a value
MAX_ALIKE = 64  # keys of one hash: each is compared with each, and a sender can choose them so


@dataclass(slots=True)
class Decoder:
    """Turn a JSON tree and its buffers back into values, checking everything.

    Only requests may hold references: a reply that holds one is refused.  Each buffer is used
    once: a small frame must not become many large values.
    """

    buffers: Buffers
    references: bool = False
    used: int = 0  # buffers

    def decode(self, tree: Any, depth: int = 0) -> Any:
        """Return the value of a JSON tree; raises :class:`WireError`."""
        if depth > MAX_DEPTH + WRAPPING:
            raise WireError(f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(tree, list):
            return [self.decode(item, depth + 1) for item in tree]
        if isinstance(tree, dict):
            return self._tagged(tree, depth)
        if isinstance(tree, str) and len(tree) > MAX_STRING:
            raise WireError("a string is too long")
        if isinstance(tree, int) and not -SAFE_INTEGER < tree < SAFE_INTEGER:
            raise WireError("an integer is too large for its form")
        if isinstance(tree, float) and not math.isfinite(tree):  # 1e999 is not even a constant
            raise WireError("a number is too large for its form")
        return tree

    def _tagged(self, tree: dict[str, Any], depth: int) -> Any:
        tag = next((key for key in tree if key.startswith("$")), None)
        if tag is None:
            return {key: self.decode(item, depth + 1) for key, item in tree.items()}
        reader = READERS.get(tag)
        if reader is None or len(tree) != 1:
            raise WireError(f"unknown kind of value {tag[:40]!r}")
        return reader(self, tree[tag], depth + 1)

    def buffer(self, index: Any) -> np.ndarray[Any, Any]:
        """Return the next array of the body, which must be the one that is named."""
        if type(index) is not int or index != self.used or index >= len(self.buffers):
            raise WireError("an array that was not sent, or not in its turn")
        self.used += 1
        return self.buffers[index]


def _read_int(_: Decoder, data: Any, __: int) -> int:
    if type(data) is not str or len(data) > MAX_DIGITS + 1 or not data.lstrip("-").isdecimal():
        raise WireError("a malformed integer")
    return int(data)


def _read_float(_: Decoder, data: Any, __: int) -> float:
    if data not in {"nan", "inf", "-inf"}:
        raise WireError("a malformed number")
    return float(data)


def _read_complex(decoder: Decoder, data: Any, depth: int) -> complex:
    real, imaginary = (decoder.decode(part, depth) for part in _pair(data))
    if type(real) not in {int, float} or type(imaginary) not in {int, float}:
        raise WireError("a malformed complex number")
    return complex(real, imaginary)


def _read_array(decoder: Decoder, data: Any, _: int) -> Any:
    array = decoder.buffer(data)
    return array[()] if array.ndim == 0 else array


def _read_list(decoder: Decoder, data: Any, _: int) -> list[Any]:
    array = decoder.buffer(data).ravel()
    if array.size > MAX_LIST:
        raise WireError(f"a list of more than {MAX_LIST:,} items")
    # A list of float32 stays one: its numbers are no more precise than that.
    items: list[Any] = array.tolist() if array.dtype.str in PYTHONS_OWN else list(array)
    return items


def _read_dict(decoder: Decoder, data: Any, depth: int) -> dict[Any, Any]:
    try:
        pairs = [[decoder.decode(part, depth) for part in _pair(item)] for item in data]
        _require_spread([key for key, _ in pairs])
        return dict(pairs)
    except TypeError as error:
        raise WireError("a dictionary with a key that cannot be one") from error


def _read_set(decoder: Decoder, data: Any, depth: int) -> frozenset[Any]:
    try:
        members = [decoder.decode(item, depth) for item in data]
        _require_spread(members)
        return frozenset(members)
    except TypeError as error:
        raise WireError("a set with a member that cannot be one") from error


def _require_spread(keys: list[Any]) -> None:
    if len(keys) > MAX_ALIKE and max(Counter(map(hash, keys)).values()) > MAX_ALIKE:
        raise WireError("too many keys of one hash")


def _read_opaque(_: Decoder, data: Any, __: int) -> Opaque:
    if type(data) is not str:
        raise WireError("a malformed type name")
    return Opaque(data[:MAX_NAME])


def _read_reference(decoder: Decoder, data: Any, depth: int) -> Reference:
    if not decoder.references:
        raise WireError("a reference where none is allowed")
    number, *path = decoder.decode(data, depth)
    return Reference(number, tuple(path))


def _pair(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
        raise WireError("a pair that is not one")
    return value


READERS: dict[str, Callable[[Decoder, Any, int], Any]] = {
    "$int": _read_int,
    "$float": _read_float,
    "$complex": _read_complex,
    "$bytes": lambda decoder, data, _: decoder.buffer(data).tobytes(),
    "$array": _read_array,
    "$list": _read_list,
    "$tuple": lambda decoder, data, depth: tuple(decoder.decode(item, depth) for item in data),
    "$set": _read_set,
    "$dict": _read_dict,
    "$opaque": _read_opaque,
    "$ref": _read_reference,
    "$sympy": lambda decoder, data, depth: Tagged("sympy", decoder.decode(data, depth)),
    "$model": lambda decoder, data, depth: Tagged("model", decoder.decode(data, depth)),
}
