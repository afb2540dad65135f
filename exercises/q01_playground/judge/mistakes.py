"""What students often measure in place of what was asked, and what to tell them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from experiments import (
    EPOCHS,
    SOLVED,
    bends,
    count_parameters,
    deltas,
    first_epochs,
    losses,
    runs,
    second_differences,
)
from trainer import train

Wrong = Callable[..., Any]


def _last(curves: np.ndarray, max_loss: float) -> np.ndarray:
    return curves[:, -1] < max_loss


def _never_as(curves: np.ndarray, max_loss: float, never: float) -> np.ndarray:
    below = curves < max_loss
    return np.where(below.any(axis=1), below.argmax(axis=1) + 1, never)


def _of_curves(judge: Callable[[np.ndarray, float], Any]) -> Wrong:
    """Make a wrong function of the training losses and their limit."""

    def wrong(
        hidden: Any, activation: str, seeds: Any, epochs: int = EPOCHS, max_loss: float = SOLVED
    ) -> float:
        return float(judge(losses(hidden, activation, seeds, epochs), max_loss))

    return wrong


def _by_accuracy(enough: float) -> Wrong:
    def wrong(
        hidden: Any, activation: str, seeds: Any, epochs: int = EPOCHS, _max_loss: float = SOLVED
    ) -> float:
        known = runs(hidden, activation)
        if epochs == known.losses.shape[1]:
            accuracies = known.test_accuracies[list(seeds)]
        else:
            accuracies = train(hidden, activation, seeds, epochs=epochs).test_accuracies
        return float((accuracies > enough).mean())

    return wrong


def _at_default(
    hidden: Any, activation: str, seeds: Any, epochs: int = EPOCHS, _max_loss: float = SOLVED
) -> float:
    return float(_last(losses(hidden, activation, seeds, epochs), SOLVED).mean())


def _all_epochs(
    hidden: Any, activation: str, seeds: Any, _epochs: int = EPOCHS, max_loss: float = SOLVED
) -> float:
    return float(_last(runs(hidden, activation).losses[list(seeds)], max_loss).mean())


OF_PARAMETERS: dict[str, Wrong] = {
    "The biases are missing: each neuron behind the inputs has one, 9 in [5, 3].": (
        lambda hidden: count_parameters(hidden) - sum(hidden) - 1
    ),
    "The input layer passes values through; it has no biases.": (
        lambda hidden: count_parameters(hidden) + 2
    ),
    "The output neuron's bias is missing.": lambda hidden: count_parameters(hidden) - 1,
    "The output neuron is missing: it has a weight for each neuron before it, and a bias.": (
        lambda hidden: count_parameters(hidden) - hidden[-1] - 1
    ),
    "The weights of the two inputs are missing.": lambda hidden: (
        count_parameters(hidden) - 2 * hidden[0]
    ),
    "These are the biases only; the weights are missing.": lambda hidden: sum(hidden) + 1,
    "These are neurons. Each has a weight for every input, and a bias.": sum,
    "Each layer has one bias for every neuron, not one for all of them.": lambda hidden: sum(
        inputs * neurons + 1 for inputs, neurons in pairwise([2, *hidden, 1])
    ),
}

OF_SOLVED: dict[str, Wrong] = {
    "Use the loss after the last epoch: a loss that was low once may have risen again.": (
        _of_curves(lambda curves, limit: (curves.min(axis=1) < limit).mean())
    ),
    "You trained only the first seed; 'sometimes stuck' needs all of them.": _of_curves(
        lambda curves, limit: _last(curves, limit)[0]
    ),
    "This is how many are solved; divide by the number of seeds.": _of_curves(
        lambda curves, limit: _last(curves, limit).sum()
    ),
    "This is the share that is stuck: one minus the share that is solved.": _of_curves(
        lambda curves, limit: 1 - _last(curves, limit).mean()
    ),
    "This is a percentage; a share lies between 0 and 1.": _of_curves(
        lambda curves, limit: 100 * _last(curves, limit).mean()
    ),
    "This is the share of all epochs below the limit; only the last epoch decides.": _of_curves(
        lambda curves, limit: (curves < limit).mean()
    ),
    "This asks once about the mean loss of all seeds; ask each seed, then take the share.": (
        _of_curves(lambda curves, limit: curves[:, -1].mean() < limit)
    ),
    "`max_loss` makes no difference: you compare with 0.05 always.": _at_default,
    "`epochs` makes no difference: pass it on to `train`.": _all_epochs,
} | {
    f"You count test accuracies above {enough:g}. Solved means that the training loss ends below "
    "`max_loss`.": _by_accuracy(enough)
    for enough in (0.95, 0.9, 0.98, 0.99)
}

OF_MEDIANS: dict[str, Wrong] = {
    "Your medians are all 1 too small: epochs count from 1.": _of_curves(
        lambda curves, limit: _median(first_epochs(curves, limit) - 1)
    ),
    "argmax of all-False is 0: leave out the seeds that never get there.": _of_curves(
        lambda curves, limit: _median(_never_as(curves, limit, 1))
    ),
    "argmax of all-False is 0: leave out the seeds that never get there. Epochs count from 1, "
    "too.": _of_curves(lambda curves, limit: _median(_never_as(curves, limit, 1) - 1)),
    "A seed that never gets there did not take all the epochs: leave it out.": _of_curves(
        lambda curves, limit: _median(_never_as(curves, limit, curves.shape[1]))
    ),
    "A seed that never gets there does not take infinitely long here: leave it out.": _of_curves(
        lambda curves, limit: _median(_never_as(curves, limit, np.inf))
    ),
    "One lucky seed moves a mean; the task asks for the median.": _of_curves(
        lambda curves, limit: _mean(first_epochs(curves, limit))
    ),
    "You measured only the first seed; the median is taken over all of them.": _of_curves(
        lambda curves, limit: _median(first_epochs(curves[:1], limit))
    ),
    "This is when the median loss gets there; take each seed's epoch first, then the median.": (
        _of_curves(lambda curves, limit: _median(first_epochs(_middle(curves), limit)))
    ),
}

ROUNDING = "Rounding bends every triple a little: compare the size with 1e-9 × max |z|, not with 0."
OF_BENDS: dict[str, Wrong] = {
    "1e-9 is meant relative to the values: multiply it by the largest |z|.": lambda z: _share(
        np.abs(second_differences(z)) > 1e-9
    ),
    "The largest |z| is that of the whole array, not of each segment.": lambda z: _share(
        np.abs(second_differences(z)) > 1e-9 * np.abs(z).max(axis=1, keepdims=True)
    ),
    "A bend can go down as well as up: compare the size of the second difference.": (
        lambda z: _share(second_differences(z) > 1e-9 * np.abs(z).max())
    ),
    "The bound needs the largest |z|; the largest z may be negative or too small.": (
        lambda z: _share(np.abs(second_differences(z)) > 1e-9 * z.max())
    ),
    "These are first differences: they tell what rises, not what bends.": lambda z: _share(
        np.abs(np.diff(z)) > 1e-9 * np.abs(z).max()
    ),
    "This looks across the segments; look along each of them (axis 1).": lambda z: _share(
        np.abs(second_differences(z.T)) > 1e-9 * np.abs(z).max()
    ),
    "This is the share that is straight: one minus the share that bends.": lambda z: 1 - bends(z),
    "This is a number of points; divide by how many interior points there are.": lambda z: (
        bends(z) * second_differences(z).size
    ),
    "A segment of n points has n − 2 interior ones: divide by those.": lambda z: (
        bends(z) * second_differences(z).size / z.size
    ),
}


def _share(bent: np.ndarray) -> float:
    return float(bent.mean()) if bent.size else float("nan")


def _of_deltas(judge: Callable[[np.ndarray], Any]) -> Wrong:
    """Make a wrong function of the sizes of the errors, (seeds, hidden layers)."""
    return lambda hidden, activation, seeds: float(
        judge(deltas(tuple(hidden), activation, tuple(seeds)))
    )


OF_RATIO: dict[str, Wrong] = {
    "The ratio is upside down: put the first hidden layer on top.": _of_deltas(
        lambda sizes: np.median(sizes[:, -1] / sizes[:, 0])
    ),
    "One lucky seed moves a mean; the task asks for the median.": _of_deltas(
        lambda sizes: (sizes[:, 0] / sizes[:, -1]).mean()
    ),
    "Divide seed by seed and take the median last: this is a quotient of two medians.": _of_deltas(
        lambda sizes: np.median(sizes[:, 0]) / np.median(sizes[:, -1])
    ),
    "Divide seed by seed and take the median last: this is a quotient of two means.": _of_deltas(
        lambda sizes: sizes[:, 0].mean() / sizes[:, -1].mean()
    ),
    "This is the size in the first hidden layer; divide it by that in the last one.": _of_deltas(
        lambda sizes: np.median(sizes[:, 0])
    ),
    "This compares the first hidden layer with the second; take the last one.": _of_deltas(
        lambda sizes: np.median(sizes[:, 0] / sizes[:, 1])
    ),
    "This is the ratio for the first seed only; take the median over all of them.": _of_deltas(
        lambda sizes: sizes[0, 0] / sizes[0, -1]
    ),
}

RAISING = {"StatisticsError": "With no seed left there is no median: return nan then."}


def _median(values: np.ndarray) -> float:
    return np.median(values) if values.size else np.nan


def _mean(values: np.ndarray) -> float:
    return values.mean() if values.size else np.nan


def _middle(curves: np.ndarray) -> np.ndarray:
    return np.median(curves, axis=0, keepdims=True)
