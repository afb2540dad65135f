"""Keras's own operations in single precision; the bias of a layer as a bare number in its shape."""

import keras
import numpy as np


def shapes(m: int) -> dict[str, tuple[int, ...]]:
    return {
        "X": (m, 10),
        "Wh": (10, 50),
        "bh": (50),
        "Wo": (50, 3),
        "bo": (3),
        "Y": (m, 3),
        "H": (m, 50),
    }


def n_parameters():
    return np.int32(703)


def forward(X, Wh, bh, Wo, bo):
    X, Wh, bh, Wo, bo = (a.astype("float32") for a in (X, Wh, bh, Wo, bo))
    H = keras.ops.relu(X @ Wh + bh)
    return keras.ops.convert_to_numpy(keras.ops.relu(keras.ops.matmul(H, Wo) + bo))


def build():
    return keras.Sequential(
        [keras.layers.Dense(50, "relu"), keras.layers.Dense(3, keras.activations.relu)]
    )


def answers():
    return {"outputs_are_probabilities": "no", "why": "relu_not_normalised"}
