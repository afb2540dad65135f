"""A Keras model as the judge has it: layers, settings and weights, and no code of the student's.

The student's process describes its model with :func:`describe`; the judge checks every part of
that with :func:`read` and computes outputs itself.  Keras never loads anything here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader import forward_pass
from grader.activations import Array
from grader.forward_pass import KINDS, Step
from grader.keras_layers import ALL_KINDS
from grader.keras_portrait import OWN, describe
from grader.sandbox.wire import MAX_DIMS, WireError

__all__ = ["Compiled", "Layer", "Model", "describe", "read"]

MAX_LAYERS = 256
MAX_NAME = 80

_UNORDERED = {
    "branches": "Its layers branch; the judge follows one layer after another only.",
    "inputs": "It has more than one input or output.",
    "call": "Its `call` does more than call Keras layers one after another, so the judge cannot "
    "follow it.",
    "unbuilt": "It has no weights yet, because it does not know the shape of its input.",
}
_TOO_LARGE = (
    f"It is larger than the judge computes: at most {forward_pass.MAX_WIDTH:,} numbers between two "
    f"layers and {forward_pass.MAX_WORK:,} multiplications an image."
)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: its class in Keras, its settings and its weights by Keras's names.

    ``foreign`` is the sentence that says why the forward pass does not know it, or None;
    ``refusal`` the one that says why Keras cannot compute it from settings and weights either.
    """

    kind: str
    name: str
    settings: Mapping[str, Any]
    weights: Mapping[str, Array]
    foreign: str | None = None
    refusal: str | None = None

    @property
    def activation(self) -> str | None:
        """The name of its activation function, as ``keras.activations`` has it."""
        value = self.settings.get("activation")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a model was compiled with; ``loss`` is the name of the loss's function."""

    loss: str
    loss_class: str | None  # of keras.losses, where it was given as an object
    from_logits: bool
    optimizer: str
    learning_rate: float | None
    schedule: str | None  # class of the learning-rate schedule, where there is one
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A model in the order of its layers; input layers are left out, nested models unfolded.

    ``obstacle`` is the sentence that says why :meth:`forward` cannot run it, or None; then
    ``output_shape`` is what the judge computed itself.  ``refusal`` is the sentence that says why
    Keras cannot either, without the student's code.  Shapes begin with the batch size, None.
    """

    layers: tuple[Layer, ...]
    input_shape: tuple[int | None, ...] | None
    output_shape: tuple[int | None, ...] | None
    built: bool
    compiled: Compiled | None
    obstacle: str | None
    refusal: str | None = None

    @property
    def weights(self) -> tuple[Array, ...]:
        """All weights, layer by layer."""
        return tuple(weight for layer in self.layers for weight in layer.weights.values())

    @property
    def parameters(self) -> int:
        """How many numbers the weights hold; a layer that is called twice counts once."""
        layers = {layer.name: layer for layer in self.layers}
        return sum(weight.size for layer in layers.values() for weight in layer.weights.values())

    @property
    def steps(self) -> list[Step]:
        """The layers as (class, settings, weights)."""
        return [(layer.kind, layer.settings, layer.weights) for layer in self.layers]

    def forward(self, inputs: Array) -> Array:
        """Return the outputs, float32 of shape (m, …), for inputs of shape (m, …).

        Computed as Keras does when it predicts: no dropout, moving averages in batch
        normalisation.  Raises ``ValueError`` where there is an obstacle or the inputs do not fit.
        """
        if self.obstacle:
            raise ValueError(self.obstacle)
        self.require_fit(inputs)
        return forward_pass.forward(self.steps, inputs)

    def require_fit(self, inputs: Array) -> None:
        """Raise ``ValueError`` where inputs have another shape than the model takes."""
        if self.input_shape is None or np.shape(inputs)[1:] != self.input_shape[1:]:
            shape = np.shape(inputs)
            raise ValueError(f"inputs of shape {shape} for a model of {self.input_shape}")

    def __str__(self) -> str:
        """Read as ``<model of 7 layers>``."""
        return f"<model of {len(self.layers)} layer{'' if len(self.layers) == 1 else 's'}>"


def read(data: Any) -> Model:
    """Return the model that a student's process described.

    Raises :class:`~grader.sandbox.wire.WireError` for data that :func:`describe` cannot have
    made, and nothing else.  A layer of another class than the forward pass knows is kept: the
    model then has an obstacle.
    """
    try:
        return _read(data)
    except WireError:
        raise
    except Exception as error:  # hostile data may break any step; the judge must not care which
        raise WireError(f"a malformed model ({type(error).__name__})") from error


def _read(data: Any) -> Model:
    if len(data["layers"]) > MAX_LAYERS:
        raise WireError(f"a model of more than {MAX_LAYERS} layers")
    layers = tuple(_layer(entry) for entry in data["layers"])
    input_shape, output_shape = _shape(data["input_shape"]), _shape(data["output_shape"])
    built, reason = data["built"] is True, data["unordered"]
    compiled = None if data["compiled"] is None else _compiled(data["compiled"])
    unordered = None if reason is None else _UNORDERED[reason]
    incomplete = _incomplete(layers, input_shape, built=built)
    foreign = [layer.foreign for layer in layers if layer.foreign]
    refused = [layer.refusal for layer in layers if layer.refusal]
    obstacle = next(filter(None, (unordered, *foreign, incomplete)), None)
    refusal = next(filter(None, (unordered, *refused, incomplete)), None)
    model = Model(layers, input_shape, output_shape, built, compiled, obstacle, refusal)
    if obstacle is None and input_shape is not None:
        try:
            output_shape = (None, *forward_pass.rehearse(model.steps, _sizes(input_shape)))
        except forward_pass.TooLargeError:
            obstacle = _TOO_LARGE
        except (ValueError, IndexError):
            obstacle = "Its layers do not fit together."
    return replace(model, output_shape=output_shape, obstacle=obstacle)


def _layer(entry: Mapping[str, Any]) -> Layer:
    name, title = _word(entry["name"]), _word(entry["class"])
    kind = ALL_KINDS.get(title)
    if kind is None:
        weights = {_word(key): _weight(value, range(9)) for key, value in entry["weights"].items()}
        says = f"Layer {title} is not part of an MLP."
        if title.endswith(OWN):
            says = f"Layer {title} cannot be followed: build the network from layers of Keras."
            return Layer(title, name, {}, weights, says, says)
        alone = f"Layer {title} cannot be rebuilt from its settings and weights alone."
        return Layer(title, name, {}, weights, says, alone)
    settings = dict(entry["settings"])
    foreign: str | None = None if title in KINDS else f"Layer {title} is not part of an MLP."
    refusal: str | None = None
    if entry["odd"] is not None:
        key, value = entry["odd"]
        foreign = refusal = _odd(title, name, _word(key), _word(value))
    elif settings.keys() != kind.settings.keys():
        raise WireError(f"a layer {title} with other settings than it has")
    for key, value in settings.items():
        if not kind.settings[key](value):
            raise WireError(f"a layer {title} whose {key} is none")
    allowed = kind.weights
    weights = {key: _weight(value, allowed[key]) for key, value in entry["weights"].items()}
    return Layer(title, name, settings, weights, foreign, refusal)


def _odd(title: str, name: str, key: str, value: str) -> str:
    if key == "activation":
        return f"Layer {name} uses the activation {value}, which is none of Keras's."
    return f"Layer {name} ({title}) has a {key} that the judge's forward pass does not know."


def _weight(value: Any, dimensions: range) -> Array:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.ndim not in dimensions:
        raise WireError("a weight that is none")
    return array.astype(np.float32, copy=False)


def _incomplete(
    layers: tuple[Layer, ...], input_shape: tuple[int | None, ...] | None, *, built: bool
) -> str | None:
    """Say what is missing before the layers can run."""
    if not built or input_shape is None:
        return _UNORDERED["unbuilt"]
    if None in input_shape[1:]:
        return "The shape of its input is not fixed."
    for layer in layers:
        kind = ALL_KINDS.get(layer.kind)
        if kind and not kind.needs.keys() <= layer.weights.keys():
            return f"Layer {layer.name} ({layer.kind}) has no weights yet."
    return None


def _sizes(shape: tuple[int | None, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape[1:] if size is not None)


def _shape(value: Any) -> tuple[int | None, ...] | None:
    if value is None:
        return None
    sizes = tuple(value)
    known = [size for size in sizes if size is not None]
    if len(sizes) > MAX_DIMS or not all(type(size) is int and size >= 0 for size in known):
        raise WireError("a shape that is none")
    return sizes


def _compiled(data: Mapping[str, Any]) -> Compiled:
    rate, kind, schedule = data["learning_rate"], data["loss_class"], data["schedule"]
    if rate is not None and (not isinstance(rate, float) or math.isinf(rate)):
        raise WireError("a learning rate that is none")
    return Compiled(
        loss=_word(data["loss"]),
        loss_class=None if kind is None else _word(kind),
        from_logits=data["from_logits"] is True,
        optimizer=_word(data["optimizer"]),
        learning_rate=rate,
        schedule=None if schedule is None else _word(schedule),
        metrics=tuple(_word(metric) for metric in data["metrics"]),
    )


def _word(value: Any) -> str:
    """Return a name of the student's, safe to show: letters, digits and a few signs."""
    if not isinstance(value, str):
        raise WireError("a name that is none")
    return re.sub(r"[^\w .<>/-]", "_", value[:MAX_NAME]) or "_"
