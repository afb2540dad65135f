"""The Playground: parameters once more, of deeper and of wider networks."""

from __future__ import annotations

import experiments
from check import parameters

from grader import check, computes, generator


@check(points=0.25, after=parameters)
def more_parameters(student):
    """Every weight and every bias of a deeper or wider network is counted"""
    rng = generator(student)
    layers = ((1, 40, 90), (3, 20, 60), (9, 1, 12), (14, 2, 30))
    yield from computes(
        student.count_parameters,
        experiments.count_parameters,
        on=[(rng.integers(low, high, size=depth).tolist(),) for depth, low, high in layers],
    )
