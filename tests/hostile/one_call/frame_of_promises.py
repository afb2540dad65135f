"""timeout: Stopped after"""

import os
import time


def f(x):
    os.write(3, b"GR1\n" + bytes(4) + (512 << 20).to_bytes(8, "little"))
    time.sleep(60)
