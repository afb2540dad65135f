"""Biases as columns.

loses: six_shapes, outputs, no_probabilities, larger_outputs
says: (50, 1) fails on 7 rows and silently gives (50, 50) on one.
"""

import keras
import numpy as np


def shapes(m):
    return {"X": (m, 10), "Wh": (10, 50), "bh": (50, 1), "Wo": (50, 3), "bo": (3, 1), "Y": (m, 3)}


def n_parameters():
    return 10 * 50 + 50 + 50 * 3 + 3


def forward(X, Wh, bh, Wo, bo):
    H = np.maximum(0, X @ Wh + bh.reshape(-1, 1))
    return np.maximum(0, H @ Wo + bo.reshape(-1, 1))


def build():
    return keras.Sequential(
        [
            keras.Input((10,)),
            keras.layers.Dense(50, activation="relu"),
            keras.layers.Dense(3, activation="relu"),
        ]
    )


def answers():
    return {"outputs_are_probabilities": "no", "why": "relu_not_normalised"}
