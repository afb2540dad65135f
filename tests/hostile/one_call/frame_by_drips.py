"""timeout: Stopped after"""

import os
import time


def f(x):
    os.write(3, b"GR1\n" + (99).to_bytes(4, "little") + bytes(8))
    while True:
        os.write(3, b" ")
        time.sleep(0.05)
