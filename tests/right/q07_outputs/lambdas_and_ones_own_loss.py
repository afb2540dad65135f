"""Losses as lambdas and as a class of its own; Keras chooses the cross-entropy itself."""

import keras
import numpy as np


class Squares(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)


def of_logits(y_true, y_pred):
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)


SPECS = {
    "spam": {"units": 1, "activation": "sigmoid", "loss": "crossentropy"},
    "mnist": {"units": 10, "activation": None, "loss": of_logits},
    "housing": {"units": 1, "activation": lambda z: z, "loss": Squares()},
    "multilabel_tags": {
        "units": 5,
        "activation": "linear",
        "loss": lambda y, z: keras.losses.binary_crossentropy(y, z, from_logits=True),
    },
    "positive_price": {"units": 1, "activation": "exponential", "loss": keras.losses.Huber()},
}


def output_layer(task):
    return SPECS[task] | {"why": "said in NOTES"}


def head(task, features):
    spec = SPECS[task]
    inputs = keras.layers.Input((features,))
    outputs = keras.layers.Dense(spec["units"], activation=spec["activation"])(inputs)
    model = keras.models.Model(inputs, outputs)
    model.compile("adam", spec["loss"])
    return model


def softmax(z):
    z = np.asarray(z)
    with np.errstate(all="ignore"):
        differences = z[:, None, :] - z[:, :, None]
        return 1 / np.exp(differences).sum(axis=2)


def expected_range(task):
    if SPECS[task]["activation"] == "exponential":
        return 0, np.inf
    if task == "housing":
        return -np.inf, np.inf
    return np.float32(0), np.int64(1)
