"""The slope of a cube, its exponents, and its picture."""

EXPONENTS = None  # TODO 2


def slope():
    """Return the derivative of x³ as a SymPy expression in one symbol."""
    raise NotImplementedError  # TODO 1


def sketch(axis):
    """Draw x³ for x from -2 to 2 on a Matplotlib axis."""
    raise NotImplementedError  # TODO 3
