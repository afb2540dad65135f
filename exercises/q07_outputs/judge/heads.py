"""Output layers at work: what comes out of them for random features, and what that shows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from powers import sigmoid, softmax
from spelling import LOSSES, Layer, canonical
from tasks import BINARY, DEAD, HALF, LOGITS, SHARING, TASKS, TWICE, always_one

from grader import fetch
from grader.expect import as_numbers, type_remark
from grader.keras_model import Compiled, Model
from grader.sandbox.remote import fault_of
from grader.show import number, show

Array = np.ndarray[Any, Any]

LARGE = 100  # the outputs are judged for features so many times as large as usual
EVEN = 1e-3  # how closely probabilities must add up to 1


class Head(NamedTuple):
    """What a student's head gives, each (rows, units): probabilities where the loss takes logits."""

    raw: Array  # as it leaves the model, for large features
    outputs: Array
    usual: Array  # outputs for features of the usual size
    layer: Layer | None  # as output_layer describes it
    compiled: Compiled | None

    @property
    def logits(self) -> bool:
        """Whether the loss makes the probabilities."""
        given = (self.layer and self.layer.logits, self.compiled and self.compiled.from_logits)
        return any(given)


class Misfit(NamedTuple):
    """Why a head cannot be judged: what was expected, what came, which mistake that is."""

    expected: str
    got: str
    said: str


def at_work(call: Any, task: str, layer: Layer | None, rows: Array, kernel: Array) -> Head | Misfit:
    """Give a head known weights and put (m, features) rows to it."""
    described = fetch(call)
    if not isinstance(described, Model):
        said = type_remark(described, 0) or ""
        return Misfit("a Keras model", show(described), f"{said} Return a `keras.Model`.".strip())
    if not described.built and (misfit := refused(call(rows))):
        return misfit
    arrays = fetch(call.get_weights())
    shapes = [np.shape(one) for one in arrays] if isinstance(arrays, (list, tuple)) else []
    if misfit := of_weights(shapes, task, len(kernel)):
        return misfit
    units = max(shapes, key=len)[1]
    biases = np.zeros(units, np.float32)
    new = [kernel[:, :units] if len(shape) > 1 else biases for shape in shapes]
    fetch(call.set_weights(new))
    answers = []
    for inputs in (LARGE * rows, rows):
        answer = call(inputs)
        if misfit := refused(answer):
            return misfit
        value = fetch(answer)
        array, _ = as_numbers(value)
        if array is None or array.shape != (len(rows), units) or array.dtype.kind != "f":
            wanted = f"shape {show((len(rows), units))}"
            got = show(value) if array is None else f"shape {show(array.shape)}"
            return Misfit(wanted, got, "One row of outputs for each row of features.")
        answers.append(array.astype(float))
    head = Head(answers[0], *answers, layer, described.compiled)
    if not head.logits:
        return head
    names = {layer and layer.loss, head.compiled and canonical(head.compiled.loss)}
    link = sigmoid if units == 1 or BINARY & names else softmax
    return head._replace(outputs=link(head.outputs), usual=link(head.usual))


def refused(answer: Any) -> Misfit | None:
    """Say that a head raised in place of taking rows of features."""
    fault = fault_of(answer)
    if fault is None:
        return None
    first = (fault.message.strip().splitlines() or [""])[0][:200]
    said = f"The head takes rows of features: `keras.Input((features,))`. Keras says: {first}"
    return Misfit("outputs", f"raises {fault.type}", said)


def of_weights(shapes: list[tuple[int, ...]], task: str, features: int) -> Misfit | None:
    """See that a head holds the weights of one layer with a fitting number of units."""
    kernels = [shape for shape in shapes if len(shape) == 2]
    wanted = "weights (features, units) and biases (units,)"
    got = f"shapes {', '.join(map(show, shapes)) or 'none'} for {features} features"
    alone = len(kernels) == 1 and kernels[0][0] == features
    if not alone or len(shapes) > 2 or any(shape != kernels[0][1:] for shape in shapes[1:]):
        return Misfit(wanted, got, "The head is the output layer alone, right after its input.")
    units = kernels[0][1]
    if units not in TASKS[task].units:
        counts = " or ".join(map(str, sorted(TASKS[task].units)))
        return Misfit(f"{counts} units", f"{units} units", "Another number of outputs is needed.")
    return None


def fault_in(task: str, head: Head) -> str | None:
    """Name what the outputs of a head show to be wrong, or None."""
    outputs = head.outputs
    if np.isnan(outputs).any():
        return "It gives nan (not a number)."
    if head.logits and ((head.raw >= 0) & (head.raw <= 1)).all():
        return TWICE
    if (outputs == outputs[0]).all():
        value = outputs.flat[0]
        return always_one(task) if value == 1 else f"It gives {number(value)} whatever it is shown."
    low, high = outputs.min(), outputs.max()
    if task == "housing":
        return stuck(low, high)
    if task == "positive_price":
        if low < 0:
            return f"A price of {number(low, 3)} came out: nothing keeps the output above 0."
        return stuck(low, high)
    sums = outputs.sum(axis=1)
    if low < 0:
        return LOGITS
    if high > 1:
        return f"ReLU outputs are not probabilities: one was {number(high, 3)}."
    even = np.abs(sums - 1) < EVEN
    if task == "multilabel_tags":
        return SHARING if even.all() else None
    if outputs.shape[1] == 1 or even.all():
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


def fault_in_loss(head: Head) -> str | None:
    """See that a head is compiled with the loss that ``output_layer`` names."""
    if head.compiled is None:
        return "It is not compiled: `model.compile(loss=...)` with the loss of `output_layer`."
    compiled, logits = canonical(head.compiled.loss), head.compiled.from_logits
    layer = head.layer
    if compiled == "none":
        return "It is compiled without a loss."
    if layer is None or layer.loss is None or compiled not in LOSSES:
        return None
    if (compiled, logits) == (layer.loss, layer.logits):
        return None
    named = f"{layer.loss}{' of logits' * layer.logits}"
    return f"`output_layer` says {named}, but it is compiled with {compiled}{' of logits' * logits}."


def facts(outputs: Array) -> str:
    """Return what outputs are like: from where to where, and the sums of their rows."""
    span = f"from {number(float(outputs.min()), 3)} to {number(float(outputs.max()), 3)}"
    if outputs.shape[1] == 1:
        return span
    sums = outputs.sum(axis=1)
    return f"{span}, rows with sums {number(sums.min(), 3)} to {number(sums.max(), 3)}"
