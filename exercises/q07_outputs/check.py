"""Output layers: what fits a task, what comes out of it, and a softmax that does not overflow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from bounds import EVERYTHING, bounds, why_not
from heads import Head, Misfit, at_work
from histograms import histogram
from powers import INSTEAD, KEEP, softmax
from spelling import Layer, read_layer
from symptoms import facts, half_right_outputs, misfit_of
from tasks import TASKS, fits, half_right, mistake

from grader import Finding, check, computes, fetch, generator, prose
from grader.expect import type_remark
from grader.sandbox.remote import fault_of
from grader.show import show
from grader.wording import explain

ROWS = 400
MOST_UNITS = max(max(task.units) for task in TASKS.values())


@check(points=5, partial=True, seconds=30)
def layers(student):
    """Each task has the number of outputs, the activation and the loss that fit it

    Where: the dict that `output_layer` returns for the task that the report names.

    Idea: ask of each task what one answer is. Is it a quantity? Then it is one number, and the
    activation only has to keep out what cannot occur. Is it a choice between classes that exclude
    each other? Then their probabilities have to add up to 1, which one function does for a whole
    row. Is it several questions, each to be answered yes or no? Then every output is a
    probability of its own. The loss follows: a distance for quantities, cross-entropy for
    probabilities, of the kind that takes the labels as they come.

    Almost: `{"units": ___, "activation": "___", "loss": "sparse_categorical_crossentropy"}` for
    digits that are labelled from 0 to 9.
    """
    calls = answered({task: student.output_layer(task) for task in TASKS})
    found = {task: read_layer(call) for task, call in calls.items() if not fault_of(call)}
    one_for_all = len(found) == len(TASKS) and len(set(found.values())) == 1
    for task, call in calls.items():
        asked = Asked("output_layer", f'output_layer("{task}")', TASKS[task].wanted)
        layer = found.get(task)
        if layer is None:
            yield from asked.judged(*unreadable(call))
            continue
        got = str(layer) if None not in layer else show(fetch(call))
        half = half_right(task, layer)
        said = None if half or fits(task, layer) else mistake(task, layer)
        yield from asked.judged(got, said, half, counts=not one_for_all)


@check(points=3, partial=True, seconds=60)
def heads(student):
    """The outputs of each head are what the task allows, also for large features

    Where: the function `head`. Each head is given random weights and large random features, and
    the report shows what came out.

    Idea: a head is an input of so many features and one Dense layer, compiled with a loss. Look
    at the range of what comes out. Probabilities stay between 0 and 1 however large the features
    are; those of classes that exclude each other have a sum of 1 in every row, and separate
    yes/no questions have not. A price without an activation may be negative, and nothing keeps it
    near 1. If a loss takes logits, its own sigmoid or softmax is applied before the outputs are
    looked at.

    Almost: `Dense(layer["___"], activation=layer["___"])` after `keras.Input((___,))`, then
    `model.compile(loss=layer["___"])`.
    """
    random = generator(student)
    features = int(random.integers(12, 40))
    rows = random.normal(size=(ROWS, features)).astype(np.float32)
    kernel = random.normal(size=(features, MOST_UNITS)).astype(np.float32) / math.sqrt(features)
    calls = answered({task: student.head(task, features) for task in TASKS})
    found = {}
    for task, call in calls.items():
        if fault_of(call):
            found[task] = Misfit(TASKS[task].outputs, *unreadable(call))
        else:
            found[task] = at_work(call, layer_of(student, task), rows, kernel)
    working = [head for head in found.values() if isinstance(head, Head)]
    one_for_all = len(working) == len(TASKS) and all(
        np.array_equal(head.raw, working[0].raw) for head in working
    )
    for task, head in found.items():
        shown = f'head("{task}", {features})'
        misfit = head if isinstance(head, Misfit) else misfit_of(task, head)
        if misfit:
            yield from Asked("head", shown, misfit.expected).judged(misfit.got, misfit.said)
        else:
            asked, half = Asked("head", shown, TASKS[task].outputs), half_right_outputs(task, head)
            yield from asked.judged(facts(head.outputs), None, half, counts=not one_for_all)
    for task, head in found.items():
        picture = histogram(task, head.usual) if isinstance(head, Head) else None
        if picture:
            yield picture


@check(points=0.75)
def stable_softmax(student):
    """Softmax gives probabilities for each row, however large its numbers are

    Where: the function `softmax`; the report shows the first row that goes wrong.

    Idea: e to the power of 1000 is too large for a floating-point number, and infinity divided by
    infinity is no number. But softmax has a property that helps: add the same number to all of a
    row, and numerator and denominator are multiplied by the same factor, so nothing changes. That
    number may be negative, and it may differ from row to row. Which one makes the largest
    exponent exactly 0, so that no power can be larger than 1? And along which axis is a row's
    largest number found, such that the result can still be subtracted from the matrix?

    Almost: `z = z - z.max(axis=___, keepdims=___)`, then powers, then the sum of each row.
    """
    random = generator(student)
    far = np.array([[1000.0, 1001.0, 1002.0], [0.0, 1.0, 2.0]])
    moderate = random.normal(size=(7, 4))
    yield from computes(
        student.softmax,
        softmax,
        on=[
            (np.array([[0.0, 1.0, 2.0]]),),
            (np.array([[1.0, 2.0, 3.0], [3.0, 0.0, -1.0]]),),
            (far[:1],),
            (far,),
            (-far,),
        ],
        drawn=[(moderate,), (moderate + 5000 * random.normal(size=(7, 1)),), (9 * moderate.T,)],
        known=INSTEAD,
        raising={"could not be broadcast": KEEP},
        quiet=True,
    )


@check(points=1)
def ranges(student):
    """Each task has outputs of a known range

    Where: the function `expected_range`, for the task that the report names.

    Idea: which numbers can come out of the last layer at all, whatever its weights are? A
    probability cannot be negative and cannot be above 1, no matter how many classes there are or
    how far the training is. Without an activation, an output is a sum of products and can be
    anything. An activation that keeps an output positive leaves the other side open. What values
    the labels of a data set happen to have does not matter here, and neither do those of the
    features.

    Almost: `return -math.inf, ___` where nothing bounds the output, and `return 0.0, ___` where
    only one side is open.
    """
    calls = answered({task: student.expected_range(task) for task in TASKS})
    for task, call in calls.items():
        truth = TASKS[task].range
        asked = Asked("expected_range", f'expected_range("{task}")', show(truth))
        if fault_of(call):
            yield from asked.judged(*unreadable(call))
            continue
        value = fetch(call)
        pair = bounds(value)
        layer = layer_of(student, task) if pair == EVERYTHING != truth else None
        if layer and layer.logits and layer.activation == "linear":
            pair = truth  # the range of the logits, which the loss turns into probabilities
        yield from asked.judged(show(value), None if pair == truth else why_not(task, value, pair))


@check(points=0)
def in_words(student):
    """The choice of output layers in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "Digits exclude each other: ten sigmoids need not sum to one. Tags do not: a softmax "
            "makes them compete, so that two tags at once cannot both be likely, and none at all "
            "cannot be said."
        ),
        question=(
            "What goes wrong if ten digits get ten sigmoids, and if five tags get a softmax?"
        ),
    )


