"""Which mistake is it?  Known relations between what was expected and what came, as data.

A relation is named only where it holds for every compared value, and only where it could not
hold by chance: one number is always *some* multiple of another.  What an exercise knows about
its own mistakes it says itself, with ``known=``; these are the ones that any exercise meets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Pair = tuple[Array, Array]  # what was expected, what came

MATCH = 1e-9  # how closely a relation must hold, relative to the values
ENOUGH = 3  # so many different values rule chance out
LARGEST_FACTOR = 10_000


@dataclass(frozen=True, slots=True)
class Relation:
    """A mistake that can be recognised from the values alone."""

    name: str
    explain: Callable[[Sequence[Pair], float], str | None]


def recognise(pairs: Sequence[Pair], tolerance: float = 0.0) -> str | None:
    """Return a sentence about the relation that holds for all pairs, or None.

    ``pairs`` holds (expected, got) as numeric arrays; ``tolerance`` widens the match for
    answers in single precision.
    """
    if not pairs or any(got.dtype.kind == "c" for _, got in pairs):  # no multiple, no shift
        return None
    within = max(MATCH, tolerance)
    with np.errstate(all="ignore"):
        for relation in RELATIONS:
            sentence = relation.explain(pairs, within)
            if sentence:
                return sentence
    return None


def _nan(pairs: Sequence[Pair], _: float) -> str | None:
    if all(np.isnan(got).all() and got.size and not np.isnan(truth).any() for truth, got in pairs):
        return "Every value is nan (not a number)."
    if any(_any(np.isnan, got) and not _any(np.isnan, truth) for truth, got in pairs):
        return "It gives nan (not a number) where there is a finite answer."
    return None


def _infinite(pairs: Sequence[Pair], _: float) -> str | None:
    if any(_any(np.isinf, got) and not _any(np.isinf, truth) for truth, got in pairs):
        return "It overflows to inf where there is a finite answer."
    return None


def _transposed(pairs: Sequence[Pair], within: float) -> str | None:
    square = all(truth.ndim == 2 for truth, _ in pairs)  # noqa: PLR2004
    if square and all(_alike(truth.T, got, within) for truth, got in pairs):
        return "Looks like the transpose: rows and columns are swapped."
    return None


def _shape(pairs: Sequence[Pair], _: float) -> str | None:
    wrong = [(truth, got) for truth, got in pairs if truth.shape != got.shape]
    if not wrong:
        return None
    if all(got.ndim > 1 and got.shape == truth.shape[::-1] for truth, got in wrong):
        return "Looks like the transpose: rows and columns are swapped."
    if all(got.size == truth.size for truth, got in wrong):
        return "It has the right number of values in another shape."
    if all(got.ndim == 0 for _, got in wrong):
        return "It is one number where an array is expected."
    return None


def _sign(pairs: Sequence[Pair], within: float) -> str | None:
    if _varied(pairs) and all(_alike(-truth, got, within) for truth, got in pairs):
        return "The sign is flipped: every value is the negative of the expected one."
    return None


def _factor(pairs: Sequence[Pair], within: float) -> str | None:
    if not _varied(pairs) or not all(truth.shape == got.shape for truth, got in pairs):
        return None
    truth, got = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (0, 1))
    best = int(np.argmax(np.nan_to_num(np.abs(truth), nan=0.0, posinf=0.0)))
    if truth[best] == 0 or got[best] == 0 or not np.isfinite(got[best]):
        return None
    factor = float(got[best] / truth[best])
    for size, sentence in (
        (factor, "Every value is exactly {} times the expected one."),
        (1 / factor, "Every value is the expected one divided by {}."),
    ):
        whole = round(size)
        if 1 < whole <= LARGEST_FACTOR and abs(size - whole) <= within * whole:
            exact = whole if size is factor else 1 / whole
            if all(_alike(expected * exact, came, within) for expected, came in pairs):
                return sentence.format(whole)
    return None


def _shifted(pairs: Sequence[Pair], within: float) -> str | None:
    if not _varied(pairs) or not all(truth.shape == got.shape for truth, got in pairs):
        return None
    shift = float(np.ravel(pairs[0][1])[0] - np.ravel(pairs[0][0])[0])
    if not np.isfinite(shift):
        return None
    whole = round(shift)
    if whole in {1, -1} and all(_alike(truth + whole, got, within) for truth, got in pairs):
        return f"Every value is 1 too {'large' if whole > 0 else 'small'}."
    return None


def _squared(pairs: Sequence[Pair], within: float) -> str | None:
    if _varied(pairs) and all(_alike(truth**2, got, within) for truth, got in pairs):
        return "Every value is the square of the expected one."
    return None


def _reversed(pairs: Sequence[Pair], within: float) -> str | None:
    line = all(truth.ndim == 1 for truth, _ in pairs)
    if line and _varied(pairs) and all(_alike(truth[::-1], got, within) for truth, got in pairs):
        return "The values are right, in reverse order."
    return None


def _constant(pairs: Sequence[Pair], _: float) -> str | None:
    if not _varied(pairs):
        return None
    values = np.concatenate([got.ravel() for _, got in pairs])
    if values.size >= ENOUGH and (values == values[0]).all():
        return f"It gives {values[0]:g} whatever the input is."
    return None


RELATIONS: tuple[Relation, ...] = (
    Relation("nan", _nan),
    Relation("overflow", _infinite),
    Relation("transposed", _transposed),
    Relation("shape", _shape),
    Relation("sign", _sign),
    Relation("factor", _factor),
    Relation("shifted", _shifted),
    Relation("squared", _squared),
    Relation("reversed", _reversed),
    Relation("constant", _constant),
)


def _alike(expected: Array, got: Array, within: float) -> bool:
    return expected.shape == got.shape and bool(
        np.allclose(got, expected, rtol=within, atol=within, equal_nan=True)
    )


def _varied(pairs: Sequence[Pair]) -> bool:
    """Tell whether there are enough different expected values to rule chance out."""
    values = np.concatenate([truth.ravel() for truth, _ in pairs])
    return len(np.unique(values[np.isfinite(values) & (values != 0)])) >= ENOUGH


def _any(test: Callable[[Array], Array], array: Array) -> bool:
    return array.dtype.kind in "fc" and bool(test(array).any())
