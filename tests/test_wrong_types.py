"""Whatever one function returns in an otherwise right answer, no check breaks on it.

Each exercise's own tests try all of its functions at once; here the others stay right, so that
checks get beyond their first look.
"""

from __future__ import annotations

import ast
from itertools import cycle
from pathlib import Path

import pytest

from grader import course
from grader.model import Exercise, Verdict
from grader.verify.survival import trains

ROOT = Path(__file__).resolve().parents[1]
EXERCISES = [one for one in course.load(ROOT).exercises if not trains(one)]
NOTHING_RIGHT = (
    "None",
    "'text'",
    "['a', 'b']",
    "[[1, 2], [3]]",
    "[1, [2, [3, [4]]]]",
    "1j",
    "np.array([1j, 2])",
    "True",
    "10**400",
    "{}",
    "{1: None, 'x': {2: 3}}",
    "np.zeros((0, 3))",
    "np.array(['a', 'b'])",
    "np.array([None, 1])",
    "lambda *given: given",
    "(n for n in range(3))",
    "NoModel()",
    "[NoModel()]",
    "keras.Sequential()",
    "keras.layers.Dense(3)",
    "sympy.Symbol('x')",
    "sympy.zoo",
    "'x' * 100_000",
    "np.full((3, 3), 1e308)",
    "args",
)
NEARLY_RIGHT = (
    "[right]",
    "right[:-1]",
    "[*right, 0]",
    "str(right)",
    "[str(part) for part in right]",
    "np.asarray(right, complex)",
    "np.asarray(right)[None]",
    "np.asarray(right, object)",
    "{key: [value] for key, value in right.items()}",
    "{key: None for key in right}",
    "{**right, 'more': 1, 5: 2}",
    "[None, *right][: len(right)]",
    "[1j * part for part in right]",
    "[part.astype(object) for part in right]",
    "lambda: right",
)
PICKED = [("q08_backprop", "backward", "sympy.Symbol('x')")]  # went back to the student once
WRONG = """

import keras
import numpy as np
import sympy

class NoModel:
    layers, weights, inputs = [1, None], "none", 3

    def __call__(self, *args):
        return "no tensor"

    def get_weights(self):
        raise RuntimeError("no weights")


was_right = {function}


def {function}(*args, **kwargs):
    right = was_right(*args, **kwargs)
    try:
        return {value}
    except (TypeError, ValueError, AttributeError):  # there is no such change of this answer
        return None
"""


def cases() -> list[tuple[Exercise, str, str]]:
    """Every function with one answer of each list, in turn, so that all of them come up."""
    nothing, nearly = cycle(NOTHING_RIGHT), cycle(NEARLY_RIGHT)
    found = []
    for exercise in EXERCISES:
        body = ast.parse(exercise.stub).body
        names = [node.name for node in body if isinstance(node, ast.FunctionDef)]
        picked = [(name, value) for id_, name, value in PICKED if id_ == exercise.id]
        drawn = [(name, next(values)) for name in names for values in (nothing, nearly)]
        found += [(exercise, name, value) for name, value in picked + drawn]
    return found


@pytest.mark.parametrize(
    ("exercise", "function", "value"),
    cases(),
    ids=[f"{exercise.label}-{function}-{value}" for exercise, function, value in cases()],
)
def test_no_answer_breaks_a_check(exercise: Exercise, function: str, value: str, submit) -> None:
    """Every check ends in a verdict about the answer; what it loses it says in words."""
    assert exercise.private is not None
    right = (exercise.private / f"{exercise.module}.py").read_text(encoding="utf-8")
    result = submit(exercise, right + WRONG.format(function=function, value=value))
    assert result.problem is None
    for outcome in result.outcomes:
        assert outcome.verdict is not Verdict.BROKEN, outcome.message
        assert "Traceback" not in (outcome.message or "")
        if outcome.verdict in {Verdict.FAILED, Verdict.PARTLY}:
            assert outcome.message
