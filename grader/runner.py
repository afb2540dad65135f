"""Grading: put an exercise's questions to a submission and write down what came of each."""

from __future__ import annotations

import hashlib
import importlib.metadata
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Protocol

from grader import __version__, source, wording
from grader.asking import ask, innermost, outcome_of
from grader.draws import derive
from grader.model import (
    Check,
    Course,
    Exercise,
    Place,
    Provenance,
    Report,
    Result,
    Source,
    Submission,
    Verdict,
)
from grader.sandbox import Sandbox
from grader.sandbox.remote import StudentFault


class Watcher(Protocol):
    """Told what is under way, for a line of progress."""

    def __call__(self, exercise: Exercise, check: Check | None, printed: str, /) -> None:
        """Note that a check of an exercise runs, and the last thing the code printed."""


def grade(
    course: Course,
    submission: Submission,
    sandbox: Sandbox,
    *,
    seed: int,
    only: Iterable[str] = (),
    watch: Watcher | None = None,
) -> Report:
    """Grade a submission on all exercises of a course, or on those whose ids ``only`` names."""
    wanted = set(only)
    started, clock = datetime.now(UTC), time.monotonic()
    results = tuple(
        grade_exercise(exercise, submission, sandbox, seed=seed, watch=watch)
        for exercise in course.exercises
        if not wanted or exercise.id in wanted
    )
    provenance = Provenance(
        grader=__version__,
        course=course.title,
        sandbox=sandbox.description,
        seed=seed,
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - clock, 3),
        sources={
            name: hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
            for name, text in submission.sources.items()
        },
        versions=versions(sandbox),
    )
    return Report(
        submission.student,
        submission.attempt,
        submission.path.name,
        results,
        provenance,
        submission.notes,
    )


def grade_exercise(
    exercise: Exercise,
    submission: Submission,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    watch: Watcher | None = None,
    hurry: float | None = None,
) -> Result:
    """Grade one exercise; whatever the student's code does, a result comes back.

    Only :class:`~grader.errors.SandboxError` is raised: then the wall failed, not the student.
    """
    text = submission.sources.get(exercise.id)
    if text is None:
        return _unasked(exercise, None)
    fault = text.problem or source.syntax_problem(text)
    if fault:
        reason, where = (fault, None) if isinstance(fault, str) else fault
        return _unasked(exercise, text, reason, where)
    questions = tuple(exercise.checks)  # imported, where that has waited, while the server starts
    session = sandbox.open(
        exercise.module,
        text,
        provided=exercise.provided,
        private=(exercise.private.parent,) if exercise.private else (),
        seed=derive(seed, "student", exercise.id),
        draws=derive(seed, "judge", exercise.id, text.text),
        on_progress=_forward(exercise, watch),
    )
    with session:
        try:
            if watch:
                watch(exercise, None, "")
            session.load()
        except StudentFault as error:
            place = innermost(text, error.fault)
            problem = wording.of_problem(error.fault)
            return _unasked(exercise, text, problem, place, session.output)
        outcomes = ask(questions, session, _forward_check(exercise, watch), hurry)
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=True,
        outcomes=outcomes,
        printed=session.output,
        source=text,
    )


def _unasked(
    exercise: Exercise,
    text: Source | None,
    problem: str | None = None,
    place: Place | None = None,
    printed: str = "",
) -> Result:
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=text is not None,
        outcomes=tuple(outcome_of(check, Verdict.SKIPPED) for check in exercise.checks),
        problem=problem,
        place=place,
        printed=printed,
        source=text,
    )


def _forward(exercise: Exercise, watch: Watcher | None) -> Callable[[str], None] | None:
    return None if watch is None else lambda printed: watch(exercise, None, printed)


def _forward_check(exercise: Exercise, watch: Watcher | None) -> Callable[[Check], None] | None:
    return None if watch is None else lambda check: watch(exercise, check, "")


def versions(sandbox: Sandbox) -> dict[str, str]:
    """Return the versions that a report states: of the server's libraries and of SymPy here."""
    named = dict(sandbox.versions)
    named.setdefault("sympy", importlib.metadata.version("sympy"))
    return {name: version for name, version in sorted(named.items()) if version}
