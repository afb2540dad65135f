"""Original neurons: the rule once more, with more connections than the public cases have."""

from __future__ import annotations

from itertools import product

from check import fire
from wiring import veto

from grader import check, computes, generator


@check(points=0.5, after=fire)
def many_connections(student):
    """The neuron keeps its rule however many connections it has"""
    rng = generator(student)
    yield from computes(
        student.fire,
        lambda excite, inhibit: int(veto(excite, inhibit)),
        on=[
            tuple(
                rng.permutation([1] * active + [0] * (wires - active)).tolist()
                for wires, active in (exciting, inhibiting)
            )
            for exciting, inhibiting in product(
                ((5, 1), (9, 0), (6, 2), (8, 3), (13, 13)), ((0, 0), (4, 0), (7, 1))
            )
        ],
    )
