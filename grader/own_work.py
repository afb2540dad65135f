"""A student's own work: the public questions, asked as often as one likes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from grader import runner
from grader.model import Course, Exercise, Report, Submission
from grader.runner import Watcher
from grader.sandbox import Sandbox
from grader.sandbox.preload import needed


class Desk:
    """Asks the public questions; its fork server stays warm from one time to the next."""

    def __init__(self, course: Course) -> None:
        """Take the course whose questions are asked; nothing is started yet."""
        self.course = public(course)
        self._whole = {exercise.id: exercise for exercise in course.exercises}
        self._sandbox: Sandbox | None = None
        self._loaded: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the fork server, if there is one; the next question starts another."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None

    def later(self, exercises: Sequence[Exercise]) -> int:
        """Return how many questions of some exercises are hidden until the work is graded."""
        return sum(ask.hidden for one in exercises for ask in self._whole[one.id].checks)

    def ask(
        self, submission: Submission, exercises: Sequence[Exercise], watch: Watcher | None = None
    ) -> Report:
        """Put the questions of some exercises to a submission, on inputs that are drawn anew."""
        seed = secrets.randbelow(2**31)
        only = [exercise.id for exercise in exercises]
        sandbox = self._warm(needed(exercises, [submission]))
        return runner.grade(self.course, submission, sandbox, seed=seed, only=only, watch=watch)

    def _warm(self, modules: Sequence[str]) -> Sandbox:
        """Return the running server, or one that also has what is wanted now."""
        if self._sandbox is None or not self._loaded.issuperset(modules):
            self.close()
            self._loaded = frozenset(modules)
            self._sandbox = Sandbox(preload=modules)
        return self._sandbox


def public(course: Course) -> Course:
    """Return a course without its hidden questions."""
    return replace(
        course,
        exercises=tuple(
            replace(one, checks=tuple(ask for ask in one.checks if not ask.hidden))
            for one in course.exercises
        ),
    )
