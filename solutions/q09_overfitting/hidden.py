"""Overfitting: early stopping once more, in longer runs and with more patience."""

from __future__ import annotations

import histories
import numpy as np
from check import best_epoch

from grader import check, computes, generator


@check(points=0.5, after=best_epoch)
def longer_runs(student):
    """Early stopping keeps its rule in runs of any length"""
    rng = generator(student)
    yield from computes(
        student.best_epoch,
        histories.best_epoch,
        on=[
            (rng.normal(np.linspace(9, 4, length), 0.8).round(1).tolist(), patience)
            for length, patience in ((2, 9), (40, 6), (75, 8), (130, 12), (60, 70))
        ],
        parts=("the best epoch", "the last epoch"),
    )
