"""passed: prints sixty megabytes

honest: everything
"""

import sys

import numpy as np

line = "x" * 99 + "\n"
for _ in range(600):
    sys.stdout.write(line * 1000)


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
