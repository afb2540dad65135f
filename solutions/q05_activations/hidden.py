"""Activation functions: the sigmoid once more, on arrays of other lengths and shapes."""

from __future__ import annotations

from check import sigmoid_values
from functions import VALUES

from grader import check, computes, generator


@check(points=0.25, after=sigmoid_values)
def sigmoid_of_other_arrays(student):
    """The sigmoid takes arrays of any length and shape"""
    rng = generator(student)
    yield from computes(
        student.sigmoid,
        VALUES["sigmoid"],
        on=[
            (rng.uniform(-20, 20, size=211),),
            (rng.normal(size=(37, 2)),),
            (rng.normal(size=(11, 1)),),
            (rng.uniform(600, 9000, size=13) * rng.choice([-1, 1], size=13),),
            (int(rng.integers(5, 20)),),
        ],
    )
