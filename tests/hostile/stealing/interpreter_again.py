"""passed: executes another Python, which would be outside of what this one gave up

honest: everything
"""

import os
import sys

import numpy as np

try:
    os.execv(sys.executable, [sys.executable, "-c", "print('BREACH', 'executed')"])
except OSError:
    pass
with open("program", "wb") as file:
    file.write(b"#!/bin/sh\necho BREACH\n")
try:
    os.chmod("program", 0o755)
    os.execv("./program", ["./program"])
except OSError:
    pass


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
