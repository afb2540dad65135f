"""A 10-50-3 network of ReLU neurons in NumPy and in Keras."""

from __future__ import annotations

import keras
import numpy as np

NOTES = """A weight belongs to a connection and a bias to a neuron, and neither belongs to an
instance: the same 703 numbers serve any number of rows. A bias vector has one number for each
column of X @ W, and NumPy adds it to every row."""


def shapes(m: int) -> dict[str, tuple[int, ...]]:
    return {"X": (m, 10), "Wh": (10, 50), "bh": (50,), "Wo": (50, 3), "bo": (3,), "Y": (m, 3)}


def n_parameters() -> int:
    return 10 * 50 + 50 + 50 * 3 + 3


def relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


def forward(
    X: np.ndarray, Wh: np.ndarray, bh: np.ndarray, Wo: np.ndarray, bo: np.ndarray
) -> np.ndarray:
    return relu(relu(X @ Wh + bh) @ Wo + bo)


def build() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((10,)),
            keras.layers.Dense(50, activation="relu"),
            keras.layers.Dense(3, activation="relu"),
        ]
    )


def answers() -> dict[str, str]:
    return {"outputs_are_probabilities": "no", "why": "relu_not_normalised"}
