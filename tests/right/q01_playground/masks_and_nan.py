"""Epochs that are never reached are nan, and nanmedian leaves them out; answers in NumPy types."""

import warnings

import numpy as np
import trainer


def count_parameters(hidden):
    widths = np.array([2, *hidden, 1])
    return np.sum(widths[:-1] * widths[1:] + widths[1:])


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    runs = trainer.train(hidden, activation, np.array(seeds), epochs=epochs)
    return np.float32(np.count_nonzero(runs.losses[:, -1] < max_loss) / len(seeds))


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    losses = trainer.train(hidden, activation, seeds, "circle", epochs).losses
    numbers = np.arange(1, epochs + 1)
    first = np.where(losses < max_loss, numbers, np.inf).min(axis=1)
    first[np.isinf(first)] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.nanmedian(first)


def bends(z):
    bent = np.abs(np.diff(z, 2)) > np.abs(z).max() * 1e-9
    return bent.sum() / bent.size


def vanishing_ratio(hidden, activation, seeds):
    first, *_, last = trainer.hidden_deltas(hidden, activation, seeds).T
    return np.quantile(first / last, 0.5)


def refute_one_neuron():
    return np.array([8, 8, 1])


def refute_small_rate():
    return np.float64(0.2)


def answers():
    return {
        "relu_boundary": np.str_("piecewise_linear"),
        "two_neurons": "Underfit",
        "small_deltas": "lower ",
        "sure": True,
    }
