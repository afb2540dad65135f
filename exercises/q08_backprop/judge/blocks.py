"""The four gradients that a student's function returned: read, compare, say which mistake it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import mlp
import numpy as np
from mlp import BLOCKS, Array, Batch, Params
from network_mistakes import OF_GRADIENTS, OLD_W2, moved_by

from grader import Finding
from grader.diagnose import recognise
from grader.expect import RECOGNISED, as_numbers, near, precision, shape_remark, type_remark
from grader.show import number, show, show_pair

ORDER = ("dW2", "db2", "dW1", "db1")  # as the backward pass meets them
CLOSE, SINGLE = 1e-6, 1e-4  # relative to the largest number of a block
EXACT = 1e-10  # absolute


@dataclass(frozen=True, slots=True)
class Answer:
    """One batch, the gradient that is true for it, and the one that came."""

    batch: Batch
    true: Params
    given: Params
    remark: str | None = None

    def pair(self, block: str) -> tuple[Array, Array]:
        place = BLOCKS.index(block)
        return self.true[place], self.given[place]

    def error(self, block: str) -> float:
        """Return the largest error over the block's largest number; inf for another shape."""
        true, given = self.pair(block)
        if given.shape != true.shape or not np.isfinite(given).all():
            return np.inf
        return float(np.abs(given - true).max() / np.abs(true).max())

    @property
    def wrong(self) -> bool:
        return any(self.error(block) > SINGLE for block in BLOCKS)


def four(value: Any, names: Sequence[str], like: Params) -> tuple[Params | None, str | None]:
    """Return an answer as four arrays, or None; and a remark, or why it is not four arrays.

    Biases that kept an axis of length 1 are given their true shape.
    """
    listed = ", ".join(names)
    if not isinstance(value, (list, tuple)):
        said = type_remark(value, like) or "That is no list."
        return None, f"{said} Return a list of four arrays in this order: {listed}."
    if len(value) != len(names):
        return None, f"The list holds {len(value)} items; it takes four arrays: {listed}."
    arrays: Params = []
    remark = None
    for name, item, true in zip(names, value, like, strict=True):
        array, why = as_numbers(item)
        if array is None or array.dtype.kind == "c":
            return None, f"{name} is no array of numbers. {why or 'It holds complex numbers.'}"
        if array.ndim > true.ndim == 1 and sorted(array.shape) == sorted((1, *true.shape)):
            remark = (
                f"It counts, but {name} has shape {show(array.shape)}: {show(true.shape)} is meant."
            )
            array = array.reshape(true.shape)
        arrays.append(array)
    return arrays, remark


