"""passed: forks twice and stays

honest: everything
"""

import os
import time

import numpy as np

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            print("BREACH", "a daemon runs")
            time.sleep(600)
        os._exit(0)
except OSError:
    pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
