"""Keras's activation functions in NumPy, one value or one row at a time.

Each takes and returns a float32 array of shape (m, …).  The formulas are those of
``keras.activations`` on the TensorFlow backend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805  # Klambauer et al., 2017


def relu(
    x: Array, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Array:
    """Return x above the threshold, at most ``max_value``; a slope of x − threshold below it."""
    above = np.where(x > threshold, x, 0) if threshold else np.maximum(x, 0)
    if max_value is not None:
        above = np.minimum(above, max_value)
    if negative_slope:
        above = above + negative_slope * np.minimum(x - threshold, 0)
    return above


def leaky_relu(x: Array, negative_slope: float = 0.2) -> Array:
    """Return x where it is positive, else a fraction of it."""
    return np.where(x > 0, x, negative_slope * x)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """Return x where it is positive, else α(eˣ − 1)."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e⁻ˣ) by way of tanh, which cannot overflow."""
    return 0.5 * np.tanh(0.5 * x) + 0.5


def softplus(x: Array) -> Array:
    """Return log(1 + eˣ) without overflow."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softmax(x: Array, axis: int = -1) -> Array:
    """Return eˣ over its sum along an axis."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def log_softmax(x: Array) -> Array:
    """Return the logarithm of the softmax of each row."""
    shifted = x - x.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def sparsemax(x: Array) -> Array:
    """Return sparsemax as Keras computes it, which adds up partial sums of the sorted row.

    Martins & Astudillo (2016) take the last of these sums only.
    """
    falling = -np.sort(-x, axis=-1)
    sums = np.cumsum(falling, axis=-1)
    counts = np.arange(1, x.shape[-1] + 1, dtype=np.float32)
    support = falling - (sums - 1) / counts > 0
    total = np.where(support, sums, 0).sum(axis=-1, keepdims=True)
    threshold = (total - 1) / support.sum(axis=-1, keepdims=True)
    return np.asarray(np.maximum(x - threshold, 0))


def gelu(x: Array) -> Array:
    """Return x · P(Z ≤ x) for a standard normal Z."""
    return np.asarray(0.5 * x * (1 + erf(x * np.float32(0.7071067811865476))))


def gelu_tanh(x: Array) -> Array:
    """Return GELU in the approximation by tanh (Hendrycks & Gimpel, 2016)."""
    inner = np.float32(0.7978845608028654) * (x + 0.044715 * x**3)
    return np.asarray(0.5 * x * (1 + np.tanh(inner)))


def glu(x: Array) -> Array:
    """Return the first half of each row, gated by the second (Dauphin et al., 2017)."""
    first, second = np.split(x, 2, axis=-1)
    return np.asarray(first * sigmoid(second))


def erf(x: Array) -> Array:
    """Return the error function to 1.5e-7 (Abramowitz & Stegun, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    return np.asarray(np.sign(x) * (1 - series * np.exp(-x * x)))


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "relu6": lambda x: np.clip(x, 0, 6),
    "softmax": softmax,
    "log_softmax": log_softmax,
    "sparsemax": sparsemax,
    "elu": elu,
    "celu": elu,
    "selu": lambda x: _SELU_SCALE * elu(x, _SELU_ALPHA),
    "sigmoid": sigmoid,
    "log_sigmoid": lambda x: -softplus(-x),
    "hard_sigmoid": lambda x: np.clip(x + 3, 0, 6) / 6,
    "sparse_sigmoid": lambda x: np.clip(0.5 * (x + 1), 0, 1),
    "tanh": np.tanh,
    "hard_tanh": lambda x: np.clip(x, -1, 1),
    "tanh_shrink": lambda x: x - np.tanh(x),
    "softplus": softplus,
    "sparse_plus": lambda x: np.where(x < 1, 0.25 * np.maximum(x + 1, 0) ** 2, x),
    "squareplus": lambda x: (x + np.sqrt(x * x + 4)) / 2,
    "softsign": lambda x: x / (1 + np.abs(x)),
    "soft_shrink": lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0),
    "hard_shrink": lambda x: np.where(np.abs(x) > 0.5, x, 0),  # noqa: PLR2004
    "silu": lambda x: x * sigmoid(x),
    "hard_silu": lambda x: x * np.clip(x + 3, 0, 6) / 6,
    "mish": lambda x: x * np.tanh(softplus(x)),
    "gelu": gelu,
    "gelu_tanh": gelu_tanh,
    "glu": glu,
    "exponential": np.exp,
}
