"""Question 6: the shapes in a network of 10 inputs, 50 hidden neurons and 3 output neurons.

Every neuron, also of the output layer, uses the ReLU activation function.  A batch has m rows, one
for each instance:

    X    the inputs
    Wh   the weights of the hidden layer        bh   its biases
    Wo   the weights of the output layer        bo   its biases
    Y    the outputs

The layers are computed as ``X @ W + b``, with one column of W for each neuron of the layer.
"""

from __future__ import annotations

import keras
import numpy as np

# In your own words (a person reads this): why does the number of parameters not depend on the batch
# size, and why is one bias vector enough for all rows?
NOTES = ""


def shapes(m: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the six arrays for a batch of m rows.

    The keys are "X", "Wh", "bh", "Wo", "bo" and "Y".  A shape is a tuple of whole numbers, as
    ``array.shape`` gives it.
    """
    raise NotImplementedError  # TODO 1


def n_parameters() -> int:
    """Return how many numbers training can change in this network."""
    raise NotImplementedError  # TODO 2


def forward(
    X: np.ndarray, Wh: np.ndarray, bh: np.ndarray, Wo: np.ndarray, bo: np.ndarray
) -> np.ndarray:
    """Return the outputs Y of the network, one row for each row of X.

    The shapes are those of :func:`shapes`; the function must also work for layers of other sizes.
    """
    raise NotImplementedError  # TODO 3


def build() -> keras.Model:
    """Return the same network as a Keras model: (None, 10) in, (None, 3) out.

    Sequential, functional or a class of your own.  It need be neither compiled nor trained.
    """
    raise NotImplementedError  # TODO 4


def answers() -> dict[str, str]:
    """Return two choices about the three outputs of one row.

    "outputs_are_probabilities": "yes" or "no"
    "why": "relu_not_normalised", "softmax" or "rows_sum_to_one"
    """
    raise NotImplementedError  # TODO 5