class Asked(NamedTuple):
    """What is asked of the student about one task."""

    subject: str
    shown: str
    expected: str

    def judged(
        self, got: str, said: str | None, half: str | None = None, *, counts: bool = True
    ) -> Iterator[Finding]:
        """Yield the finding: wrong where something is ``said``, two where it is half right.

        Where a right answer does not count, it is one for all tasks, which is none.
        """
        finding = Finding(self.shown, self.expected, got, said is None, said, subject=self.subject)
        worth = 1 if counts else 0
        if half:
            yield replace(finding, weight=worth / 2)
            yield replace(finding, ok=False, diagnosis=half, weight=1 / 2)
        else:
            yield replace(finding, weight=worth if finding.ok else 1)


def layer_of(student: Any, task: str) -> Layer | None:
    """Return the student's own layer for a task, or None where it cannot be made out."""
    call = student.output_layer(task)
    return None if fault_of(call) else read_layer(call)


def answered(calls: dict[str, Any]) -> dict[str, Any]:
    """Return the calls, unless every one of them raised: then what the first one raised."""
    if all(fault_of(call) for call in calls.values()):
        fetch(next(iter(calls.values())))
    return calls


def unreadable(call: Any) -> tuple[str, str]:
    """Return what came in place of an answer for one task, and what to make of it."""
    fault = fault_of(call)
    if fault:
        return f"raises {fault.type}", f"For this task it raised {explain(fault)}"
    value = fetch(call)
    said = type_remark(value, {}) or "Return a dict with the keys units, activation and loss."
    return show(value), said
