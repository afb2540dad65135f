"""No activation where the loss takes logits; ranges of the logits; softmax by logarithms."""

import keras
import numpy as np
from scipy.special import logsumexp

CLASSES = {
    "spam": (1, keras.losses.BinaryCrossentropy(from_logits=True)),
    "mnist": (10, keras.losses.SparseCategoricalCrossentropy(from_logits=True)),
    "multilabel_tags": (5, keras.losses.BinaryCrossentropy(from_logits=True)),
}


def output_layer(task):
    if task in CLASSES:
        units, loss = CLASSES[task]
        return {"units": units, "activation": None, "loss": loss}
    activation = "relu" if task == "positive_price" else "linear"
    return {"units": 1, "activation": activation, "loss": keras.losses.Huber(delta=2.0)}


def head(task, features):
    layer = output_layer(task)
    inputs = keras.Input(shape=(features,), name="features")
    outputs = keras.layers.Dense(layer["units"], layer["activation"])(inputs)
    model = keras.Model(inputs=inputs, outputs=outputs)
    model.compile("sgd", loss=layer["loss"])
    return model


def softmax(z):
    return np.exp(z - logsumexp(z, axis=-1, keepdims=True))


def expected_range(task):
    return (0.0, np.inf) if task == "positive_price" else (-np.inf, np.inf)
