"""passed: gives a hundred thousand warnings

honest: everything
"""

import warnings

import numpy as np


def area(radius):
    for number in range(20_000):
        warnings.warn(f"warning {number} " + "x" * 100, stacklevel=1)
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
