"""Output layers at work: what comes out of a student's heads for random features."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from powers import sigmoid, softmax
from spelling import Layer, canonical
from tasks import BINARY

from grader import fetch
from grader.expect import as_numbers, type_remark
from grader.keras_model import Compiled, Model
from grader.sandbox.remote import fault_of
from grader.show import show

Array = np.ndarray[Any, Any]

LARGE = 100  # the outputs are judged for features so many times as large as usual


class Head(NamedTuple):
    """What a head gives, each (m, units): probabilities where the loss takes logits."""

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


@np.errstate(all="ignore")
def at_work(call: Any, layer: Layer | None, rows: Array, kernel: Array) -> Head | Misfit:
    """Put (m, features) rows to a head whose weights are columns of ``kernel``, (features, n)."""
    described = fetch(call)
    misfit = unfit(call, described, rows, kernel)
    if misfit:
        return misfit
    answers = []
    for inputs in (LARGE * rows, rows):
        answer = call(inputs)
        if misfit := refused(answer):
            return misfit
        value = fetch(answer)
        array, _ = as_numbers(value)
        if array is None or array.ndim != 2 or len(array) != len(rows) or not array.size:
            got = show(value) if array is None else f"shape {show(array.shape)}"
            wanted = f"{len(rows)} rows of numbers"
            return Misfit(wanted, got, "One row of outputs for each row of features.")
        answers.append(array.real.astype(float))
    head = Head(answers[0], *answers, layer, described.compiled)
    if not head.logits:
        return head
    names = {layer and layer.loss, head.compiled and canonical(head.compiled.loss)}
    link = sigmoid if head.raw.shape[1] == 1 or BINARY & names else softmax
    return head._replace(outputs=link(head.outputs), usual=link(head.usual))


def unfit(call: Any, described: Any, rows: Array, kernel: Array) -> Misfit | None:
    """Give a head its weights, or say why it is no output layer."""
    if not isinstance(described, Model):
        said = type_remark(described, 0) or ""
        return Misfit("a Keras model", show(described), f"{said} Return a `keras.Model`.".strip())
    if not described.built and (misfit := refused(call(rows))):
        return misfit
    arrays = fetch(call.get_weights())
    arrays = arrays if isinstance(arrays, (list, tuple)) else []
    shapes = [array.shape for array in arrays if isinstance(array, np.ndarray)]
    if misfit := misfit_of_weights(shapes, kernel):
        return misfit
    units = max(shapes, key=len)[1]
    biases = np.zeros(units, np.float32)
    fetch(call.set_weights([kernel[:, :units] if len(one) > 1 else biases for one in shapes]))
    return None


def refused(answer: Any) -> Misfit | None:
    """Say that a head raised in place of taking rows of features."""
    fault = fault_of(answer)
    if fault is None:
        return None
    first = (fault.message.strip().splitlines() or [""])[0][:200]
    said = f"The head takes rows of features: `keras.Input((features,))`. Keras says: {first}"
    return Misfit("outputs", f"raises {fault.type}", said)


def misfit_of_weights(shapes: list[tuple[int, ...]], kernel: Array) -> Misfit | None:
    """See that a head holds the weights of one layer."""
    features, most = kernel.shape
    first = next((shape for shape in shapes if len(shape) == 2), (0, 0))
    if sorted(shapes, key=len, reverse=True) in ([first], [first, first[1:]]) and (
        first[0] == features and 0 < first[1] <= most
    ):
        return None
    got = f"shapes {', '.join(map(show, shapes)) or 'none'} for {features} features"
    said = "The head is the output layer alone, right after its input."
    return Misfit("weights (features, units) and biases (units,)", got, said)
