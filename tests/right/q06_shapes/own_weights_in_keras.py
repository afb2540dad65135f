"""A Keras model without layers: its own weights, one row of biases, and matmul in call."""

import keras
import numpy as np
from keras import ops


def shapes(m):
    return {"X": (m, 10), "Wh": (10, 50), "bh": (1, 50), "Wo": (50, 3), "bo": (1, 3), "Y": (m, 3)}


def n_parameters():
    return build().count_params()


def forward(X, Wh, bh, Wo, bo):
    H = (X.dot(Wh) + bh).clip(min=0)
    return (H.dot(Wo) + bo).clip(min=0)


class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.Wh = self.add_weight(shape=(10, 50), initializer="glorot_uniform", name="Wh")
        self.bh = self.add_weight(shape=(1, 50), initializer="zeros", name="bh")
        self.Wo = self.add_weight(shape=(50, 3), initializer="glorot_uniform", name="Wo")
        self.bo = self.add_weight(shape=(1, 3), initializer="zeros", name="bo")

    def call(self, X):
        H = ops.maximum(ops.matmul(X, self.Wh) + self.bh, 0.0)
        return ops.maximum(ops.matmul(H, self.Wo) + self.bo, 0.0)


def build():
    network = Network()
    network.build((None, 10))
    return network


def answers():
    return {"outputs_are_probabilities": "no", "why": "relu_not_normalised"}
