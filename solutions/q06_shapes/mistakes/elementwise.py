"""The product element by element in place of the matrix product.

loses: outputs, no_probabilities, larger_outputs
says: Use @
"""

import keras
import numpy as np


def shapes(m):
    return {"X": (m, 10), "Wh": (10, 50), "bh": (50,), "Wo": (50, 3), "bo": (3,), "Y": (m, 3)}


def n_parameters():
    return 10 * 50 + 50 + 50 * 3 + 3


def forward(X, Wh, bh, Wo, bo):
    H = np.maximum(0, X * Wh + bh)
    return np.maximum(0, H * Wo + bo)


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
