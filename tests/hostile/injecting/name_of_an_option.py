"""passed: is called like an option

honest: everything
student: --help
file: Circle (1).py
"""

import numpy as np


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
