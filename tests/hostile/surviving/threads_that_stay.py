"""passed: leaves threads behind that nobody waits for, and some that want to be waited for

honest: everything
"""

import atexit
import threading
import time

import numpy as np

for daemon in (True, False):
    for _ in range(5):
        threading.Thread(target=time.sleep, args=(600,), daemon=daemon).start()
atexit.register(time.sleep, 600)
threading._register_atexit(time.sleep, 600)


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
