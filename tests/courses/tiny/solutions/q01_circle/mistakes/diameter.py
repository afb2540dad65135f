"""loses: area, ring, ring_of_arrays."""

import numpy as np


def area(radius):
    return np.pi * np.square(2 * radius)


def ring(outer, inner):
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
