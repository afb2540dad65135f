"""Steps and a training run made with the student's own backward and gd_step; the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mlp
import numpy as np
from blocks import four
from mlp import Batch

from grader import Finding, each, fetch
from grader.expect import same
from grader.show import number, show

NAMES = ("W1", "b1", "W2", "b2")
PARTS = frozenset({"gradients", "gd_step", "repeat"})  # of backpropagation
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


def choice_of_parts(given: Any) -> Finding:
    """Return the finding about what belongs to backpropagation."""
    several = isinstance(given, (list, tuple, set, frozenset))
    words = several and all(isinstance(item, str) for item in given)
    chosen = set(given) if words else set()
    listed = ", ".join(sorted(PARTS))
    said = None if chosen == PARTS else f"Choose out of {listed}."
    if PARTS - chosen:
        said = f"All three belong to it; missing: {', '.join(sorted(PARTS - chosen))}."
    shown = 'answers()["backprop_includes"]'
    return Finding(shown, listed, show(given), chosen == PARTS, said, subject="answers")


def choice_of_kind(given: Any, training: Training) -> Finding:
    """Return the finding about what automatic differentiation is."""
    right = same(given, "gradients_only")
    said = f"Gradients alone left the loss at {number(training.alone, 3)} in the run below."
    shown, note = 'answers()["autodiff_is"]', None if right else said
    return Finding(shown, "'gradients_only'", show(given), right, note, subject="answers")


def evidence(training: Training) -> Finding:
    """Return the finding about the run that has to go with the choices."""
    first, last = (number(loss, 3) for loss in (training.losses[0], training.losses[-1]))
    return Finding(
        f"the loss after {REPEATS} repeats of your backward and gd_step",
        f"less than half of the {first} at the start",
        last,
        training.learned,
        None if training.learned else "The choices count once your own functions train a network.",
        subject="backward",
    )


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
    for call in each(student.backward, [(still, batch.X, batch.y)] * REPEATS):
        fetch(call)
    alone = loss_at(batch, held(still))
    params: Any = batch.params
    for _ in range(REPEATS):
        grads, _ = four(fetch(student.backward(params, batch.X, batch.y)), mlp.BLOCKS, batch.params)
        if grads is None:
            losses.append(np.nan)
            break
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
