"""Activations as layers of their own; objects for losses; kernels that start at zero."""

import keras
import numpy as np
from keras.layers import Dense, InputLayer, ReLU, Softmax
from keras.losses import BinaryFocalCrossentropy, MeanAbsoluteError, MeanSquaredError


def output_layer(task):
    return {
        "spam": dict(units=1, activation="sigmoid", loss=BinaryFocalCrossentropy()),
        "mnist": dict(
            units=10,
            activation=Softmax(),
            loss=keras.losses.SparseCategoricalCrossentropy(),
        ),
        "housing": dict(units=1, activation=None, loss=MeanAbsoluteError()),
        "multilabel_tags": dict(
            units=5,
            activation=keras.layers.Activation("sigmoid"),
            loss=keras.losses.BinaryCrossentropy(label_smoothing=0.05),
        ),
        "positive_price": dict(units=1, activation=ReLU(), loss=MeanSquaredError()),
    }[task]


def head(task, features):
    layer = output_layer(task)
    model = keras.Sequential()
    model.add(InputLayer(shape=(features,)))
    model.add(Dense(layer["units"], layer["activation"], kernel_initializer="zeros"))
    model.compile(loss=layer["loss"], optimizer=keras.optimizers.Adam(1e-3))
    return model


def softmax(z):
    e = np.exp((z.T - z.max(axis=1)).T)
    return e / e.sum(axis=1)[:, None]


def expected_range(task):
    inf = float("inf")
    low = {"housing": -inf}.get(task, 0.0)
    high = {"housing": inf, "positive_price": inf}.get(task, 1.0)
    return low, high
