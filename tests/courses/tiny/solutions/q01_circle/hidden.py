"""Circles and rings: arrays, which the statement promises and the public questions leave out."""

import numpy as np
from check import ring

from grader import check, close


@check(after=ring)
def ring_of_arrays(student):
    """A ring takes arrays of radii

    Compare all radii at once, with `np.any`.
    """
    outer, inner = np.array([2.0, 3.0, 5.0]), np.array([1.0, 3.0, 4.0])
    yield close(student.ring(outer, inner), np.pi * np.array([3.0, 0.0, 9.0]))
