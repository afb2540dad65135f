"""The area of a circle, and of a ring."""


def area(radius):
    """Return the area of circles, in the shape of `radius`."""
    raise NotImplementedError  # TODO 1


def ring(outer, inner):
    """Return the area between two circles with one centre, in the shape of the radii."""
    raise NotImplementedError  # TODO 2
