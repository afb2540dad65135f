"""Backpropagation and its kin: reverse mode once more, on longer tapes."""

from __future__ import annotations

import tapes
from blocks import EXACT
from check import reverse_mode

from grader import check, computes, generator


@check(points=0.25, after=reverse_mode)
def longer_tapes(student):
    """Reverse mode takes tapes of any length and any number of inputs"""
    rng = generator(student)
    yield from computes(
        student.reverse_mode,
        tapes.reverse_mode,
        on=[tapes.drawn(rng, *size) for size in ((6, 8), (7, 20), (2, 26))],
        within=EXACT,
        squeeze=True,
    )
