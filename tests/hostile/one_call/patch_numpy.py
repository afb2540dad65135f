"""crashed: It changed or closed what Python needs"""

import numpy


def f(x):
    numpy.ndarray = None
