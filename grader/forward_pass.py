"""What each layer of an MLP is made of and what it computes, in NumPy.

The judge's own forward pass: nothing of Keras takes part in it.  One table, ``KINDS``, says for
each class of layer which settings and weights it has; describing, reading and computing a model
all follow it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.activations import ACTIVATIONS, Array, elu, leaky_relu, relu, softmax

ROWS = 1000  # a batch whose layers stay in the processor's cache
MAX_WIDTH = 1 << 16  # numbers per image between two layers
MAX_WORK = 50_000_000  # multiplications per image; the reference of Question 10 needs 335,000
NORMALIZATION_EPSILON = 1e-7  # keras.config.epsilon()

Settings = Mapping[str, Any]
Weights = Mapping[str, Array]
Step = tuple[str, Settings, Weights]  # a layer: its class, its settings, its weights


class TooLargeError(ValueError):
    """A model that would take the judge too long."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of layers: its formula, its settings by rule, its weights by number of axes."""

    run: Callable[[Array, Settings, Weights], Array]
    settings: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    needs: Mapping[str, range] = field(default_factory=dict)
    may_have: Mapping[str, range] = field(default_factory=dict)

    @property
    def weights(self) -> dict[str, range]:
        """All weights that a layer may have."""
        return {**self.needs, **self.may_have}


def forward(
    layers: Sequence[Step], images: Array, kinds: Mapping[str, Kind] | None = None
) -> Array:
    """Return the outputs, float32 of shape (m, …), for inputs of shape (m, …).

    Each layer is (class, settings, weights) as ``kinds`` have them, by default ``KINDS``.  Raises
    ``ValueError`` where shapes do not fit together.
    """
    batches = [images[start : start + ROWS] for start in range(0, len(images), ROWS)]
    known = KINDS if kinds is None else kinds
    return np.concatenate([_run(layers, batch, known) for batch in batches or [images]])


def rehearse(layers: Sequence[Step], input_shape: tuple[int, ...]) -> tuple[int, ...]:
    """Run two inputs of zeros through the layers and return the shape of what comes of each.

    Raises :class:`TooLargeError`, or ``ValueError`` where shapes do not fit together or a layer
    mixes its inputs; whatever passes here, :func:`forward` can run on any number of inputs.
    """
    if math.prod(input_shape) > MAX_WIDTH:
        raise TooLargeError
    x, work = np.zeros((2, *input_shape), np.float32), 0
    for kind, settings, weights in layers:
        work += max([x.size, *(weight.size for weight in weights.values())])
        if kind == "Dense":
            rows = x.size // max(1, x.shape[-1])
            work += rows * weights["kernel"].size
            if rows * weights["kernel"].shape[1] > 2 * MAX_WIDTH:
                raise TooLargeError
        if work > 2 * MAX_WORK:
            raise TooLargeError
        x = _run([(kind, settings, weights)], x, KINDS)
        if x.size > 2 * MAX_WIDTH:
            raise TooLargeError
        if x.ndim < 2 or len(x) != 2:  # noqa: PLR2004
            raise ValueError("a layer that mixes its inputs")
    return x.shape[1:]


def _run(layers: Sequence[Step], batch: Array, kinds: Mapping[str, Kind]) -> Array:
    x = np.asarray(batch, dtype=np.float32)
    with np.errstate(all="ignore"):
        for kind, settings, weights in layers:
            x = np.asarray(kinds[kind].run(x, settings, weights), dtype=np.float32)
    return x


def _dense(x: Array, settings: Settings, weights: Weights) -> Array:
    x = x @ weights["kernel"]
    if "bias" in weights:
        x += weights["bias"]
    return ACTIVATIONS[settings["activation"]](x)


def _flatten(x: Array, settings: Settings, _: Weights) -> Array:
    if settings["data_format"] == "channels_first":
        x = np.moveaxis(x, 1, -1)
    return x.reshape(len(x), -1)


def _batch_normalization(x: Array, settings: Settings, weights: Weights) -> Array:
    axis = settings["axis"]
    if axis in {0, -x.ndim}:
        raise ValueError("batch normalisation across images")
    scale = 1 / np.sqrt(weights["moving_variance"] + np.float32(settings["epsilon"]))
    scale = scale * weights.get("gamma", 1)
    shift = weights.get("beta", 0) - weights["moving_mean"] * scale
    sizes = [1] * x.ndim
    sizes[axis] = x.shape[axis]
    return x * scale.reshape(sizes) + shift.reshape(sizes)


def _layer_normalization(x: Array, settings: Settings, weights: Weights) -> Array:
    axes = settings["axis"] if isinstance(settings["axis"], (list, tuple)) else [settings["axis"]]
    axes = sorted(axis % x.ndim for axis in axes)
    if 0 in axes:
        raise ValueError("layer normalisation across images")
    sizes = [x.shape[axis] if axis in axes else 1 for axis in range(x.ndim)]
    mean = x.mean(axis=tuple(axes), keepdims=True)
    scale = 1 / np.sqrt(x.var(axis=tuple(axes), keepdims=True) + np.float32(settings["epsilon"]))
    if "gamma" in weights:
        scale = scale * weights["gamma"].reshape(sizes)
    if settings["rms_scaling"]:
        return np.asarray(x * scale)
    shift = weights["beta"].reshape(sizes) if "beta" in weights else 0
    return np.asarray((x - mean) * scale + shift)


