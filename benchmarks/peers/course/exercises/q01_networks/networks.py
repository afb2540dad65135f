"""Activations and their slopes, XOR, and the shapes of a Keras model."""


def sigmoid(z):
    """Return 1 / (1 + e^-z) of each element."""
    raise NotImplementedError  # TODO 1


def tanh(z):
    """Return the hyperbolic tangent of each element."""
    raise NotImplementedError  # TODO 1


def relu(z):
    """Return the larger of zero and each element."""
    raise NotImplementedError  # TODO 1


def sigmoid_slope(z):
    """Return the derivative of the sigmoid at each element."""
    raise NotImplementedError  # TODO 2


def tanh_slope(z):
    """Return the derivative of tanh at each element."""
    raise NotImplementedError  # TODO 2


def xor_network():
    """Return {"neurons": {name: {"excite": [...], "inhibit": [...]}}, "output": name}."""
    raise NotImplementedError  # TODO 3


def build():
    """Return a Keras model: 10 inputs, 50 hidden neurons, 3 outputs, all ReLU."""
    raise NotImplementedError  # TODO 4


def n_parameters():
    """Return the number of weights and biases of the model."""
    raise NotImplementedError  # TODO 5
