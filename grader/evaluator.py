"""What a student's Keras model says, computed without the student's process.

Layers and weights cross the wall as data.  Where the judge's own forward pass knows every layer, it
computes; otherwise the model is built anew in a second child, which stands behind a wall as well
and has never met the student's code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import keras_layers
from grader.activations import Array
from grader.keras_model import Model
from grader.model import Source, Verdict
from grader.sandbox.fault import Fault, StudentFault
from grader.sandbox.remote import Remote, channel_of, fetch, shown, student_of
from grader.sandbox.session import Module, Session
from grader.show import show

__all__ = ["predict"]

CLEAN = Module("evaluator", Source("evaluator.py", "from grader.keras_layers import outputs"), 0)
NO_MODEL = "It is no Keras model but {}."
UNFIT = "Keras cannot build it from the settings and weights that it has: they do not fit together."


def predict(model: Any, inputs: Array) -> Array:
    """Return a Keras model's outputs, float32 of shape (m, …), for inputs of shape (m, …).

    Computed as Keras does when it predicts: no dropout, moving averages in batch normalisation.
    The time that it takes is the check's, as if the student's code were asked.

    Raises :class:`~grader.sandbox.remote.StudentFault` for what is no model, takes inputs of
    another shape, or cannot be built from its settings and weights alone: a layer of one's own,
    a ``Lambda``, layers that branch.
    """
    found = fetch(model)
    if not isinstance(found, Model):
        raise _wrong(model, NO_MODEL.format(show(found)))
    if found.refusal:
        raise _wrong(model, found.refusal)
    try:
        found.require_fit(inputs)
    except ValueError as error:
        raise _wrong(model, f"It does not take what it is given: {error}.") from None
    if found.obstacle is None:
        return found.forward(inputs)
    return _rebuilt(model, found, np.asarray(inputs, dtype=np.float32))


def _rebuilt(model: Any, found: Model, inputs: Array) -> Array:
    """Have a clean child build the model and run it."""
    layers = [[kind, dict(settings), dict(weights)] for kind, settings, weights in found.steps]
    channel = channel_of(model) if isinstance(model, Remote) else None
    if not isinstance(channel, Session):  # at a prompt there is no wall
        return keras_layers.outputs(found.steps, inputs)
    with channel.beside(CLEAN) as clean:
        try:
            answer = fetch(student_of(clean).outputs(layers, inputs))
        except StudentFault as error:
            if error.fault.verdict is Verdict.ERROR:  # Keras raised
                raise _wrong(model, UNFIT) from None
            raise StudentFault(error.fault, shown(model)) from None
    if isinstance(answer, np.ndarray) and answer.dtype == np.float32:
        outputs: Array = answer
        if outputs.shape[:1] == inputs.shape[:1]:
            return outputs
    raise _wrong(model, UNFIT)


def _wrong(model: Any, sentence: str) -> StudentFault:
    return StudentFault(Fault(Verdict.FAILED, "", sentence), shown(model))
