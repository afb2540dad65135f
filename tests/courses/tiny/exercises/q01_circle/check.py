"""Circles and rings: numbers in, numbers out."""

import numpy as np

from grader import check, close, raises


@check(points=2, partial=True)
def area(student):
    """The area of a circle is π r²

    Multiply the radius by itself, then by π.

    NumPy calls π `np.pi`.
    """
    for radius in (1.5, 0.25):
        wrong = {
            "This is the circumference.": 2 * np.pi * radius,
            "This squares the diameter.": np.pi * (2 * radius) ** 2,
        }
        yield close(student.area(radius), np.pi * radius**2, known=wrong)


@check(after=area)
def ring(student):
    """The area of a ring is what the larger circle has more

    Subtract one area from the other.

    Look at the radii before anything is computed: `raise ValueError(...)`.
    """
    yield close(student.ring(3.0, 1.5), 6.75 * np.pi)
    yield raises(student.ring(1.5, 3.0), ValueError)
