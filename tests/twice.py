"""A small exercise for tests of the engine: its module is to double numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader import check, equal
from grader.model import Check, Exercise, Outcome, Result

DOUBLE = "def double(x):\n    return 2 * x\n"


def exercise(*checks: Check, name: str = "q01_twice") -> Exercise:
    """Return an exercise that asks these questions of a module called twice."""
    return Exercise(name, "Twice", "", "twice", "", Path(), (), checks)


def question(ask: Callable[..., Any], **settings: Any) -> Check:
    """Make a check of a generator function that has no docstring."""
    ask.__doc__ = f"The answer of {ask.__name__} is right"
    return check(**settings)(ask)


def doubled(*numbers: int, **settings: Any) -> Check:
    """Make a check that asks for the double of some numbers."""

    def double(student):
        for x in numbers:
            yield equal(student.double(x), 2 * x)

    return question(double, **settings)


def only(result: Result) -> Outcome:
    """Return the outcome of an exercise with one check."""
    (outcome,) = result.outcomes
    return outcome


def verdicts(result: Result) -> list[str]:
    """Return how the checks ended, in order."""
    return [outcome.verdict.value for outcome in result.outcomes]
