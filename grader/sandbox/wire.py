"""Values across the wall: length-prefixed JSON and raw little-endian buffers, never pickle.

A frame is the four bytes of ``MAGIC``, the header's length (u32), the body's length (u64), the
header (JSON) and the body: the buffers of all arrays, each named once and in order.  Whoever
reads a frame trusts nothing in it: every length, type, depth and name is checked, and anything
unexpected is a :class:`WireError`.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.sandbox.decoder import Decoder
from grader.sandbox.encoder import Encoder
from grader.sandbox.values import (
    DTYPES,
    MAX_BUFFERS,
    MAX_DIMS,
    Buffers,
    Encoded,
    Opaque,
    Reference,
    Tagged,
    WireError,
)

__all__ = [
    "MAX_DIMS",
    "Decoder",
    "Encoded",
    "Encoder",
    "Opaque",
    "Reference",
    "Tagged",
    "WireError",
    "lengths",
    "pack",
    "unpack",
]

MAGIC = b"GR1\n"
PREFIX = struct.Struct("<4sIQ")
MAX_HEADER = 1 << 20
MAX_BODY = 512 << 20


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


def _refuse(constant: str) -> Any:
    raise WireError(f"the constant {constant}")
