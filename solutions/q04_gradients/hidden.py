"""The logistic function and its kin: two linear layers once more, of other sizes."""

from __future__ import annotations

from check import one_layer

from grader import check, computes, generator


@check(points=0.5, after=one_layer)
def other_layers(student):
    """Two linear layers of any sizes do what one linear layer does"""
    rng = generator(student)
    yield from computes(
        student.collapse,
        lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2),
        on=[
            tuple(rng.normal(size=size) for size in ((n, h), (h,), (h, k), (k,)))
            for n, h, k in ((2, 5, 9), (11, 3, 4), (6, 30, 8))
        ],
        within=1e-12,
        parts=("W", "b"),
        squeeze=True,
    )
