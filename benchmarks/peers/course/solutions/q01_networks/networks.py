# %% imports
import keras
import numpy as np


# %% sigmoid
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


# %% tanh
def tanh(z):
    return np.tanh(z)


# %% relu
def relu(z):
    return np.maximum(0, z)


# %% slopes
def sigmoid_slope(z):
    return sigmoid(z) * sigmoid(-z)


def tanh_slope(z):
    return 1 - np.tanh(z) ** 2


# %% xor
def xor_network():
    return {
        "neurons": {
            "C": {"excite": ["A", "A"], "inhibit": ["B"]},
            "D": {"excite": ["B", "B"], "inhibit": ["A"]},
            "E": {"excite": ["C", "C", "D", "D"]},
        },
        "output": "E",
    }


# %% keras
def build():
    return keras.Sequential(
        [
            keras.Input((10,)),
            keras.layers.Dense(50, activation="relu"),
            keras.layers.Dense(3, activation="relu"),
        ]
    )


# %% parameters
def n_parameters():
    return 10 * 50 + 50 + 50 * 3 + 3
