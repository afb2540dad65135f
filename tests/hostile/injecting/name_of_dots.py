"""passed: is called like a way out of the folder

honest: everything
student: escaped·..·..·. . .
"""

import numpy as np


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
