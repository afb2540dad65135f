"""Output layers and losses for five tasks, and a softmax that cannot overflow."""

from __future__ import annotations

import math

import keras
import numpy as np

NOTES = """Ten sigmoids are ten separate probabilities: the same image may be a 3 with 90 % and an 8
with 80 %, and nothing makes them share. Five tags under a softmax have to share, so a photo with
two tags cannot be sure of either, and one without any gets one nevertheless."""

LAYERS = {
    "spam": (1, "sigmoid", "binary_crossentropy"),
    "mnist": (10, "softmax", "sparse_categorical_crossentropy"),
    "housing": (1, None, "mse"),
    "multilabel_tags": (5, "sigmoid", "binary_crossentropy"),
    "positive_price": (1, "softplus", "mse"),
}
RANGES = {
    None: (-math.inf, math.inf),
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "softplus": (0.0, math.inf),
}


def output_layer(task: str) -> dict:
    units, activation, loss = LAYERS[task]
    return {"units": units, "activation": activation, "loss": loss}


def head(task: str, features: int) -> keras.Model:
    layer = output_layer(task)
    model = keras.Sequential(
        [
            keras.Input((features,)),
            keras.layers.Dense(layer["units"], activation=layer["activation"]),
        ]
    )
    model.compile(optimizer="adam", loss=layer["loss"])
    return model


def softmax(z: np.ndarray) -> np.ndarray:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def expected_range(task: str) -> tuple[float, float]:
    return RANGES[output_layer(task)["activation"]]