def judged(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Yield one finding for each gradient, where it is wrong on the first batch that shows it."""
    wrong = [block for block in ORDER if any(a.error(block) > SINGLE for a in answers)]
    causes = {block: cause(block, answers) for block in wrong}
    said: set[str | None] = {None}
    for block in ORDER:
        if block not in wrong:
            yield right(block, answers)
            continue
        answer = next(a for a in answers if a.error(block) > SINGLE)
        sharing = [b for b in wrong if causes[b] == causes[block]]
        sentence = causes[block]
        note = None if sentence in said else worded(sentence, sharing, answer)
        said.add(sentence)
        yield compared(block, answer, note)


def right(block: str, answers: Sequence[Answer]) -> Finding:
    """Return the finding about a gradient that is right on every batch."""
    worst = max(answer.error(block) for answer in answers)
    rough = f"Off by {number(worst, 2)} of its size, as in single precision; float64 comes closer."
    wanted = "the slopes of the loss"
    remark = answers[0].remark if block == "db2" else None
    note = rough if worst > CLOSE else remark
    shown = f"{block} on {len(answers)} batches"
    return Finding(shown, wanted, wanted, ok=True, diagnosis=note, subject="backward")


def compared(block: str, answer: Answer, diagnosis: str | None) -> Finding:
    """Return the finding about a gradient that is wrong on this batch."""
    true, given = answer.pair(block)
    shown = f"{block} of backward(params, X, y) with {answer.batch.sizes}"
    if given.shape == true.shape:
        expected, got = show_pair(true, given)
    else:
        expected, got = f"shape {show(true.shape)}", f"shape {show(given.shape)}"
    return Finding(shown, expected, got, ok=False, diagnosis=diagnosis, subject="backward")


def cause(block: str, answers: Sequence[Answer]) -> str | None:
    """Return the sentence of the mistake that explains a gradient on every batch."""
    pairs = [answer.pair(block) for answer in answers]
    within = max(RECOGNISED, *(precision(given) for _, given in pairs))
    for sentence, mistake in OF_GRADIENTS.items():
        place = BLOCKS.index(block)
        if all(near(a.given[place], mistake(a.batch)[place], within) for a in answers):
            return sentence
    if block in {"dW1", "db1"} and (rate := moved(answers)):
        return OLD_W2.format(rate=rate)
    for true, given in pairs:
        if given.shape != true.shape:
            return unsummed(block, answers) or shape_remark(given.shape, true.shape)
    return recognise(pairs, within)


def unsummed(block: str, answers: Sequence[Answer]) -> str | None:
    """Say where a bias's gradient was summed over the wrong axis, or not at all."""
    if not block.startswith("db"):
        return None
    several = [answer for answer in answers if len(answer.batch.X) > 1]
    shapes = [answer.pair(block)[1].shape for answer in several]
    rows = [(len(answer.batch.X),) for answer in several]
    whole = [(*m, *answer.pair(block)[0].shape) for m, answer in zip(rows, several, strict=True)]
    if shapes == whole:
        return "It has a row for each instance: a bias acts on every row, so sum over the rows."
    if shapes == rows:
        return "It is summed along each row; a bias's gradient is the sum over the rows, axis 0."
    if not any(shapes):
        return "It is summed over everything; there is one bias a neuron, so sum over axis 0 only."
    return None


def moved(answers: Sequence[Answer]) -> float | None:
    """Return the learning rate by which W2 had been moved too early, if that explains dW1."""
    if any(answer.pair("dW1")[1].shape != answer.true[0].shape for answer in answers):
        return None
    rates = [moved_by(answer.batch, answer.pair("dW1")[1]) for answer in answers]
    first = rates[0]
    same = first and all(rate and abs(rate - first) <= 1e-6 * abs(first) for rate in rates)
    return first if same else None


def worded(sentence: str | None, blocks: Sequence[str], answer: Answer) -> str | None:
    """Fill in what is wrong and how large the batch is."""
    if sentence is None:
        return None
    named = " and ".join(filter(None, (", ".join(blocks[:-1]), blocks[-1])))
    are = "is" if len(blocks) == 1 else "are"
    who = "All gradients are" if len(blocks) == len(BLOCKS) else f"{named} {are}"
    return sentence.format(who=who, m=len(answer.batch.X), k=answer.batch.params[2].shape[1])


def exactly(answers: Sequence[Answer]) -> Iterator[Finding]:
    """Yield how far each gradient is from the one by the chain rule, over all batches."""
    for block in ORDER:
        place = BLOCKS.index(block)
        errors = [np.abs(a.given[place] - mlp.gradients(a.batch)[place]).max() for a in answers]
        worst = float(max(errors))
        single = any(precision(answer.given[place]) for answer in answers)
        said = (
            "These are single-precision numbers: leave the arrays in float64 throughout."
            if single
            else "Something on the way is done in single precision, or by differences of the loss; "
            "the chain rule in float64 gives about 15 digits."
        )
        ok = worst <= EXACT
        wanted = f"at most {number(EXACT)} off"
        yield Finding(
            f"the largest error of {block}",
            wanted,
            f"{number(worst, 2)} off",
            ok=ok,
            diagnosis=None if ok else said,
            subject="backward",
        )
