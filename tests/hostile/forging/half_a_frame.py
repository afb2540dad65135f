"""timeout: announces half a gigabyte and sends none of it"""

import os
import struct
import time


def area(radius):
    os.write(3, struct.pack("<4sIQ", b"GR1\n", 100, 512 << 20))
    time.sleep(60)
