"""Tables of losses in pandas."""

import pandas as pd
from trainer import hidden_deltas, train


def losses_of(hidden, activation, seeds, epochs):
    losses = train(hidden, activation, seeds, epochs=epochs).losses
    return pd.DataFrame(losses, index=pd.Index(seeds, name="seed"), columns=range(1, epochs + 1))


def count_parameters(hidden):
    table = pd.DataFrame({"inputs": [2, *hidden], "neurons": [*hidden, 1]})
    return table.eval("inputs * neurons + neurons").sum()


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    return losses_of(hidden, activation, seeds, epochs).iloc[:, -1].lt(max_loss).mean()


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    below = losses_of(hidden, activation, seeds, epochs).lt(max_loss)
    return below[below.any(axis="columns")].idxmax(axis="columns").median()


def bends(z):
    second = pd.DataFrame(z).T.diff().diff().iloc[2:]
    return second.abs().gt(1e-9 * abs(z).max()).to_numpy().mean()


def vanishing_ratio(hidden, activation, seeds):
    deltas = pd.DataFrame(hidden_deltas(hidden, activation, seeds))
    return (deltas.iloc[:, 0] / deltas.iloc[:, -1]).median()


def refute_one_neuron():
    return [10, 1]


def refute_small_rate():
    return 0.06


def answers():
    return {
        "relu_boundary": "piecewise_linear",
        "two_neurons": "underfit",
        "small_deltas": "lower",
    }
