"""passed: is called like a row of its own

honest: everything
student: x",100,100,true\nroot,100,100
"""

import numpy as np


def area(radius):
    return np.pi * np.square(radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
