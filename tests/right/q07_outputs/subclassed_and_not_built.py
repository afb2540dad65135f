"""Heads are a class that learns its features from the first call; losses by their class names."""

import math

import numpy as np
import tensorflow as tf


def output_layer(task):
    match task:
        case "spam":
            return {"units": np.int64(1), "activation": "sigmoid", "loss": "BinaryCrossentropy"}
        case "mnist":
            loss = "SparseCategoricalCrossentropy"
            return {"units": 10, "activation": "softmax", "loss": loss}
        case "housing":
            return {"units": 1, "activation": "linear", "loss": "MeanSquaredError"}
        case "multilabel_tags":
            return {"units": 5, "activation": tf.nn.sigmoid, "loss": "bce"}
        case "positive_price":
            return {"units": 1, "activation": tf.math.softplus, "loss": "MSLE"}


class Head(tf.keras.Model):
    def __init__(self, units, activation):
        super().__init__()
        self.top = tf.keras.layers.Dense(int(units), activation=activation)

    def call(self, features):
        return self.top(features)


def head(task, features):
    layer = output_layer(task)
    model = Head(layer["units"], layer["activation"])
    model.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss=layer["loss"])
    return model


def softmax(z):
    return tf.nn.softmax(tf.constant(z), axis=1)


def expected_range(task):
    return {"housing": (-math.inf, math.inf), "positive_price": (0, math.inf)}.get(task, (0, 1))
