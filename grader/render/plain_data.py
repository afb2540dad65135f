"""Frozen dataclasses as plain JSON data and back, led by their type hints.

Fields need no code of their own: a new field of a noun is written and read from the day it is
declared.  Known types: str, int, float, bool, bytes, string enums, Literal, ``X | None``, tuples,
frozensets, mappings from str, dataclasses, and :data:`~grader.evidence.Evidence` by its kind.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from grader.evidence import KINDS, Evidence

NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}  # JSON has no words for them

Turn = Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class Names:
    """Where the data differ from the classes: other names for fields, sums beside them."""

    renamed: Mapping[type, Mapping[str, str]]
    computed: Mapping[type, tuple[str, ...]]

    def fields(self, made: type) -> list[tuple[str, str, Any]]:
        """Return own name, name in the data and type of each field of a dataclass."""
        hints = get_type_hints(made, localns={"Evidence": Evidence})
        other = self.renamed.get(made, {})
        return [(one.name, other.get(one.name, one.name), hints[one.name]) for one in fields(made)]


class MisfitError(ValueError):
    """Data that do not fit the type; its text names the way to them: ``exercises.0.id``."""

    def __init__(self, wanted: str, data: object) -> None:
        found = "nothing" if data is None else type(data).__name__
        super().__init__(f"expected {wanted}, found {found}")
        self.way: list[str] = []

    def __str__(self) -> str:
        return f"{'.'.join(reversed(self.way))}: {self.args[0]}"


@cache
def writer(names: Names, hint: Any) -> Turn:  # noqa: PLR0911 one line a type
    """Return the function that turns a value of the type ``hint`` into JSON data."""
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_writer(names, hint)
    if hint == Evidence:
        return lambda value: writer(names, KINDS[value.kind])(value)
    if origin in {Union, UnionType}:
        write = writer(names, _optional(inner))
        return lambda value: None if value is None else write(value)
    if origin is tuple and inner[-1] is not ...:
        each = [writer(names, part) for part in inner]
        return lambda value: [turn(part) for turn, part in zip(each, value, strict=True)]
    if origin in {tuple, frozenset}:
        write, order = writer(names, inner[0]), sorted if origin is frozenset else iter
        return lambda value: [write(part) for part in order(value)]
    if origin is Mapping:
        write = writer(names, inner[1])
        return lambda value: {key: write(part) for key, part in value.items()}
    if hint is float:
        return _write_float
    if hint is bytes:
        return lambda value: base64.b64encode(value).decode("ascii")
    plain: Turn = str if origin is Literal or issubclass(hint, Enum) else hint
    return plain


@cache
def reader(names: Names, hint: Any) -> Turn:  # noqa: PLR0911 one line a type
    """Return the inverse of :func:`writer`; what it returns raises :class:`MisfitError`."""
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _object_reader(names, hint)
    if hint == Evidence:
        kind = _choice_reader(KINDS)
        return lambda data: reader(names, _inside("kind", kind, _a(dict, data).get("kind")))(data)
    if origin in {Union, UnionType}:
        read = reader(names, _optional(inner))
        return lambda data: None if data is None else read(data)
    if origin is tuple and inner[-1] is not ...:
        return _row_reader([reader(names, part) for part in inner])
    if origin in {tuple, frozenset}:
        return _list_reader(origin, reader(names, inner[0]))
    if origin is Mapping:
        read = reader(names, inner[1])
        return lambda data: {key: read(part) for key, part in _a(dict, data).items()}
    if origin is Literal:
        return _choice_reader({choice: choice for choice in inner})
    if issubclass(hint, Enum):
        return _choice_reader({member.value: member for member in hint})
    return {float: _read_float, bytes: _read_bytes}.get(hint, lambda data: _a(hint, data))


def _object_writer(names: Names, made: type) -> Turn:
    turns = [(own, name, writer(names, hint)) for own, name, hint in names.fields(made)]
    computed = names.computed.get(made, ())

    def write(value: Any) -> dict[str, Any]:
        sums = {name: getattr(value, name) for name in computed}
        return sums | {name: turn(getattr(value, own)) for own, name, turn in turns}

    return write


def _object_reader(names: Names, made: type) -> Turn:
    turns = [(own, name, reader(names, hint)) for own, name, hint in names.fields(made)]

    def read(data: Any) -> Any:
        _a(dict, data)
        return made(**{own: _inside(name, turn, data.get(name)) for own, name, turn in turns})

    return read


def _list_reader(made: Callable[[list[Any]], Any], read: Turn) -> Turn:
    def read_all(data: Any) -> Any:
        return made([_inside(str(n), read, part) for n, part in enumerate(_a(list, data))])

    return read_all


def _row_reader(each: list[Turn]) -> Turn:
    def read(data: Any) -> tuple[Any, ...]:
        if len(_a(list, data)) != len(each):
            raise MisfitError(f"{len(each)} values in a row", data)
        return tuple(turn(part) for turn, part in zip(each, data, strict=True))

    return read


def _choice_reader(choices: Mapping[Any, Any]) -> Turn:
    def read(data: Any) -> Any:
        if not isinstance(data, str) or data not in choices:
            raise MisfitError(f"one of {', '.join(choices)}", data)
        return choices[data]

    return read


def _write_float(value: float) -> float | str:
    number = float(value)
    return number if math.isfinite(number) else repr(number)


def _read_float(data: Any) -> float:
    if isinstance(data, str) and data in NOT_FINITE:
        return NOT_FINITE[data]
    if isinstance(data, bool) or not isinstance(data, (int, float)):
        raise MisfitError("a number", data)
    return float(data)


def _read_bytes(data: Any) -> bytes:
    try:
        return base64.b64decode(_a(str, data), validate=True)
    except binascii.Error:
        raise MisfitError("base64 text", data) from None


def _inside(name: str, read: Turn, data: Any) -> Any:
    """Read a part; a misfit in it learns where it was."""
    try:
        return read(data)
    except MisfitError as misfit:
        misfit.way.append(name)
        raise


def _a(kind: type, data: Any) -> Any:
    """Return ``data`` if it is of the type ``kind``; a bool is no int here."""
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise MisfitError(f"a value of type {kind.__name__}", data)
    return data


def _optional(inner: tuple[Any, ...]) -> Any:
    """Return the ``X`` of an ``X | None``, the one union that the nouns use beside Evidence."""
    (one,) = (part for part in inner if part is not NoneType)
    return one
