"""Layers that only Keras computes, and a model of them run anew from settings and weights.

A second closed table beside that of :mod:`grader.forward_pass`: of each class, which settings a
layer has, by which rule each is checked, and which weights.  A layer is built by its constructor
and given its weights; nothing is loaded.  That happens in a child behind the wall which has never
met the student's code, not in the judge.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.activations import Array
from grader.forward_pass import (
    KINDS,
    MAX_WIDTH,
    Kind,
    Settings,
    Step,
    Weights,
    activation,
    data_format,
    flag,
    forward,
    real,
)


def outputs(layers: Sequence[Step], inputs: Array) -> Array:
    """Return what a chain of layers makes of inputs of shape (m, …): float32, shape (m, …).

    Raises ``ValueError``, or an error of Keras's, where settings and weights do not fit together.
    """
    return forward(layers, inputs, ALL_KINDS)


def _by_keras(title: str, x: Array, settings: Settings, weights: Weights) -> Array:
    """Build one layer, give it its weights, and call it."""
    import keras

    switches = {switch: name in weights for name, switch in _SWITCHES.items()
                if name in BY_KERAS[title].may_have}  # fmt: skip
    layer: Any = getattr(keras.layers, title)(**settings, **switches)
    layer.build(x.shape)
    owner = getattr(layer, "cell", layer)
    for name, weight in weights.items():
        variable = getattr(owner, name)
        if tuple(variable.shape) != weight.shape:
            raise ValueError(f"a {name} of shape {weight.shape} for one of {tuple(variable.shape)}")
        variable.assign(weight)
    return np.asarray(layer(x, training=False))


def _count(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MAX_WIDTH


def _counts(value: Any) -> bool:
    return _count(value) or (
        isinstance(value, (list, tuple)) and 1 <= len(value) <= _AXES and all(map(_count, value))
    )


def _pads(value: Any) -> bool:
    """Tell whether a setting counts rows and columns at the four sides of an image."""
    return (
        isinstance(value, (list, tuple))
        and len(value) == _SIDES
        and all(isinstance(pair, (list, tuple)) and len(pair) == _SIDES for pair in value)
        and all(type(n) is int and 0 <= n <= MAX_WIDTH for pair in value for n in pair)
    )


def _later_axis(value: Any) -> bool:
    return type(value) is int and (value == -1 or 1 <= value <= _AXES)


def _off(value: Any) -> bool:
    return value is False


def _one_of(*words: str) -> functools.partial[bool]:
    return functools.partial(_is_one_of, frozenset(words))


def _is_one_of(words: frozenset[str], value: Any) -> bool:
    return isinstance(value, str) and value in words


_AXES, _SIDES = 3, 2
_SWITCHES = {
    "bias": "use_bias",
    "gamma": "scale",
    "beta": "center",
}  # of weights that may be absent
_PADDING = _one_of("valid", "same", "causal")
_WINDOW = {"strides": _counts, "padding": _PADDING, "data_format": data_format}
_CONVOLUTION = {
    **_WINDOW,
    "kernel_size": _counts,
    "dilation_rate": _counts,
    "activation": activation,
}
_PLAIN = {**_CONVOLUTION, "filters": _count, "groups": _count}
_POOLING = {**_WINDOW, "pool_size": _counts}
_GLOBAL = {"data_format": data_format, "keepdims": flag}
_RECURRENT = {
    "units": _count,
    "activation": activation,
    "return_sequences": flag,
    "go_backwards": flag,
    "return_state": _off,
    "stateful": _off,
}
_GATED = {**_RECURRENT, "recurrent_activation": activation}
_VECTOR, _MATRIX = range(1, 2), range(2, 3)
_BIAS = {"bias": _VECTOR}
_CELL = {"kernel": _MATRIX, "recurrent_kernel": _MATRIX}


def _kernel(axes: int, *names: str) -> dict[str, range]:
    return dict.fromkeys(names or ("kernel",), range(axes, axes + 1))


# Class: settings by rule, weights that it needs, weights that it may have.
_TABLE: dict[str, tuple[dict[str, Any], dict[str, range], dict[str, range]]] = {
    "Conv1D": (_PLAIN, _kernel(3), _BIAS),
    "Conv2D": (_PLAIN, _kernel(4), _BIAS),
    "Conv2DTranspose": ({**_CONVOLUTION, "filters": _count}, _kernel(4), _BIAS),
    "DepthwiseConv2D": ({**_CONVOLUTION, "depth_multiplier": _count}, _kernel(4), _BIAS),
    "SeparableConv2D": (
        {**_CONVOLUTION, "filters": _count, "depth_multiplier": _count},
        _kernel(4, "depthwise_kernel", "pointwise_kernel"),
        _BIAS,
    ),
    **{
        f"{kind}Pooling{axes}D": (_POOLING, {}, {})
        for kind in ("Max", "Average")
        for axes in (1, 2)
    },
    **{
        f"Global{kind}Pooling{axes}D": (_GLOBAL, {}, {})
        for kind in ("Max", "Average")
        for axes in (1, 2)
    },
    "ZeroPadding2D": ({"padding": _pads, "data_format": data_format}, {}, {}),
    "Cropping2D": ({"cropping": _pads, "data_format": data_format}, {}, {}),
    "UpSampling2D": (
        {
            "size": _counts,
            "data_format": data_format,
            "interpolation": _one_of("nearest", "bilinear"),
        },
        {},
        {},
    ),
    "Permute": ({"dims": _counts}, {}, {}),
    "RepeatVector": ({"n": _count}, {}, {}),
    "GroupNormalization": (
        {"groups": _count, "axis": _later_axis, "epsilon": real},
        {},
        {"gamma": _VECTOR, "beta": _VECTOR},
    ),
    "Embedding": (
        {"input_dim": _count, "output_dim": _count, "mask_zero": _off},
        {"embeddings": _MATRIX},
        {},
    ),
    "SimpleRNN": (_RECURRENT, _CELL, _BIAS),
    "LSTM": (_GATED, _CELL, _BIAS),
    "GRU": ({**_GATED, "reset_after": flag}, _CELL, {"bias": range(1, 3)}),
}

BY_KERAS = {
    title: Kind(functools.partial(_by_keras, title), *parts) for title, parts in _TABLE.items()
}
ALL_KINDS = {**KINDS, **BY_KERAS}
