"""What the tests share: one warm sandbox, and the way from a source text to a result."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import course, runner
from grader.model import Course, Exercise, Result, Source, Submission
from grader.sandbox import Sandbox

# Where the tests run in the background Ctrl-C is ignored, and whatever they start would inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
TINY = Path(__file__).parent / "courses" / "tiny"

Submit = Callable[..., Result]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One fork server for all tests."""
    with Sandbox() as wall:
        yield wall


@pytest.fixture(scope="session")
def shipped() -> Course:
    """The course of this repository."""
    return course.load(ROOT)


@pytest.fixture(scope="session")
def tiny() -> Course:
    """The engine's own course: NumPy only, two exercises."""
    return course.load(TINY)


@pytest.fixture(scope="session")
def submit(sandbox: Sandbox) -> Submit:
    """Grade a source text on one exercise."""

    def grade(exercise: Exercise, text: str, seed: int = 1) -> Result:
        source = Source(f"{exercise.module}.py", text)
        submission = Submission("a student", Path(f"{exercise.module}.py"), {exercise.id: source})
        return runner.grade_exercise(exercise, submission, sandbox, seed=seed)

    return grade