def _normalization(x: Array, settings: Settings, weights: Weights) -> Array:
    mean, variance = _each(x, weights["mean"]), _each(x, weights["variance"])
    deviation = np.maximum(np.sqrt(variance), np.float32(NORMALIZATION_EPSILON))
    return np.asarray(mean + x * deviation if settings["invert"] else (x - mean) / deviation)


def _softmax(x: Array, settings: Settings, _: Weights) -> Array:
    if settings["axis"] in {0, -x.ndim}:
        raise ValueError("softmax across images")
    return softmax(x, settings["axis"])


def _prelu(x: Array, _: Settings, weights: Weights) -> Array:
    return np.asarray(np.maximum(x, 0) + _each(x, weights["alpha"]) * np.minimum(x, 0))


def _each(x: Array, weight: Array) -> Array:
    """Return a weight that is the same for each input; raise ``ValueError`` where it is not."""
    weight = weight[0] if weight.ndim == x.ndim and len(weight) == 1 else weight
    if np.broadcast_shapes(weight.shape, x.shape[1:]) != x.shape[1:]:
        raise ValueError("a weight of another shape than what it is applied to")
    return weight


def real(value: Any) -> bool:
    """Tell whether a setting is one finite number."""
    return type(value) in {int, float} and abs(value) < 1e30  # noqa: PLR2004


def real_or_none(value: Any) -> bool:
    """Tell whether a setting is one finite number, or left out."""
    return value is None or real(value)


def flag(value: Any) -> bool:
    """Tell whether a setting is true or false."""
    return type(value) is bool


def axis(value: Any) -> bool:
    """Tell whether a setting numbers one axis."""
    return type(value) is int and -8 <= value < 8  # noqa: PLR2004


def axes(value: Any) -> bool:
    """Tell whether a setting numbers one axis or several."""
    return axis(value) or (
        isinstance(value, (list, tuple)) and bool(value) and all(map(axis, value))
    )


def sizes(value: Any) -> bool:
    """Tell whether a setting is a shape, in which −1 stands for what is left."""
    return isinstance(value, (list, tuple)) and all(
        type(size) is int and -1 <= size <= MAX_WIDTH for size in value
    )


def activation(value: Any) -> bool:
    """Tell whether a setting names one of Keras's activation functions."""
    return type(value) is str and value in ACTIVATIONS


def data_format(value: Any) -> bool:
    """Tell whether a setting says where an image's channels are."""
    return value in {"channels_last", "channels_first"}


_VECTOR, _MATRIX, _ANY = range(1, 2), range(2, 3), range(9)
_IDENTITY = Kind(lambda x, _, __: x)

KINDS: dict[str, Kind] = {
    "Flatten": Kind(_flatten, {"data_format": data_format}),
    "Reshape": Kind(lambda x, s, _: x.reshape(len(x), *s["target_shape"]), {"target_shape": sizes}),
    "Rescaling": Kind(
        lambda x, s, _: x * s["scale"] + s["offset"], {"scale": real, "offset": real}
    ),
    "Normalization": Kind(_normalization, {"invert": flag}, {"mean": _ANY, "variance": _ANY}),
    "Dense": Kind(_dense, {"activation": activation}, {"kernel": _MATRIX}, {"bias": _VECTOR}),
    "BatchNormalization": Kind(
        _batch_normalization,
        {"axis": axis, "epsilon": real},
        {"moving_mean": _VECTOR, "moving_variance": _VECTOR},
        {"gamma": _VECTOR, "beta": _VECTOR},
    ),
    "LayerNormalization": Kind(
        _layer_normalization,
        {"axis": axes, "epsilon": real, "rms_scaling": flag},
        may_have={"gamma": _ANY, "beta": _ANY},
    ),
    "Dropout": _IDENTITY,
    "SpatialDropout1D": _IDENTITY,
    "GaussianDropout": _IDENTITY,
    "GaussianNoise": _IDENTITY,
    "AlphaDropout": _IDENTITY,
    "ActivityRegularization": _IDENTITY,
    "Identity": _IDENTITY,
    "Activation": Kind(lambda x, s, _: ACTIVATIONS[s["activation"]](x), {"activation": activation}),
    "ReLU": Kind(
        lambda x, s, _: relu(x, s["negative_slope"], s["max_value"], s["threshold"]),
        {"negative_slope": real, "max_value": real_or_none, "threshold": real},
    ),
    "LeakyReLU": Kind(lambda x, s, _: leaky_relu(x, s["negative_slope"]), {"negative_slope": real}),
    "PReLU": Kind(_prelu, needs={"alpha": _ANY}),
    "ELU": Kind(lambda x, s, _: elu(x, s["alpha"]), {"alpha": real}),
    "Softmax": Kind(_softmax, {"axis": axis}),
}
