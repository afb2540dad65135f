"""Values across the wall: length-prefixed JSON and raw little-endian buffers, never pickle.

A frame is the four bytes of ``MAGIC``, the header's length (u32), the body's length (u64), the
header (JSON) and the body: the buffers of all arrays, each named once and in order.  Whoever
reads a frame trusts nothing in it: every length, type, depth and name is checked, and anything
unexpected is a :class:`WireError`.
"""

from __future__ import annotations

import contextlib
import json
import math
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MAGIC = b"GR1\n"
PREFIX = struct.Struct("<4sIQ")

MAX_HEADER = 1 << 20
MAX_BODY = 512 << 20
MAX_BUFFERS = 4096
MAX_DIMS = 8
MAX_STRING = 1 << 16
MAX_DEPTH = 64
MAX_ITEMS = 100_000  # of one value, not counting the numbers in its arrays
WRAPPING = 4  # levels that a message and its tags put around a value
MAX_LIST = 1 << 20  # numbers of a list that travels as one buffer: in the judge each is an object
MAX_DIGITS = 4000
SAFE_INTEGER = 1 << 53  # beyond it, JSON readers may round
LONG_LIST = 64  # longer lists of numbers of one kind travel as one buffer
MAX_NAME = 200

ONE_BUFFER = {
    bool: "|b1",
    int: "<i8",
    float: "<f8",
    np.float64: "<f8",
    np.float32: "<f4",
    np.int64: "<i8",
}
PYTHONS_OWN = frozenset({"|b1", "<i8", "<f8"})  # scalars that Python has a type for

DTYPES = frozenset(
    ["|b1", "|i1", "|u1"]
    + [f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8)]
    + ["<f2", "<f4", "<f8", "<c8", "<c16"]
)

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
        return dict(pairs)
    except TypeError as error:
        raise WireError("a dictionary with a key that cannot be one") from error


def _read_set(decoder: Decoder, data: Any, depth: int) -> frozenset[Any]:
    try:
        return frozenset(decoder.decode(item, depth) for item in data)
    except TypeError as error:
        raise WireError("a set with a member that cannot be one") from error


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


def pack(message: Mapping[str, Any], encoder: Encoder | None = None) -> list[Any]:
    """Return the pieces of one frame, ready to be sent in order.

    Raises :class:`WireError` where the value breaks a cap.
    """
    encoder = encoder or Encoder()
    tree = encoder.encode(message)
    specs = [[array.dtype.str, list(array.shape)] for array in encoder.buffers]
    header = json.dumps({"value": tree, "buffers": specs}, allow_nan=False).encode()
    length = sum(array.nbytes for array in encoder.buffers)
    if len(header) > MAX_HEADER:
        raise WireError(f"more than {MAX_HEADER >> 10} KiB of structure")
    if length > MAX_BODY:
        raise WireError(f"more than {MAX_BODY >> 20} MiB of numbers")
    bodies = [_flat(array).data for array in encoder.buffers if array.nbytes]
    return [PREFIX.pack(MAGIC, len(header), length) + header, *bodies]


def lengths(prefix: bytes) -> tuple[int, int]:
    """Return the lengths of header and body that a prefix announces."""
    magic, header, body = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise WireError("bytes that are no frame")
    if header > MAX_HEADER or body > MAX_BODY:
        raise WireError("a frame that is too large")
    return header, body


def unpack(
    header: bytes, body: bytearray | memoryview, *, references: bool = False
) -> dict[str, Any]:
    """Return the message of one frame.

    ``references`` is true for requests: their arrays can be written to, as those of any caller
    can, while those of replies cannot.  Raises :class:`WireError` for whatever is wrong with
    the frame, and nothing else.
    """
    try:
        tree = json.loads(header, parse_constant=_refuse)
        if not isinstance(tree, dict) or set(tree) != {"value", "buffers"}:
            raise WireError("a header that is none")
        arrays = _arrays(tree["buffers"], body, writeable=references)
        decoder = Decoder(arrays, references)
        message = decoder.decode(tree["value"])
        if decoder.used != len(decoder.buffers):
            raise WireError("an array that nothing names")
    except WireError:
        raise
    except Exception as error:  # hostile bytes may break any step; the judge must not care which
        raise WireError(f"a malformed frame ({type(error).__name__})") from error
    if not isinstance(message, dict):
        raise WireError("a message that is none")
    return message


def _arrays(specs: Any, body: bytearray | memoryview, *, writeable: bool) -> Buffers:
    if not isinstance(specs, list) or len(specs) > MAX_BUFFERS:
        raise WireError("too many arrays")
    arrays: Buffers = []
    offset = 0
    for dtype, shape in specs:
        if dtype not in DTYPES or len(shape) > MAX_DIMS:
            raise WireError("an array of a kind that may not cross")
        if not all(type(size) is int and 0 <= size <= MAX_BODY for size in shape):
            raise WireError("an array with an impossible shape")
        count = math.prod(shape)
        end = offset + count * np.dtype(dtype).itemsize
        if end > len(body):
            raise WireError("an array longer than its bytes")
        kind = np.uint8 if dtype == "|b1" else np.dtype(dtype)
        flat = np.frombuffer(body, dtype=kind, count=count, offset=offset)
        if dtype == "|b1":
            if flat.size and flat.max() > 1:
                raise WireError("a truth value that is neither")
            flat = flat.view(np.bool_)
        array = flat.reshape(shape) if flat.flags.aligned else flat.reshape(shape).copy()
        array.flags.writeable = writeable
        arrays.append(array)
        offset = end
    if offset != len(body):
        raise WireError("bytes that belong to no array")
    return arrays


def _flat(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


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


def _refuse(constant: str) -> Any:
    raise WireError(f"the constant {constant}")
