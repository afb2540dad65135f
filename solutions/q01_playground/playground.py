"""The Playground's claims, counted over many seeds at once."""

from itertools import pairwise

import numpy as np
from trainer import hidden_deltas, train

NOTES = """Two neurons never solve the circle: 0 of 20, and even the training loss stays near 0.2.
That is too small a network, not bad luck, because two half-planes cannot enclose a disc. Three
neurons can, but 17 of 200 starts are stuck after 200 epochs, so one run proves nothing. Eight got
there from every start. ReLU needs about half the epochs of tanh, and its boundary is made of
straight pieces. In four sigmoid layers the first receives half a percent of the last one's error.
"""


def count_parameters(hidden):
    return sum((inputs + 1) * neurons for inputs, neurons in pairwise([2, *hidden, 1]))


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    losses = train(hidden, activation, seeds, epochs=epochs).losses
    return (losses[:, -1] < max_loss).mean()


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    below = train(hidden, activation, seeds, epochs=epochs).losses < max_loss
    below = below[below.any(axis=1)]
    return np.median(below.argmax(axis=1) + 1) if len(below) else np.nan


def bends(z):
    second = z[:, :-2] - 2 * z[:, 1:-1] + z[:, 2:]
    return (np.abs(second) > 1e-9 * np.abs(z).max()).mean()


def vanishing_ratio(hidden, activation, seeds):
    deltas = hidden_deltas(hidden, activation, seeds)
    return np.median(deltas[:, 0] / deltas[:, -1])


def refute_one_neuron():
    return [8, 1]


def refute_small_rate():
    return 0.1


def answers():
    return {
        "relu_boundary": "piecewise_linear",
        "two_neurons": "underfit",
        "small_deltas": "lower",
    }
