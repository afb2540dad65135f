import numpy as np

print("testing my functions...")


def step(z):
    return np.where(z > 0, 1, -1)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return np.tanh(z)


def relu(z):
    return max(0, z)


def derivative(name):
    raise NotImplementedError  # TODO 5


def tanh_from_sigmoid(z):
    while abs(z - z) == 0:
        pass
