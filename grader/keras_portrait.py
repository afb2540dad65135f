"""A Keras model as plain data: its layers in the order of their calls, settings, weights.

Runs in the student's process, so what it says is a claim that the judge reads as one.  Keras is
never imported here: who has a model has it already.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.forward_pass import KINDS
from grader.keras_layers import ALL_KINDS

# What the functions of `keras.ops` and Python's operators are called in a functional model.
_OPERATIONS = {"Relu": "relu", "Exp": "exponential", "LeakyRelu": "leaky_relu"}
_ALIASES = {
    "swish": "silu",
    "hard_swish": "hard_silu",
    "softmax_v2": "softmax",
    "log_softmax_v2": "log_softmax",
}

OWN = " of your own"  # follows the name of a class that is none of Keras's

Entry = dict[str, Any]


class _UnorderedError(Exception):
    """The layers are no chain; the only argument says why, in one of the judge's words."""


def describe(model: Any) -> dict[str, Any]:
    """Return a Keras model as plain data, for :func:`grader.keras_model.read`.

    ``layers`` is the chain of layers with nested models unfolded, input layers left out;
    ``unordered`` says why the chain is not known, and then ``layers`` only lists them.  Models
    that are not built or not compiled are described as far as they go.
    """
    try:
        layers, unordered = [entry for one in _chain(model) for entry in _entries(one)], None
    except _UnorderedError as reason:
        layers = [entry for layer in _leaves(model) for entry in _entries(layer)]
        unordered = str(reason)
    return {
        "layers": layers,
        "unordered": unordered,
        "built": bool(getattr(model, "built", False)),
        "input_shape": _shape(model, "input_shape"),
        "output_shape": _shape(model, "output_shape"),
        "compiled": _compiled(model) if getattr(model, "compiled", False) else None,
    }


def _keras() -> Any:
    return sys.modules["keras"]


def _chain(model: Any) -> Iterator[Any]:
    """Yield the layers, and the nodes of operations that are none, in the order of their calls."""
    keras = _keras()
    if not type(model).call.__module__.startswith("keras."):
        parts = _traced(model)
    elif isinstance(model, keras.Sequential):
        parts = list(model.layers)
    elif not getattr(model, "inputs", None):
        raise _UnorderedError("call")
    elif len(model.inputs) == len(model.outputs) == 1:
        parts = _walk(model.outputs[0], model.inputs[0])
    else:
        raise _UnorderedError("inputs")
    for part in parts:
        if isinstance(part, keras.Model):
            yield from _chain(part)
        else:
            yield part


def _walk(output: Any, start: Any) -> list[Any]:
    """Follow one tensor back to where it came from; list what it went through, in order."""
    keras, parts, tensor = _keras(), [], output
    while tensor is not start:
        operation, index, _ = tensor._keras_history  # noqa: SLF001
        node = operation._inbound_nodes[index]  # noqa: SLF001
        sources = node.input_tensors
        if len(sources) > 1:
            raise _UnorderedError("branches")
        if not sources:
            raise _UnorderedError("inputs")
        parts.append(operation if isinstance(operation, keras.Layer) else node)
        tensor = sources[0]
    return parts[::-1]


def _traced(model: Any) -> list[Any]:
    """Call a subclassed model with a symbolic image and follow what it did with it."""
    shape = _shape(model, "input_shape")
    if not getattr(model, "built", False) or shape is None:
        raise _UnorderedError("unbuilt")
    try:
        start = _keras().Input(shape=shape[1:])
        return _walk(model.call(start), start)
    except _UnorderedError:
        raise
    except Exception as error:  # a student's `call` may do anything
        raise _UnorderedError("call") from error


