"""The area of a circle, and of a ring."""

import numpy as np


def area(radius):
    """Return the area of circles, in the shape of `radius`."""
    return np.pi * np.square(radius)


def ring(outer, inner):
    """Return the area between two circles with one centre, in the shape of the radii."""
    if np.any(np.greater(inner, outer)):
        raise ValueError("the inner circle is the larger one")
    return area(outer) - area(inner)
