"""Question 1: what small networks on two inputs teach, measured over many random starts.

`trainer.py` lies beside this file: import from it, do not change it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from trainer import hidden_deltas, train  # noqa: F401  what you will need

# Your answer in words: what do 2, 3 and 8 neurons teach about networks that are too small, about
# luck, and about networks that are large enough?  Which of your numbers says so?
NOTES = ""


def count_parameters(hidden: list[int]) -> int:
    """Return how many weights and biases a network with these hidden widths has.

    Two inputs, one output neuron: [4, 2] gives 25.
    """
    raise NotImplementedError  # TODO 1


def solved_fraction(
    hidden: list[int],
    activation: str,
    seeds: Sequence[int],
    epochs: int = 200,
    max_loss: float = 0.05,
) -> float:
    """Train on "circle" from every seed; return the share that is solved, from 0 to 1.

    A network is solved if its training loss after the last epoch is below ``max_loss``.
    """
    raise NotImplementedError  # TODO 2


def median_epochs(
    hidden: list[int],
    activation: str,
    seeds: Sequence[int],
    epochs: int = 200,
    max_loss: float = 0.05,
) -> float:
    """Train on "circle" from every seed; return how many epochs it typically takes.

    That is the first epoch, counted from 1, after which the loss is below ``max_loss``: its median
    over the seeds that get there, and nan if none does.
    """
    raise NotImplementedError  # TODO 3


def bends(z: np.ndarray) -> float:
    """Return the share of points at which curves bend, from 0 to 1.

    Each row of ``z``, of shape (segments, points), holds values at equal steps along a segment.  An
    interior point bends if the second difference there, z[i-1] - 2 z[i] + z[i+1], is larger in size
    than 1e-9 times the largest size in the whole array.
    """
    raise NotImplementedError  # TODO 4


def vanishing_ratio(hidden: list[int], activation: str, seeds: Sequence[int]) -> float:
    """Return how much of the back-propagated error reaches the first hidden layer of "spiral".

    That is delta(first hidden layer) / delta(last hidden layer) before training: the median over
    the seeds.
    """
    raise NotImplementedError  # TODO 5


def refute_one_neuron() -> list[int]:
    """Return hidden widths that end in 1 and still solve "circle" with tanh.

    At most 4 hidden layers with at most 16 neurons each.
    """
    raise NotImplementedError  # TODO 6


def refute_small_rate() -> float:
    """Return a learning rate above 0.03, at most 10, with which [4, 2] and tanh are faster."""
    raise NotImplementedError  # TODO 7


def answers() -> dict[str, str]:
    """Return one choice for each key.

    "relu_boundary": the boundary of a ReLU network is "straight", "piecewise_linear" or "curved".
    "two_neurons": two neurons fail on "circle" because they "underfit", "overfit" or are "unlucky".
    "small_deltas": the error of a deep sigmoid network is smallest in the "lower" layers, in the
    "upper" ones, or in "none" of them.
    """
    raise NotImplementedError  # TODO 8
