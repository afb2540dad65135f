"""Where a training ended: two numbers of an answer, whether they are right, what led there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from mistakes import OF_ONE_STEP, OF_STEP_TRAINING, OF_TRAINING
from neuron import ONE_STEP, Array, Samples, flat, step, trained

from grader import Finding
from grader.expect import as_numbers, type_remark
from grader.expression import Expression
from grader.show import number, show

Answered = tuple[Samples, Any]  # labels, and what a training on them returned


def two(answer: Any) -> Array | None:
    """Return an answer of two real numbers as an array of shape (2,), else None."""
    if not isinstance(answer, (tuple, list, np.ndarray)) or len(answer) != 2:
        return None
    parts = [as_numbers(_plain(part))[0] for part in answer]
    numbers = [part.item() for part in parts if part is not None and part.size == 1]
    real = [float(part) for part in numbers if not isinstance(part, complex)]
    return np.array(real) if len(real) == 2 else None


def at(place: Array | None, wanted: Any, within: Any) -> bool:
    """Tell whether two numbers are where they should be; they are not where there are none."""
    return place is not None and bool(np.all(np.abs(place - wanted) <= within))


def why_it_moved(data: Samples, answer: Any) -> str:
    """Say along which slope a neuron with the step moved."""
    end = two(answer)
    if end is None:
        return _no_pair(answer)
    if np.isnan(end).any():
        return "The slope of the step is 0 at all these samples; it is nan at z = 0 only."
    for sentence, slope in OF_STEP_TRAINING.items():
        if at(end, trained(data.x, data.y, step, slope), 1e-6):
            return sentence
    return "The slope of the step is 0, and it is a factor of the gradient: nothing can move."


def why_it_failed(answers: Sequence[Answered]) -> str:
    """Say what the training of a neuron with the logistic function did on all data."""
    ends = [two(answer) for _, answer in answers]
    for end, (_, answer) in zip(ends, answers, strict=True):
        if end is None:
            return _no_pair(answer)
    if not np.isfinite(ends).all():
        return "The numbers are no longer finite: does the logistic function overflow?"
    for sentence, wrong in OF_TRAINING.items():
        places = [wrong(data.x, data.y) for data, _ in answers]
        if all(at(end, place, 1e-6) for end, place in zip(ends, places, strict=True)):
            return sentence
    rising, falling = (show(data.end) for data, _ in answers)
    return (
        f"Gradient descent ends at {rising} on the rising and at {falling} on the falling labels."
    )


def another_way(data: Samples, end: Array) -> str | None:
    """Return a remark where a right neuron is not the one of plain gradient descent."""
    if at(end, data.end, 0.01 * (1 + np.abs(data.end))):
        return None
    place = ", ".join(number(part, 4) for part in data.end)
    return f"It gets there; the gradient of half the mean squared error leads to ({place})."


def after_one_step(answer: Any) -> Finding:
    """Return the finding about a single step on a single sample, where no path can hide.

    Along the gradient of the cross-entropy, or of the squared error without its half, a neuron
    learns as well: that is remarked and costs nothing.
    """
    x, y, rate = ONE_STEP
    end, wanted = two(answer), trained(x, y, rate=rate, steps=1)
    others = (trained(x, y, slope=flat, rate=rate, steps=1), trained(x, y, rate=2 * rate, steps=1))
    ok = any(at(end, place, 1e-6) for place in (wanted, *others))
    said = None if ok else _wrong_step(answer, wanted)
    if ok and not at(end, wanted, 1e-6):
        said = "That is a step along the gradient of another loss than half the squared error."
    shown = f'train_neuron({show(x)}, {show(y)}, "sigmoid", lr={rate}, steps=1)'
    return Finding(shown, show(wanted), show(answer), ok, said, subject="train_neuron")


def _wrong_step(answer: Any, wanted: tuple[float, float]) -> str:
    x, y, _ = ONE_STEP
    end = two(answer)
    if end is None:
        return _no_pair(answer)
    for sentence, wrong in OF_ONE_STEP.items():
        if at(end, wrong(x, y), 1e-6):
            return sentence
    place = ", ".join(number(part, 4) for part in wanted)
    return f"One step leads to ({place}): w and b lose lr times the error, times the slope at z."


def _no_pair(answer: Any) -> str:
    return f"{type_remark(answer, ()) or 'That is no pair.'} Return two numbers, w and b."


def _plain(part: Any) -> Any:
    """Return a SymPy number as one of Python."""
    if isinstance(part, Expression) and not part.symbols:
        value = part.evaluate(0)
        return complex(value) if value.imag else float(value.real)
    return part
