"""crashed: announces a frame, sends half of it and ends with success"""

import os
import struct


def area(radius):
    os.write(3, struct.pack("<4sIQ", b"GR1\n", 100, 0) + b'{"value": ')
    os._exit(0)
