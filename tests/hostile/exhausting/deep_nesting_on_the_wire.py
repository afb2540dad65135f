"""crashed: sends a header of brackets"""

import os
import struct


def area(radius):
    header = b"[" * (1 << 20)
    frame = struct.pack("<4sIQ", b"GR1\n", len(header), 0) + header
    while frame:
        frame = frame[os.write(3, frame) :]
