"""What the outputs of a head and its loss show to be wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from heads import Head, Misfit
from spelling import LOSSES, Layer, canonical
from tasks import DEAD, HALF, LOGITS, SHARING, TASKS, TWICE, always_one, mistake

from grader.show import number

Array = np.ndarray[Any, Any]

EVEN = 1e-3  # how closely probabilities must add up to 1


@np.errstate(all="ignore")
def misfit_of(task: str, head: Head) -> Misfit | None:
    """Name what is wrong with a head: its number of outputs, what comes out, its loss."""
    units = head.raw.shape[1]
    if units not in TASKS[task].units:
        counts = " or ".join(map(str, sorted(TASKS[task].units)))
        said = mistake(task, Layer(units, "linear", "crossentropy", logits=False))
        return Misfit(f"{counts} unit{'s' * (counts != '1')}", f"{units}", said)
    said = fault_in(task, head)
    if said:
        return Misfit(TASKS[task].outputs, facts(head.outputs), said)
    return misfit_of_loss(head)


def fault_in(task: str, head: Head) -> str | None:
    """Name what the outputs of a head show to be wrong, or None."""
    outputs = head.outputs
    if (np.isnan(outputs) | np.isneginf(outputs)).any():
        return "It gives nan or −inf, which are no numbers."
    if head.logits and ((head.raw >= 0) & (head.raw <= 1)).all():
        return TWICE
    if (outputs == outputs[0]).all():
        value = float(outputs.flat[0])
        same = f"It gives {number(value)} whatever it is shown."
        return always_one(task) if value == 1 else same
    low, high = float(outputs.min()), float(outputs.max())
    if TASKS[task].range == (0, 1):
        return no_probabilities(outputs) or wrong_sums(task, outputs)
    if task == "positive_price" and low < 0:
        return f"A price of {number(low, 3)} came out: nothing keeps the output above 0."
    return stuck(low, high)


def no_probabilities(outputs: Array) -> str | None:
    """See that outputs lie between 0 and 1."""
    if outputs.min() < 0:
        return LOGITS
    if outputs.max() <= 1:
        return None
    which = "ReLU outputs" if (outputs == 0).any() else "Such outputs"
    return f"{which} are not probabilities: one was {number(float(outputs.max()), 3)}."


def wrong_sums(task: str, outputs: Array) -> str | None:
    """See that the rows of several outputs sum to 1 where classes exclude each other."""
    sums = outputs.sum(axis=1)
    even = bool((np.abs(sums - 1) < EVEN).all())
    if task == "multilabel_tags":
        return SHARING if even else None
    if even or outputs.shape[1] == 1:
        return None
    if task == "spam":
        return f"Two independent probabilities need not sum to 1: here up to {sums.max():.1f}."
    return f"Digits exclude each other: row sums were {sums.mean():.1f}; use softmax."


def stuck(low: float, high: float) -> str | None:
    """Say that outputs for very different inputs stay between two bounds."""
    if high <= 1 and low >= -1:
        return f"Output stuck in ({'0' if low >= 0 else '−1'}, 1); prices are not."
    return None


def half_right_outputs(task: str, head: Head) -> str | None:
    """Say why the outputs of a head are half of what a task asks for, or None."""
    if task != "housing" or head.outputs.min() < 0:
        return None
    return f"{HALF}; {DEAD}." if (head.outputs == 0).any() else f"{HALF}."


def misfit_of_loss(head: Head) -> Misfit | None:
    """See that a head is compiled with the loss that ``output_layer`` names."""
    layer, compiled = head.layer, head.compiled
    if compiled is None or compiled.loss == "None":
        said = "Compile it with the loss of `output_layer`: `model.compile(loss=...)`."
        return Misfit("compiled with a loss", "without a loss", said)
    name = canonical(compiled.loss)
    if layer is None or layer.loss is None or name not in LOSSES:
        return None
    if (name, compiled.from_logits) == (layer.loss, layer.logits):
        return None
    given = f"compiled with {name}{' of logits' * compiled.from_logits}"
    named = f"{layer.loss}{' of logits' * layer.logits}"
    said = f"`output_layer` says {named}, but the head is {given}."
    return Misfit(f"compiled with {named}", given, said)


@np.errstate(all="ignore")
def facts(outputs: Array) -> str:
    """Return what outputs are like: from where to where, and the sums of their rows."""
    span = f"from {number(float(outputs.min()), 3)} to {number(float(outputs.max()), 3)}"
    if outputs.shape[1] == 1:
        return span
    sums = outputs.sum(axis=1)
    least, most = number(float(sums.min()), 3), number(float(sums.max()), 3)
    total = f"sum {least}" if least == most else f"a sum of {least} to {most}"
    return f"{span}, every row with {total}"
