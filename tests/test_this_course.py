"""The shipped course judges as it claims: every reference, stub and mistake, one test each."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import course, verify
from grader.model import Course
from grader.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[1]
CASES = [case for exercise in course.load(ROOT).exercises for case in verify.cases(exercise)]


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.exercise.label}-{case.name}-{case.seed}" for case in CASES]
)
def test_every_claim_of_the_course_holds(case: verify.Case, sandbox: Sandbox) -> None:
    """A reference earns everything, a stub nothing, and a mistake loses exactly what it names."""
    assert verify.judge(case, sandbox).faults == ()


def test_every_exercise_is_worth_ten_points(shipped: Course) -> None:
    """Ten points an exercise, so that a hundred make the course."""
    assert {one.id: one.points for one in shipped.exercises} == dict.fromkeys(
        [one.id for one in shipped.exercises], 10
    )


def test_every_check_has_hints_and_a_title_without_a_full_stop(shipped: Course) -> None:
    """Titles name a behaviour; hints lead to it level by level."""
    checks = [check for one in shipped.exercises for check in one.checks if check.points]
    assert [check.name for check in checks if check.title.endswith(".")] == []
    assert [check.name for check in checks if len(check.hints) < 2] == []
