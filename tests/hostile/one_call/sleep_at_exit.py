"""answers: 7"""

import atexit
import time

atexit.register(time.sleep, 60)


def f(x):
    return x
