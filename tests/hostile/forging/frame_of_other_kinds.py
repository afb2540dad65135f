"""crashed: a frame whose arrays are objects to be unpickled"""

import json
import os
import struct


def area(radius):
    header = json.dumps({"value": {"value": {"$array": 0}}, "buffers": [["|O", [1]]]}).encode()
    os.write(3, struct.pack("<4sIQ", b"GR1\n", len(header), 8) + header + bytes(8))
