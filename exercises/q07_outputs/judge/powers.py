"""Softmax of each row, and what is often computed in its place."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

KEEP = "The sum or maximum of each row has lost an axis; `keepdims=True` keeps it."
AT_1000 = "nan at [1000, 1001, 1002]; expected .090 .245 .665"


def softmax(z: Array) -> Array:
    """Return the softmax of each row of (m, k), without overflow."""
    return naive(z - z.max(axis=1, keepdims=True))


def sigmoid(z: Array) -> Array:
    """Return the sigmoid of each number, by way of tanh, which cannot overflow."""
    return np.asarray(0.5 * np.tanh(0.5 * z) + 0.5)


def naive(z: Array) -> Array:
    powers = np.exp(z)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def powers_of(z: Array) -> Array:
    """Return e to the power of what each number lies below the largest of its row."""
    return np.asarray(np.exp(z - z.max(axis=1, keepdims=True)))


INSTEAD = {
    f"{AT_1000}: powers of large numbers overflow. Subtract the row's largest number first.": naive,
    "The largest number of the whole matrix was subtracted: where a row lies far below it, all "
    "powers are 0. Take the largest of each row.": lambda z: naive(z - z.max()),
    "Columns sum to 1, rows do not: sum along the other axis.": lambda z: softmax(z.T).T,
    "The whole matrix sums to 1; every row has to.": (
        lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    ),
    "The powers are divided by the sum of the whole matrix; each row has a sum of its own.": (
        lambda z: powers_of(z) / powers_of(z).sum()
    ),
    "Columns sum to 1, rows do not; and powers of large numbers overflow.": lambda z: naive(z.T).T,
    "The whole matrix sums to 1, every row has to; and powers of large numbers overflow.": (
        lambda z: np.exp(z) / np.exp(z).sum()
    ),
    "That is a sigmoid of each number; softmax takes the whole row.": sigmoid,
    "These are the logarithms of the softmax.": lambda z: np.log(softmax(z)),
    "That is the share of each number, without the powers of e.": (
        lambda z: z / z.sum(axis=1, keepdims=True)
    ),
    "The powers are not divided by their sum.": powers_of,
    "Numbers that were cut off before the powers are no longer different.": (
        lambda z: naive(np.clip(z, -500, 500))
    ),
}