def _leaves(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        if isinstance(layer, _keras().Model):
            yield from _leaves(layer)
        elif not isinstance(layer, _keras().layers.InputLayer):
            yield layer


def _entries(part: Any) -> Iterator[Entry]:
    """Yield a layer's entry; an activation that is a layer of its own follows as one."""
    if not isinstance(part, _keras().Layer):
        yield _operation(part)
        return
    own = not type(part).__module__.startswith("keras.")
    name = type(part).__name__ + OWN * own
    kind = ALL_KINDS.get(name)
    if kind is None:
        weights = {
            f"{n}_{weight.name}": np.asarray(weight) for n, weight in enumerate(part.weights)
        }
        yield {"class": name, "name": part.name, "settings": {}, "weights": weights, "odd": None}
        return
    function = getattr(part, "activation", None)
    owner = getattr(part, "cell", part)  # of a recurrent layer, whose activation is inside it
    inner = owner is part and isinstance(function, _keras().Layer)
    settings, odd = {}, None
    for key, rule in kind.settings.items():
        value = getattr(part, key)
        if key.endswith("activation"):
            value = "linear" if inner else _activation(value)
        value = float(value) if isinstance(value, np.floating) else value
        if rule(value):
            settings[key] = value
        else:
            odd = [key, getattr(function, "__name__", type(value).__name__)]
    held = {key: getattr(owner, key, None) for key in kind.weights} if part.built else {}
    weights = {key: np.asarray(value) for key, value in held.items() if value is not None}
    yield {"class": name, "name": part.name, "settings": settings, "weights": weights, "odd": odd}
    if inner:
        yield from _entries(function)


def _operation(node: Any) -> Entry:
    """Return the entry of an operation such as ``x / 255`` as that of the layer that does it."""
    operation, arguments = node.operation, node.arguments.args
    name = type(operation).__name__
    entry: Entry = {"class": name, "name": operation.name, "weights": {}, "odd": None}
    numbers = [value for value in arguments if isinstance(value, (int, float))]
    if len(numbers) == 1 and name in {"TrueDivide", "Multiply", "Add", "Subtract"}:
        entry["class"] = "Rescaling"
        entry["settings"] = _rescaling(name, float(numbers[0]), first=arguments[0] is numbers[0])
        if entry["settings"] is not None:
            return entry
    activation = _OPERATIONS.get(name, _snake(name))
    if name == "Reshape" and operation.newshape[0] in {-1, None}:
        entry["settings"] = {"target_shape": list(operation.newshape[1:])}
    elif name == "Gelu" and operation.approximate:
        entry |= {"class": "Activation", "settings": {"activation": "gelu_tanh"}}
    elif name in {"ReLU", "Softmax", "Elu", "LeakyRelu"}:
        kind = {"Elu": "ELU", "LeakyRelu": "LeakyReLU"}.get(name, name)
        entry["class"] = kind
        entry["settings"] = {key: getattr(operation, key) for key in KINDS[kind].settings}
    elif name in {"Cast", "ConvertToTensor"}:
        entry |= {"class": "Identity", "settings": {}}
    elif KINDS["Activation"].settings["activation"](activation):
        entry |= {"class": "Activation", "settings": {"activation": activation}}
    else:
        entry |= {"class": name, "settings": {}}
    return entry


def _rescaling(name: str, number: float, *, first: bool) -> dict[str, float] | None:
    """Return the scale and offset of an arithmetic operation with one number."""
    if name == "TrueDivide":
        return None if first or not number else {"scale": 1 / number, "offset": 0.0}
    if name == "Multiply":
        return {"scale": number, "offset": 0.0}
    if name == "Add":
        return {"scale": 1.0, "offset": number}
    return {"scale": -1.0, "offset": number} if first else {"scale": 1.0, "offset": -number}


def _activation(function: Any) -> str | None:
    """Return the name of one of Keras's or TensorFlow's activation functions, else None."""
    if function is None:
        return "linear"
    if not getattr(function, "__module__", "").startswith(("keras.", "tensorflow.")):
        return None
    name = str(getattr(function, "__name__", ""))
    return _ALIASES.get(name, name)


def _shape(model: Any, attribute: str) -> list[int | None] | None:
    """Return an input or output shape, batch size first; None where there is none, or several."""
    try:
        shape = getattr(model, attribute)
    except AttributeError:
        built = model.get_build_config() if getattr(model, "built", False) else None
        shape = (built or {}).get(attribute)
    if isinstance(shape, (list, tuple)) and all(n is None or isinstance(n, int) for n in shape):
        return [None, *shape[1:]] if shape else None
    return None


def _compiled(model: Any) -> dict[str, Any]:
    """Return what a model was compiled with."""
    optimizer = model.optimizer
    rate = getattr(optimizer, "_learning_rate", None)
    scheduled = isinstance(rate, _keras().optimizers.schedules.LearningRateSchedule)
    metrics = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None) or []
    metrics = metrics if isinstance(metrics, (list, tuple)) else [metrics]
    return {
        **_loss(model.loss),
        "optimizer": type(optimizer).__name__,
        "learning_rate": float(np.asarray(optimizer.learning_rate)) if optimizer else None,
        "schedule": type(rate).__name__ if scheduled else None,
        "metrics": [str(getattr(metric, "name", metric)) for metric in metrics][:20],
    }


def _loss(loss: Any) -> dict[str, Any]:
    """Return a loss by the name of its function, however it was given."""
    keras, logits = _keras(), False
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    if isinstance(loss, str) and loss.lower() not in {"crossentropy", "ce"}:
        loss = keras.losses.get(loss)
    kind = type(loss).__name__ if isinstance(loss, keras.losses.Loss) else None
    if isinstance(loss, functools.partial):
        logits, loss = loss.keywords.get("from_logits", False), loss.func
    elif kind:
        options = getattr(loss, "_fn_kwargs", {})
        logits = getattr(loss, "from_logits", options.get("from_logits", False))
        if not type(loss).__module__.startswith("keras."):
            kind = None
            loss = getattr(loss, "fn", loss)
    name = _snake(kind) if kind else str(getattr(loss, "__name__", loss))
    return {"loss": name, "loss_class": kind, "from_logits": bool(logits)}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
