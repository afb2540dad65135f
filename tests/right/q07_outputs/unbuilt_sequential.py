"""A Sequential model without an input layer; two logits for spam; TensorFlow's own names."""

import math

import numpy as np
import tensorflow as tf
from tensorflow import keras


def output_layer(task):
    table = [
        ("spam", 2, None, tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)),
        ("mnist", 10, tf.nn.softmax, tf.keras.losses.SparseCategoricalCrossentropy()),
        ("housing", 1, None, "mae"),
        ("multilabel_tags", 5, "sigmoid", "binary_focal_crossentropy"),
        ("positive_price", 1, tf.nn.relu, "huber"),
    ]
    for name, units, activation, loss in table:
        if name == task:
            return {"units": units, "activation": activation, "loss": loss}
    raise ValueError(task)


def head(task, features):
    layer = output_layer(task)
    model = keras.Sequential([keras.layers.Dense(layer["units"], layer["activation"])])
    model.build((None, features))
    model.compile(loss=layer["loss"])
    return model


def softmax(z):
    shifted = z - np.amax(z, axis=-1)[..., np.newaxis]
    return np.exp(shifted) / np.einsum("ij->i", np.exp(shifted))[..., np.newaxis]


def expected_range(task):
    units = output_layer(task)["units"]
    if task == "housing":
        return (-math.inf, math.inf)
    return (0.0, math.inf) if units == 1 else (0.0, 1.0)
