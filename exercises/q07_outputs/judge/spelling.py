"""Activations and losses in every spelling: a name, an object of Keras, a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from grader import fetch
from grader.activations import ACTIVATIONS
from grader.expect import near
from grader.sandbox.remote import fault_of
from grader.sandbox.wire import Opaque

Array = np.ndarray[Any, Any]

MOST_UNITS = 10_000
SINGLE = 1e-5  # of what a function of Keras computes in single precision
PROBE = np.array([[-3.0, -0.4, 0.6, 7.0]], dtype=np.float32)

ALIASES = {
    "bce": "binary_crossentropy",
    "ce": "crossentropy",
    "kld": "kl_divergence",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "mse": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
    "huber_loss": "huber",
    "logcosh": "log_cosh",
}
LOSSES = frozenset(
    {
        *ALIASES.values(),
        "binary_focal_crossentropy",
        "categorical_crossentropy",
        "categorical_focal_crossentropy",
        "categorical_hinge",
        "cosine_similarity",
        "hinge",
        "poisson",
        "sparse_categorical_crossentropy",
        "squared_hinge",
    }
)


class Layer(NamedTuple):
    """An output layer as a student described it; None stands for what cannot be made out."""

    units: int | None
    activation: str | None
    loss: str | None
    logits: bool  # the loss takes what comes before sigmoid or softmax

    def __str__(self) -> str:
        """Read as ``1 unit, sigmoid, binary_crossentropy``."""
        units = f"{self.units} unit{'' if self.units == 1 else 's'}"
        activation = "no activation" if self.activation == "linear" else self.activation
        return f"{units}, {activation}, {self.loss}{' of logits' if self.logits else ''}"


def read_layer(call: Any) -> Layer | None:
    """Return the output layer that a call gave, or None where it is no dict of the three keys."""
    given = fetch(call)
    if not isinstance(given, dict) or not {"units", "activation", "loss"} <= given.keys():
        return None
    activation = _activation(given["activation"], call["activation"])
    return Layer(whole(given["units"]), activation, *_loss(given["loss"], call["loss"]))


def whole(value: Any) -> int | None:
    """Return a count as an int; None for what is none."""
    number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    return int(value) if number and value in range(MOST_UNITS) else None


def canonical(name: str) -> str:
    """Return a name of Keras's in one spelling: ``MSE`` as ``mean_squared_error``."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower()
    return ALIASES.get(snake, snake)


def _activation(value: Any, handle: Any) -> str | None:
    if value is None:
        return "linear"
    if isinstance(value, str):
        return canonical(value) if canonical(value) in ACTIVATIONS else None
    if not isinstance(value, Opaque):
        return None
    answer = _called(handle, PROBE)
    names = (name for name, f in ACTIVATIONS.items() if near(answer, f(PROBE), SINGLE))
    return next(names, None)


def _loss(value: Any, handle: Any) -> tuple[str | None, bool]:
    """Return a loss by its name and whether it takes logits."""
    name = canonical(value if isinstance(value, str) else getattr(value, "type", ""))
    if isinstance(value, str) or not isinstance(value, Opaque):
        return (name, False) if name in LOSSES else (None, False)
    if name in LOSSES:  # an object of a class of Keras, or of that name
        settings = handle.get_config()
        given = None if fault_of(settings) else fetch(settings)
        return name, isinstance(given, dict) and given.get("from_logits") is True
    for labels, outputs, formulas in PROBES:
        answer = _called(handle, labels, outputs)
        mean = np.mean(answer) if isinstance(answer, (np.ndarray, float)) else None
        for (formula, logits), compute in formulas.items():
            if near(mean, np.mean(compute(labels, outputs)), SINGLE):
                return formula, logits
    return None, False


def _called(handle: Any, *inputs: Array) -> Any:
    """Return what a function of the student's gives; None where it raises, or gives no numbers."""
    answer = handle(*inputs)
    value = None if fault_of(answer) else fetch(answer)
    numeric = isinstance(value, (np.ndarray, np.number, float, int))
    array = np.asarray(value) if numeric else np.empty(0, dtype=object)
    return array if array.size and array.dtype.kind in "iuf" else None


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _binary(y: Array, p: Array) -> Array:
    return np.asarray(-np.log(np.where(y == 1, p, 1 - p)))


def _softmax(z: Array) -> Array:
    return np.asarray(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))


def _picked(y: Array, p: Array) -> Array:
    return np.asarray(-np.log(p[np.arange(len(y)), y]))


Formulas = Mapping[tuple[str, bool], Callable[[Array, Array], Array]]
PROBES: tuple[tuple[Array, Array, Formulas], ...] = (
    (
        np.array([[0.0], [1.0]], dtype=np.float32),
        np.array([[0.3], [0.9]], dtype=np.float32),
        {
            ("binary_crossentropy", False): _binary,
            ("binary_crossentropy", True): lambda y, z: _binary(y, _sigmoid(z)),
            ("mean_squared_error", False): lambda y, p: (y - p) ** 2,
            ("mean_absolute_error", False): lambda y, p: np.abs(y - p),
            ("huber", False): lambda y, p: (y - p) ** 2 / 2,
            ("mean_squared_logarithmic_error", False): lambda y, p: (
                (np.log1p(y) - np.log1p(p)) ** 2
            ),
        },
    ),
    (
        np.array([0, 2]),
        np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]], dtype=np.float32),
        {
            ("sparse_categorical_crossentropy", False): _picked,
            ("sparse_categorical_crossentropy", True): lambda y, z: _picked(y, _softmax(z)),
        },
    ),
)
