"""A class of its own that learns its input from the first call; shapes from arrays; einsum."""

import numpy as np
import tensorflow as tf


def arrays(m):
    X, Wh, bh, Wo, bo = map(np.zeros, ((m, 10), (10, 50), 50, (50, 3), 3))
    return dict(X=X, Wh=Wh, bh=bh, Wo=Wo, bo=bo, Y=forward(X, Wh, bh, Wo, bo))


def shapes(m):
    return {name: array.shape for name, array in arrays(m).items()}


def n_parameters():
    return np.sum([np.prod(shape) for name, shape in shapes(1).items() if name[0] in "Wb"])


def forward(X, Wh, bh, Wo, bo):
    H = np.einsum("mk,kj->mj", X, Wh) + bh
    H = np.where(H > 0, H, 0)
    Y = np.einsum("mk,kj->mj", H, Wo) + bo[None, :]
    return np.where(Y > 0, Y, 0)


class Network(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.top = tf.keras.layers.Dense(3, "relu")  # made first, called last
        self.hidden = tf.keras.layers.Dense(50, "relu")

    def call(self, X):
        return self.top(self.hidden(X))


def build():
    return Network()


def answers():
    return {"outputs_are_probabilities": "No", "why": "relu_not_normalised"}
