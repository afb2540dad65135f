"""Grading: a submission and a course become a report that adds up and can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from twice import DOUBLE, doubled, exercise, only, question

from grader import equal, runner
from grader.draws import derive, generator
from grader.model import Course, Result, Source, Submission
from grader.sandbox import Sandbox

Submit = Callable[..., Result]


def handed_in(text: str) -> Submission:
    """Return a submission of one file."""
    return Submission("s", Path("twice.py"), {"q01_twice": Source("twice.py", text)})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1 / 0", "The file does not load: `ZeroDivisionError`: division by zero."),
        ("def f(:", "twice.py, line 1: "),
        ("exit()", "The file does not load: `SystemExit`. It asks Python to end"),
        ("raise NotImplementedError", "its top level raises `NotImplementedError`"),
        ("import os; os._exit(1)", "It ended its own process (exit code 1)"),
        ("import keras_core", "`keras_core` is not available here"),
        ("x = '\udc80'", "UTF-8"),
    ],
)
def test_a_file_that_does_not_load_is_one_problem(submit: Submit, text: str, problem: str) -> None:
    """The exercise has a problem, and its checks are skipped without a message each."""
    result = submit(exercise(doubled(1), doubled(2, points=2)), text)
    assert problem in str(result.problem)
    assert [(o.verdict, o.message, o.points) for o in result.outcomes] == [("skipped", None, 0)] * 2
    assert (result.submitted, result.points, result.out_of, result.final) == (True, 0, 3, True)


def test_the_problem_of_a_file_has_its_place_and_its_output(submit: Submit) -> None:
    """The line that raised is named, and what was printed before it is kept."""
    result = submit(exercise(doubled(1)), "print('here')\n\nx = [][1]\n")
    assert str(result.place) == "twice.py, line 3"
    assert result.printed == "here\n"


def test_draws_depend_on_the_seed_and_the_submission_alone(submit: Submit) -> None:
    """The same seed and text draw the same; another seed or text draws anew."""

    def drawn(student):
        yield equal(student.double(1), generator(student).integers(0, 10**9, 3).tolist())
        yield equal(student.double(1), generator(student).integers(0, 10**9, 3).tolist())

    asked = exercise(question(drawn))

    def draws(text: str, seed: int) -> str:
        findings = only(submit(asked, text, seed=seed)).findings
        assert findings[0].expected == findings[1].expected
        return findings[0].expected

    assert draws(DOUBLE, 1) == draws(DOUBLE, 1)
    assert len({draws(DOUBLE, 1), draws(DOUBLE, 2), draws(DOUBLE + "#", 1)}) == 3


def test_the_students_randomness_repeats_and_reveals_no_draws(submit: Submit) -> None:
    """A second run repeats what the student draws, and no generator of theirs draws the judge's."""

    def random(student):
        yield equal(student.draw(), 0)
        yield equal(generator(student).integers(0, 10**9, 2).tolist(), 0)

    text = (
        "import random\nimport numpy as np\ndef draw():\n"
        "    return [*np.random.randint(0, 10**9, 2), random.random()]"
    )
    first, again = (only(submit(exercise(question(random)), text)) for _ in range(2))
    assert first.findings == again.findings
    mine, judges = (finding.got for finding in first.findings)
    assert judges.strip("[]") not in mine
    assert derive(1, "student", "q01_twice") != derive(1, "judge", "q01_twice", text)


def test_a_report_adds_up_and_says_how_to_repeat_it(sandbox: Sandbox) -> None:
    """Points are sums of the checks; what was not handed in is worth nothing and is said."""
    asked = exercise(doubled(1, points=0.1), doubled(2, points=0.2))
    course = Course("C", Path(), (asked, exercise(doubled(1), name="q02")))
    report = runner.grade(course, handed_in(DOUBLE), sandbox, seed=7)
    assert [result.submitted for result in report.results] == [True, False]
    assert (report.points, report.out_of, report.final) == (0.3, 1.3, True)
    assert report.provenance.seed == 7
    assert set(report.provenance.sources) == {"q01_twice"}
    assert "numpy" in report.provenance.versions
    part = runner.grade(course, handed_in(DOUBLE), sandbox, seed=7, only=["q02"])
    assert [result.exercise for result in part.results] == ["q02"]


def test_one_check_cannot_spoil_the_next(submit: Submit) -> None:
    """Each check has a time limit of its own, and a process that lives."""
    text = "def double(x):\n    while x == 1: pass\n    return 2 * x"
    result = submit(exercise(*(doubled(n % 2, 3, seconds=0.4) for n in range(4))), text)
    assert [o.verdict for o in result.outcomes] == ["passed", "timeout"] * 2


def test_progress_is_told(sandbox: Sandbox) -> None:
    """A watcher hears of each check and of what the code prints meanwhile."""
    heard: list[tuple[str | None, str]] = []
    result = runner.grade_exercise(
        exercise(doubled(1)),
        handed_in(DOUBLE + "print('loading')\n"),
        sandbox,
        watch=lambda _, asked, printed: heard.append((asked and asked.name, printed)),
    )
    assert heard == [(None, ""), (None, "loading\n"), ("double", "")]
    assert result.printed == "loading\n"
