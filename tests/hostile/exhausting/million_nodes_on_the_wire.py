"""crashed: sends a million nodes past its own encoder"""

import os
import struct


def area(radius):
    header = b'{"buffers": [], "value": {"value": [' + b"[]," * 340_000 + b"0]}}"
    os.write(3, struct.pack("<4sIQ", b"GR1\n", len(header), 0) + header)
