"""Relations between what was expected and what came are named only where they cannot be chance."""

from __future__ import annotations

import numpy as np
import pytest

from grader.diagnose import recognise

TRUTH = np.array([1.0, -2.0, 3.5, 0.25])
NAN = float("nan")


@pytest.mark.parametrize(
    ("expected", "got", "says"),
    [
        (TRUTH, -TRUTH, "sign is flipped"),
        (TRUTH, 7 * TRUTH, "7 times"),
        (TRUTH, TRUTH / 4, "divided by 4"),
        (TRUTH, TRUTH + 1, "1 too large"),
        (TRUTH, TRUTH - 1, "1 too small"),
        (TRUTH, TRUTH**2, "square"),
        (TRUTH, TRUTH[::-1], "reverse order"),
        (TRUTH, np.full(4, 0.5), "0.5 whatever"),
        (TRUTH, np.full(4, NAN), "nan"),
        (TRUTH, np.array([np.inf, -2, 3.5, 0.25]), "overflows"),
        (TRUTH.reshape(2, 2), TRUTH.reshape(2, 2).T, "transpose"),
        (np.ones((2, 3)), np.ones((3, 2)), "transpose"),
        (np.ones((2, 3)), np.ones(6), "another shape"),
        (np.ones(3), np.array(1.0), "one number"),
    ],
)
def test_a_relation_that_holds_everywhere_is_named(expected, got, says: str) -> None:
    """Each relation is recognised on values that only it explains."""
    assert says in (recognise([(expected, got)]) or "")


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.array([2.0]), np.array([14.0])),
        (np.array([2.0, 2.0]), np.array([-2.0, -2.0])),
        (TRUTH, 7 * TRUTH + np.array([0, 0, 0, 1e-3])),
        (TRUTH, 1.7 * TRUTH),
        (np.zeros(4), TRUTH),
        (TRUTH, TRUTH.astype(complex)),
        (np.array([NAN, 1.0, 2.0, 3.0]), np.array([1.0, 2.0, 5.0, 4.0])),
        (np.array([np.inf, 1.0, 2.0, 3.0]), np.array([1.0, 2.0, 5.0, 4.0])),
    ],
)
def test_what_may_be_chance_is_not_named(expected, got) -> None:
    """One number, a relation with an exception, or an odd factor says nothing."""
    assert recognise([(expected, got)]) is None


def test_a_relation_must_hold_for_every_pair() -> None:
    """What explains one answer and not the other explains neither."""
    assert recognise([(TRUTH, -TRUTH), (TRUTH, TRUTH)]) is None
    assert recognise([]) is None
