"""MNIST above 98 %: the confusion matrix once more, for other numbers of classes and images."""

from __future__ import annotations

import numpy as np
from check import confusion

from grader import check, computes, generator


@check(points=0.25, after=confusion)
def other_confusions(student):
    """The confusion matrix has as many rows and columns as there are classes"""
    rng = generator(student)
    yield from computes(
        student.confusion_matrix,
        counted,
        on=[
            (rng.integers(k, size=images), rng.integers(k, size=images), k)
            for images, k in ((1, 4), (31, 2), (190, 7), (2500, 17))
        ],
    )


def counted(true: np.ndarray, read: np.ndarray, k: int) -> np.ndarray:
    counts = np.zeros((k, k), int)
    np.add.at(counts, (true, read), 1)
    return counts
