"""Small grey images as PNG files, and PNG files as data URIs."""

from __future__ import annotations

import base64
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 400_000
MOST_PIXELS = 4000  # a side; a small file can unfold into a picture that stops a browser


def grey(width: int, height: int, pixels: bytes) -> bytes:
    """Return an 8-bit grey PNG of ``width`` × ``height`` pixels, given row by row.

    Raises ValueError where the number of pixels is another (PNG specification, 2003, § 11.2).
    """
    if len(pixels) != width * height:
        raise ValueError(f"{width} × {height} pixels were promised, {len(pixels)} came")
    rows = [b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width)]
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        [
            SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 6)),
            _chunk(b"IEND", b""),
        ]
    )


def size(png: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG that is fit to embed, else None."""
    if len(png) > MOST_BYTES or png[:8] != SIGNATURE or png[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", png[16:24].ljust(8, b"\0"))
    fits = 0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS
    return (width, height) if fits else None


def data_uri(png: bytes) -> str:
    """Return a PNG as the address that holds it whole."""
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)
