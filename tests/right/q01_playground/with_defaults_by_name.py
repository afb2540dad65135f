"""Keyword arguments everywhere, plain floats, and a helper that all measurements share."""

import math
from functools import reduce

import numpy as np
from trainer import Runs, hidden_deltas, train


def curves(hidden: list[int], activation: str, seeds: list[int], epochs: int) -> np.ndarray:
    runs: Runs = train(
        hidden=list(hidden), activation=activation, seeds=iter(seeds), data="circle", epochs=epochs
    )
    return runs.losses


def count_parameters(hidden):
    total, _ = reduce(lambda sofar, width: (sofar[0] + (sofar[1] + 1) * width, width), [*hidden, 1], (0, 2))
    return float(total)


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    final = curves(hidden, activation, seeds, epochs)[..., -1]
    return 1 - float(np.mean(final >= max_loss))


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    times = []
    for curve in curves(hidden, activation, seeds, epochs):
        epoch = next((i + 1 for i, loss in enumerate(curve) if loss < max_loss), None)
        if epoch is not None:
            times.append(epoch)
    times.sort()
    middle = len(times) // 2
    if not times:
        return math.nan
    return float(times[middle]) if len(times) % 2 else sum(times[middle - 1 : middle + 1]) / 2


def bends(z):
    scaled = z / np.abs(z).max()
    left, centre, right = scaled[:, :-2], scaled[:, 1:-1], scaled[:, 2:]
    return np.average(abs((right - centre) - (centre - left)) > 1e-9)


def vanishing_ratio(hidden, activation, seeds):
    sizes = hidden_deltas(hidden, activation, seeds=seeds, data="spiral")
    return np.median(sizes[:, 0] / sizes[:, len(hidden) - 1]).item()


def refute_one_neuron():
    return [16, 16, 16, 1]


def refute_small_rate():
    return 0.3


def answers():
    result = {}
    result["small_deltas"] = "lower"
    result["two_neurons"] = "underfit"
    result["relu_boundary"] = "piecewise_linear"
    return result
