"""A small training run made of nothing but the student's own backward and gd_step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mlp
import numpy as np
from blocks import four
from mlp import Batch

from grader import Finding, fetch
from grader.show import number

NAMES = ("W1", "b1", "W2", "b2")
REPEATS, RATE = 40, 0.5


@dataclass(frozen=True, slots=True)
class Training:
    """The judge's loss before the run and after each repeat, and after gradients alone."""

    losses: tuple[float, ...]
    alone: float

    @property
    def learned(self) -> bool:
        """Tell whether the loss fell to less than half."""
        return self.losses[-1] < self.losses[0] / 2


def is_words(value: Any) -> bool:
    """Tell whether a value is a collection of words."""
    several = isinstance(value, (list, tuple, set, frozenset))
    return several and all(isinstance(item, str) for item in value)


def lowered(student: Any, batch: Batch, rate: float) -> Finding:
    """Return the finding about the loss before and after one step along the true gradient."""
    call = student.gd_step(batch.params, mlp.gradients(batch), rate)
    before, after = mlp.loss(batch), loss_at(batch, fetch(call))
    shown = f"the loss after gd_step(params, grads, {rate})"
    return Finding(
        shown, f"below {number(before)}", number(after), after < before, subject="gd_step"
    )


def untouched(student: Any, batch: Batch, rate: float) -> Finding:
    """Return the finding about the arguments of gd_step after the call.

    Arguments are copied on their way to the student's process, so what an earlier step left
    there serves as both of them.
    """
    grads = mlp.gradients(batch)
    theirs = student.gd_step(batch.params, grads, rate)
    before = held(theirs)
    changed = []
    for name, arguments in (("params", (theirs, grads)), ("grads", (batch.params, theirs))):
        fetch(student.gd_step(*arguments, rate))
        after = held(theirs)
        if not all(map(np.array_equal, before, after)):
            changed.append(name)
            before = after
    said = (
        "An assignment in place, such as `p -= lr * g` or `params[0] = …`, works on the caller's "
        "own arrays. Make new ones: `p - lr * g`."
    )
    return Finding(
        "params and grads after gd_step(params, grads, lr)",
        "as they were",
        f"{' and '.join(changed)} changed" if changed else "as they were",
        not changed,
        said if changed else None,
        subject="gd_step",
    )


def held(params: Any) -> list[Any]:
    """Return what the four arrays in the student's process are by now."""
    return [fetch(params[place]) for place in range(len(NAMES))]


def problem() -> Batch:
    """Return three clouds of points, one a class, and random initial weights."""
    rng = np.random.default_rng(8)
    batch = mlp.drawn(rng, (2, 5, 3, 24), present=3)
    centres = np.array([[1.5, 0.0], [-1.0, 1.5], [-1.0, -1.5]])
    params = [batch.params[0], np.zeros(5), batch.params[2], np.zeros(3)]
    return Batch(params, centres[batch.y] + batch.X / 2, batch.y)


def run(student: Any) -> Training:
    """Ask for gradients without a step, then repeat the student's backward and gd_step."""
    batch = problem()
    # A step along nothing leaves the first parameters in the student's process.
    still = student.gd_step(batch.params, [np.zeros_like(p) for p in batch.params], RATE)
    losses = [mlp.loss(batch)]
    if not np.isfinite(loss_at(batch, fetch(still))):
        return Training((*losses, np.nan), np.nan)
    for _ in range(REPEATS):
        fetch(student.backward(still, batch.X, batch.y))
    alone = loss_at(batch, held(still))
    params: Any = batch.params
    for _ in range(REPEATS):
        grads = fetch(student.backward(params, batch.X, batch.y))
        params = fetch(student.gd_step(params, grads, RATE))
        losses.append(loss_at(batch, params))
        if not np.isfinite(losses[-1]):
            break
    return Training(tuple(losses), alone)


def loss_at(batch: Batch, given: Any) -> float:
    """Return the loss at the student's parameters; nan where they are none."""
    arrays, _ = four(given, NAMES, batch.params)
    shapes = [array.shape for array in arrays or []]
    if arrays is None or shapes != [array.shape for array in batch.params]:
        return float("nan")
    with np.errstate(all="ignore"):
        return mlp.loss(batch._replace(params=arrays))
