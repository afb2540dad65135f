"""loses: ring_of_arrays."""

import math


def area(radius):
    return math.pi * radius**2


def ring(outer, inner):
    if inner > outer:
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
