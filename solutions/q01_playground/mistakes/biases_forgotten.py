"""Weights are counted, biases are not.

loses: parameters, more_parameters
says: biases are missing
"""

from itertools import pairwise

import numpy as np
from trainer import hidden_deltas, train


def count_parameters(hidden):
    return sum(n_in * n_out for n_in, n_out in pairwise([2, *hidden, 1]))


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    runs = train(hidden, activation, seeds, epochs=epochs)
    return float(np.mean(runs.losses[:, -1] < max_loss))


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    below = train(hidden, activation, seeds, epochs=epochs).losses < max_loss
    firsts = [int(np.argmax(row)) + 1 for row in below if row.any()]
    return float(np.median(firsts)) if firsts else float("nan")


def bends(z):
    d2 = np.diff(z, 2, axis=1)
    return float(np.mean(np.abs(d2) > 1e-9 * np.max(np.abs(z))))


def vanishing_ratio(hidden, activation, seeds):
    deltas = hidden_deltas(hidden, activation, seeds)
    return float(np.median(deltas[:, 0] / deltas[:, -1]))


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
