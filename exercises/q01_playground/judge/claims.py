"""What the judge accepts as a refutation before it trains it, and how it judges what came of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from experiments import median_of_firsts, runs, trained
from trainer import Runs

from grader.expect import is_number, type_remark

SEEDS = 40
ENOUGH, ENDED = 36, 0.1  # so many of the seeds must end below so large a loss
LAYERS, WIDEST = 4, 16
SLOW, FASTEST, FASTER = 0.03, 10, 1.3  # learning rates, and by what factor one must be faster


class Attempt(NamedTuple):
    """What came of training what a student returned."""

    runs: Runs
    solved: int
    epochs: float  # median over the seeds that get there, or nan


def widths_of(answer: Any) -> list[Any] | None:
    """Return hidden widths as a list, whatever kind of sequence they came in."""
    if isinstance(answer, np.ndarray) and answer.ndim == 1:
        return answer.tolist()
    return list(answer) if isinstance(answer, (list, tuple)) else None


def flaw_of_widths(answer: Any) -> str | None:
    """Say why hidden widths are not trained at all, or None where they are."""
    widths = widths_of(answer)
    if widths is None or not all(isinstance(w, int) and not isinstance(w, bool) for w in widths):
        return type_remark(answer, []) or "Return a list of whole numbers, such as `[4, 2]`."
    if not 1 <= len(widths) <= LAYERS:
        return f"It has {len(widths)} hidden layers; it may have 1 to {LAYERS}."
    if not all(1 <= width <= WIDEST for width in widths):
        return f"A hidden layer may have 1 to {WIDEST} neurons."
    return None if widths[-1] == 1 else "The last hidden layer must have one neuron: end in 1."


def flaw_of_rate(answer: Any) -> str | None:
    """Say why a learning rate is not tried at all, or None where it is."""
    if not is_number(answer):
        return type_remark(answer, 0.0) or "Return one number."
    if SLOW < answer <= FASTEST:  # false for nan
        return None
    return f"The claim is about rates above {SLOW}, and the Playground has none above {FASTEST}."


def with_widths(widths: list[int]) -> Attempt:
    return _attempt(trained(widths, "tanh", SEEDS))


def with_rate(rate: float) -> Attempt:
    return _attempt(trained((4, 2), "tanh", SEEDS, rate=rate))


def usual() -> Attempt:
    """Return what comes of the network [4, 2] with the usual rate."""
    return _attempt(runs((4, 2), "tanh"))


def _attempt(found: Runs) -> Attempt:
    solved = int((found.losses[:, -1] < ENDED).sum())
    return Attempt(found, solved, median_of_firsts(found.losses))
