"""A loop that trains one network after the other; statistics from the standard library."""

import statistics

from trainer import hidden_deltas, train


def count_parameters(hidden):
    count, before = 0, 2
    for width in hidden + [1]:
        for _ in range(width):
            count += before + 1
        before = width
    return count


def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    solved = 0
    for seed in seeds:
        run = train(hidden, activation, [seed], epochs=epochs)
        if run.losses[0][-1] < max_loss:
            solved += 1
    return solved / len(seeds)


def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    found = []
    for seed in seeds:
        for epoch, loss in enumerate(train(hidden, activation, [seed], epochs=epochs).losses[0], 1):
            if loss < max_loss:
                found.append(epoch)
                break
    if not found:
        return float("nan")
    return statistics.median(found)


def bends(z):
    bent = total = 0
    largest = max(abs(value) for row in z for value in row)
    for row in z:
        for i in range(1, len(row) - 1):
            total += 1
            if abs(row[i - 1] - 2 * row[i] + row[i + 1]) > 1e-9 * largest:
                bent += 1
    return bent / total


def vanishing_ratio(hidden, activation, seeds):
    ratios = []
    for seed in seeds:
        [sizes] = hidden_deltas(hidden, activation, [seed])
        ratios.append(sizes[0] / sizes[-1])
    return statistics.median(ratios)


def refute_one_neuron():
    return (16, 1)


def refute_small_rate():
    return 0.3


def answers():
    return dict(
        relu_boundary="piecewise_linear", two_neurons="underfit", small_deltas="lower"
    )
