"""Logistic Regression: the gradient once more, at other biases and on data of other sizes."""

from __future__ import annotations

from check import gradient
from models import error
from models import gradient as gradient_of

from grader import check, computes, generator


@check(points=0.5, after=gradient)
def gradient_elsewhere(student):
    """The gradient of the mean log loss is right at any bias and for any number of samples"""
    rng = generator(student)
    yield from computes(
        student.log_loss_gradient,
        gradient_of(error),
        on=[
            (
                rng.normal(size=(m, n)),
                rng.integers(2, size=m),
                rng.normal(size=n),
                float(rng.uniform(-2, 0.5)),
            )
            for m, n in ((3, 8), (61, 2), (450, 6))
        ],
        within=1e-6,
        parts=("the gradient by w", "the gradient by b"),
        squeeze=True,
    )
