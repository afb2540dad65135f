"""Output layers: softmax once more, on matrices of other sizes."""

from __future__ import annotations

from check import stable_softmax
from powers import softmax

from grader import check, computes, generator


@check(points=0.25, after=stable_softmax)
def softmax_of_other_matrices(student):
    """Softmax takes any number of rows and classes"""
    rng = generator(student)
    spread = ((1, 9, 1), (40, 2, 3), (6, 6, 200), (25, 13, 3000))
    yield from computes(
        student.softmax,
        softmax,
        on=[(size * rng.normal(size=(rows, classes)),) for rows, classes, size in spread],
        quiet=True,
    )
