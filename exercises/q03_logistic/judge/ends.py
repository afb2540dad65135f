"""Where a fit ended: the numbers of an answer, and which mistake leads to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from mistakes import OF_FIT
from models import Array, Data, log_loss

from grader.expect import as_numbers, type_remark
from grader.show import number

WITHIN = 1e-3  # of the lowest point


def pair(value: Any, n: int) -> Array | None:
    """Return an answer (w, b) as one array of shape (n + 1,); None where it is no such pair."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return None
    w, b = (as_numbers(part)[0] for part in value)
    if w is None or b is None or (w.size, b.size) != (n, 1) or "c" in w.dtype.kind + b.dtype.kind:
        return None
    return np.append(w.ravel(), b.ravel()).astype(np.float64)


def wrong_end(sets: Sequence[Data], answers: Sequence[Any], ends: Sequence[Array | None]) -> str:
    """Say which mistake leads to where the fits ended."""
    for data, answer, end in zip(sets, answers, ends, strict=True):
        if end is None:
            said = type_remark(answer, ()) or "A fit has two results."
            return f"{said} Return the weights, shape ({data.X.shape[1]},), and the bias, a number."
    if not np.isfinite(np.concatenate(ends)).all():
        return "The numbers grew without end: is the gradient a mean over the samples?"
    for sentence, end_of in OF_FIT.items():
        wrong = (end_of(data) for data in sets)
        if all(np.allclose(a, b, WITHIN, WITHIN) for a, b in zip(ends, wrong, strict=True)):
            return sentence
    X, y, _ = sets[0]
    with np.errstate(all="ignore"):
        lost = log_loss(X, y, ends[0])
    if not lost < np.log(2):
        told = f"The log loss starts at 0.693 and yours ends at {number(lost, 3)}"
        return f"{told}: do the steps go against the gradient, and is that a mean over the samples?"
    off = max(float(np.abs(end - data.best).max()) for data, end in zip(sets, ends, strict=True))
    told = f"The farthest number is off by {number(off, 2)}, and {WITHIN} is allowed"
    return f"{told}. Are all `steps` taken, and down the slope of the mean log loss?"
