"""error: an object that is another array whenever it is asked"""

import itertools

import numpy as np

faces = itertools.cycle([0.0, 1.0, [1.0, 2.0], "7.07"])


class Faces:
    @property
    def __class__(self):
        return float

    def __array__(self, dtype=None, copy=None):
        return np.asarray(next(faces))

    def __float__(self):
        return 7.07


def area(radius):
    return Faces()


def ring(outer, inner):
    return Faces()
