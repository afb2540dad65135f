"""Question 8: backpropagation, and the two directions of automatic differentiation.

Part 1 trains a network with one hidden layer.  X holds one instance a row, m of them:

    Z1 = X @ W1 + b1        A1 = tanh(Z1)        Y = softmax(A1 @ W2 + b2)

``params`` is the list [W1, b1, W2, b2].  The comments give the shapes for 3 inputs, 5 hidden
neurons and 4 classes; your functions must take other sizes too.  All arrays are float64.

Part 2 differentiates any formula that is written down as a tape: a list of operations, each of
which appends one value after the inputs.  ("add", i, j), ("mul", i, j), ("sin", i), ("exp", i)
and ("tanh", i) compute with the values at the places i and j, which count from 0 and always lie
before the new one.  At x = [2.0, 3.0] the tape

    [("mul", 0, 1), ("add", 2, 0)]

makes the values 2, 3, then 2 * 3 = 6, then 6 + 2 = 8.  The last value is the result; its gradient
is [4.0, 2.0].
"""

from __future__ import annotations

import numpy as np

# In your own words (a person reads this): what does the backward pass need of the forward pass,
# and why must the weights start at random values when the biases may start at zero?
NOTES = ""


def forward(params: list[np.ndarray], X: np.ndarray) -> dict[str, np.ndarray]:
    """Run the network on a batch and keep what the backward pass will need.

    ``params``: W1 (3, 5), b1 (5,), W2 (5, 4), b2 (4,).  ``X``: (m, 3).
    Returns a dict: "Z1" (m, 5) before tanh, "A1" (m, 5) after it, "Y" (m, 4) the probabilities.
    """
    raise NotImplementedError  # TODO 1


def backward(params: list[np.ndarray], X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Return the gradient of the mean cross-entropy over the batch: [dW1, db1, dW2, db2].

    ``X``: (m, 3).  ``y``: (m,) integers, the class of each row, from 0.
    Each gradient has the shape of its parameter.
    """
    raise NotImplementedError  # TODO 2


def gd_step(params: list[np.ndarray], grads: list[np.ndarray], lr: float) -> list[np.ndarray]:
    """Return the parameters after one step of gradient descent with learning rate ``lr``.

    The list and its arrays are new; ``params`` and ``grads`` stay as they were.
    """
    raise NotImplementedError  # TODO 3


def forward_mode(tape: list[tuple], x: list[float], direction: list[float]) -> float:
    """Return the derivative of the last value along ``direction``, in one pass forwards.

    ``x`` and ``direction`` have one number for each input: how fast each of them changes.
    """
    raise NotImplementedError  # TODO 4


def reverse_mode(tape: list[tuple], x: list[float]) -> list[float]:
    """Return the gradient of the last value, one number for each input, in one pass back."""
    raise NotImplementedError  # TODO 5


def passes(mode: str, inputs: int, outputs: int) -> int:
    """Return how many passes it takes to get the derivative of every output by every input.

    ``mode`` is "forward" or "reverse"; the one run that only computes values is not counted.
    """
    raise NotImplementedError  # TODO 6


def answers() -> dict:
    """Return your choices, with the words that are given here.

    "backprop_includes": a set or list of all that belong to it: "gradients", "gd_step", "repeat".
    "autodiff_is": reverse-mode automatic differentiation is "gradients_only" or "training".
    """
    raise NotImplementedError  # TODO 7
