"""The slope of a cube, its exponents, and its picture."""

import numpy as np
from sympy import Symbol

EXPONENTS = [3, 2, 1]


def slope():
    """Return the derivative of x³ as a SymPy expression in one symbol."""
    x = Symbol("x", real=True)
    return 3 * x**2


def sketch(axis):
    """Draw x³ for x from -2 to 2 on a Matplotlib axis."""
    x = np.linspace(-2, 2, 50)
    axis.plot(x, x**3, label="cube")
