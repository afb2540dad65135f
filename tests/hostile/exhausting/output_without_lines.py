"""passed: prints one line of five megabytes, and half a character at the end

honest: everything
"""

import os

import numpy as np

for _ in range(80):
    os.write(1, b"y" * 65_536)
os.write(1, "σ".encode()[:1])


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
