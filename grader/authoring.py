"""@check: the decorator that makes a question out of a generator function."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

from grader.errors import CourseError
from grader.evidence import Evidence
from grader.model import Check, Finding

Question = Callable[..., Iterator[Finding | Evidence]]


def check(
    points: float = 1,
    *,
    after: Check | None = None,
    partial: bool = False,
    seconds: float = 10,
    cpu_seconds: float | None = None,
) -> Callable[[Question], Check]:
    """Make a generator function a :class:`~grader.model.Check`.

    The docstring's first line is the title that students read; each further paragraph is a
    hint, one level more telling than the last.  ``after`` is the check that must pass first;
    a function with a second parameter is given what that check returned.  A ``partial`` check
    earns the share of its right findings.  ``seconds`` bounds the student's time, not ours.

    Raises :class:`~grader.errors.CourseError` where the function has no docstring or ``after``
    is not a check.
    """
    if callable(points):
        raise CourseError("@check needs parentheses: write @check() or @check(points=2)")
    if after is not None and not isinstance(after, Check):
        raise CourseError(f"after={after!r} is not a check: name the decorated function itself")

    def decorate(question: Question) -> Check:
        title, *hints = paragraphs(question)
        return Check(
            name=question.__name__,
            title=title,
            hints=tuple(hints),
            points=points,
            run=_runnable(question),
            after=after,
            partial=partial,
            seconds=seconds,
            cpu_seconds=cpu_seconds,
        )

    return decorate


def paragraphs(question: Question) -> list[str]:
    """Split a docstring into its title and its hints, each on one line."""
    text = inspect.cleandoc(question.__doc__ or "").strip()
    if not text:
        raise CourseError(
            f"check {question.__name__!r} has no docstring: its first line is the title that "
            "students read"
        )
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]


def _runnable(question: Question) -> Callable[..., Iterator[Finding | Evidence]]:
    wants_value = len(inspect.signature(question).parameters) > 1

    @functools.wraps(question)
    def run(student: Any, value: Any = None) -> Generator[Finding | Evidence, None, Any]:
        from grader.sandbox.remote import as_student

        handle = as_student(student)
        answers = question(handle, value) if wants_value else question(handle)
        if not inspect.isgenerator(answers):
            raise CourseError(
                f"check {question.__name__!r} is not a generator: write 'yield equal(...)'"
            )
        return (yield from answers)

    return run
