"""Mutants of references: what is changed, what is not, and which of them the course catches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import course
from grader.errors import CourseError
from grader.model import Course, Exercise
from grader.sandbox import Sandbox
from grader.verify import survival
from grader.verify.mutations import mutants

ROOT = Path(__file__).resolve().parents[1]
TINY = Path(__file__).parent / "courses" / "tiny"
SHIPPED = course.load(ROOT)
ENTRY = """
[[mutant]]
exercise = "q01_circle"
was = 'raise ValueError("the inner circle is the larger one")'
becomes = ["raise ValueError('the inner circle is the larger one_')"]
reason = "The words are free."
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the tiny course, to which a record may be added."""
    return Path(shutil.copytree(TINY, tmp_path / "course"))


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("a + b", {"(a - b)", "a", "b"}),
        ("a @ b", {"(b @ a)"}),
        ("a < b", {"(a <= b)", "(a > b)"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("a.T", {"a"}),
        ("a.sum(axis=0)", {"a", "(a.sum())", "a.sum(axis=1)"}),
        ("f(a, b)", {"(f(b, a))"}),
        ("a and b", {"(a or b)", "a", "b"}),
        ("True", {"False"}),
        ("[a, b]", {"([a])", "([b])"}),
        ("3", {"4", "0", "6"}),
        ("'relu'", {"'relu_'"}),
    ],
)
def test_each_kind_of_slip_is_made(line: str, becomes: set[str]) -> None:
    """Arithmetic, order, comparison, sign, axis, arguments and constants are changed in turn."""
    made = {one.becomes for one in mutants(f"x = {line}\n")}
    assert made == {f"x = {change}" for change in becomes} | {"pass"}


def test_what_says_nothing_about_behaviour_stays() -> None:
    """Docstrings, annotations, imports, NOTES and the stub's defaults are left as they are."""
    text = (
        '"""One."""\n\nimport numpy as np\n\nNOTES = "two"\n\n\n'
        'def f(x: "three", y=4, *, z=5) -> "six":\n    """Seven."""\n    return x\n'
    )
    assert [one.becomes for one in mutants(text)] == ["return"]


def test_a_mutant_differs_in_one_place_and_shows_it() -> None:
    """A mutant is the text with one place changed, its diff the lines before and after."""
    text = "def f(x):\n    y = x + 1\n    return y\n"
    changed = next(one for one in mutants(text) if one.becomes == "y = (x - 1)")
    assert changed.text == text.replace("x + 1", "(x - 1)")
    assert changed.diff == "-    y = x + 1\n+    y = (x - 1)"
    assert (changed.line, changed.was) == (2, "y = x + 1")


def test_what_survives_is_told_from_what_is_caught(copied: Path, sandbox: Sandbox) -> None:
    """A caught mutant names the check it lost; a recorded one its reason; others are questions."""
    (copied / "solutions" / survival.RECORD).write_text(ENTRY, encoding="utf-8")
    the_course = course.load(copied)
    known = survival.equivalents(the_course)
    q1 = course.find_exercise(the_course, "q1")
    reported: list[survival.Trial] = []
    trials = survival.survive(
        [(q1, one) for one in survival.sampled(q1, None)],
        known,
        sandbox,
        2,
        reported.append,
    )
    assert len(reported) == len(trials) == 17
    assert {one.killed_by for one in trials} == {"area", "ring", "ring_of_arrays", None}
    assert [one.reason for one in trials if not one.killed_by] == ["The words are free."]


@pytest.mark.parametrize("missing", ["exercise", "was", "becomes", "reason"])
def test_a_record_needs_all_its_parts(copied: Path, missing: str) -> None:
    """An entry without its reason, or another part, stops the command and names what is missing."""
    kept = [line for line in ENTRY.splitlines() if not line.startswith(missing)]
    (copied / "solutions" / survival.RECORD).write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(CourseError, match=f"an entry has no {missing}"):
        survival.equivalents(course.load(copied))


def test_a_record_lists_what_a_line_becomes(copied: Path) -> None:
    """A bare text where a list is due stops the command, and is not read letter by letter."""
    text = ENTRY.replace('["', '"').replace('"]', '"')
    (copied / "solutions" / survival.RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="becomes is no list"):
        survival.equivalents(course.load(copied))


def test_every_record_of_the_course_is_of_a_mutant() -> None:
    """No entry outlives the line that it speaks of."""
    made = {
        (exercise.id, one.was, one.becomes)
        for exercise in SHIPPED.exercises
        for one in survival.sampled(exercise, None)
    }
    assert survival.equivalents(SHIPPED).keys() <= made


@pytest.mark.parametrize(
    "exercise", SHIPPED.exercises[1:8], ids=[one.id for one in SHIPPED.exercises[1:8]]
)
def test_a_sample_of_mutants_is_caught(exercise: Exercise, sandbox: Sandbox) -> None:
    """Of some mutants, always the same ones, none earns everything but those on record.

    `grader verify --mutants` tries them all.
    """
    known = survival.equivalents(SHIPPED)
    tasks = [(exercise, one) for one in survival.sampled(exercise, 5)]
    trials = survival.survive(tasks, known, sandbox, 2, lambda _: None)
    assert [one.mutant.diff for one in trials if not one.killed_by and not one.reason] == []


def test_training_exercises_are_told_by_their_limits(shipped: Course) -> None:
    """The experiments and MNIST train for minutes, and are left out unless they are named."""
    left_out = [one.id for one in shipped.exercises if survival.trains(one)]
    assert left_out == ["q01_playground", "q10_mnist"]
