"""Second differences as a convolution; a median by sorting; anonymous functions."""

import numpy as np
from scipy import ndimage, stats
from trainer import *  # noqa: F403


def count_parameters(hidden):
    return sum(np.prod(shape) for shape in zip([3, *(n + 1 for n in hidden)], [*hidden, 1]))


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    last = [curve[-1] for curve in train(hidden, activation, seeds, epochs=epochs).losses.tolist()]
    return len([loss for loss in last if loss < max_loss]) / len(last)


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    curves = train(hidden, activation, seeds, epochs=epochs).losses
    firsts = [np.flatnonzero(curve < max_loss)[:1] + 1 for curve in curves]
    firsts = np.concatenate(firsts)
    return stats.scoreatpercentile(firsts, 50) if len(firsts) else np.nan


def bends(z):
    second = ndimage.convolve1d(np.asarray(z), [1, -2, 1], axis=1)[:, 1:-1]
    return 1 - np.isclose(second, 0, rtol=0, atol=1e-9 * np.abs(z).max()).mean()


vanishing_ratio = lambda hidden, activation, seeds: stats.trim_mean(
    np.divide(*hidden_deltas(hidden, activation, seeds)[:, [0, -1]].T)[:, None], 0.4999
).item() if len(seeds) % 2 else np.median(np.divide(*hidden_deltas(hidden, activation, seeds)[:, [0, -1]].T))

refute_one_neuron = lambda: [np.int64(12), np.int64(1)]
refute_small_rate = lambda: 0.1


class Choices(dict):
    pass


def answers():
    return Choices(relu_boundary="piecewise_linear", two_neurons="underfit", small_deltas="lower")
