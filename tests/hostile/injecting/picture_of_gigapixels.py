"""failed: a small file that unfolds into a picture of a gigapixel

exercise: slope
"""

import struct
import zlib

from grader.sandbox import child, wire

first = child.Responder.answer


def part(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def answer(self, request):
    if request["op"] != "draw":
        return first(self, request)
    png = b"\x89PNG\r\n\x1a\n" + part(
        b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    )
    png += part(b"IDAT", zlib.compress(bytes(1 << 20))) + part(b"IEND", b"")
    return wire.pack({"nonce": request["nonce"], "value": {"panels": [{}], "png": png}})


child.Responder.answer = answer


def slope():
    return 0
