"""A softmax in place of the output layer's ReLU.

loses: outputs, keras_model, no_probabilities, larger_outputs
says: Rows sum to 1: that is a softmax; the question says ReLU.
"""

import keras
import numpy as np


def shapes(m):
    return {"X": (m, 10), "Wh": (10, 50), "bh": (50,), "Wo": (50, 3), "bo": (3,), "Y": (m, 3)}


def n_parameters():
    return 10 * 50 + 50 + 50 * 3 + 3


def forward(X, Wh, bh, Wo, bo):
    H = np.maximum(0, X @ Wh + bh)
    Z = H @ Wo + bo
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def build():
    return keras.Sequential(
        [
            keras.Input((10,)),
            keras.layers.Dense(50, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )


def answers():
    return {"outputs_are_probabilities": "yes", "why": "softmax"}
