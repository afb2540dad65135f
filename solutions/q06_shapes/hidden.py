"""Shapes: the equation once more, for larger batches and layers of other sizes."""

from __future__ import annotations

from check import outputs
from two_layers import Sizes, drawn, equation

from grader import check, computes, generator


@check(points=0.5, after=outputs)
def larger_outputs(student):
    """Layers and batches of any size follow the same equation"""
    rng = generator(student)
    yield from computes(
        student.forward,
        equation,
        on=[
            drawn(rng, Sizes(*sizes))
            for sizes in ((2, 13, 4, 11), (90, 10, 50, 3), (33, 12, 21, 14))
        ],
    )
