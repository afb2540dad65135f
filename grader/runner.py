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
from grader.sandbox import Sandbox, Session
from grader.sandbox.fault import Fault
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
    remarks = submission.remarks.get(exercise.id, ())
    if text is None:
        return _unasked(exercise, None)
    fault = unreadable(text)
    if fault:
        return _unasked(exercise, text, *fault, notes=remarks)
    questions = tuple(exercise.checks)  # imported, where that has waited, while the server starts
    with opened(exercise, text, sandbox, seed, _forward(exercise, watch)) as session:
        try:
            if watch:
                watch(exercise, None, "")
            session.load()
        except StudentFault as error:
            place = innermost(text, error.fault)
            problem = wording.of_problem(error.fault)
            return _unasked(exercise, text, problem, place, session.output, remarks)
        outcomes = ask(questions, session, _forward_check(exercise, watch), hurry)
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=True,
        outcomes=outcomes,
        notes=(*remarks, *_raised(text, session.raised)),
        printed=session.output,
        source=text,
    )


def unreadable(text: Source) -> tuple[str, Place | None] | None:
    """Return why a text cannot even be tried, and where, or None."""
    if text.problem:
        return text.problem, None
    return source.syntax_problem(text)


def opened(
    exercise: Exercise,
    text: Source,
    sandbox: Sandbox,
    seed: int,
    on_progress: Callable[[str], None] | None = None,
) -> Session:
    """Return a session for a text, seeded for its exercise; it has yet to be loaded."""
    return sandbox.open(
        exercise.module,
        text,
        provided=exercise.provided,
        private=(exercise.private.parent,) if exercise.private else (),
        seed=derive(seed, "student", exercise.id),
        draws=derive(seed, "judge", exercise.id, text.text),
        on_progress=on_progress,
    )


def _raised(text: Source, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Say which cells of a notebook raised; the others were run all the same."""
    told = (fault for fault in faults if fault.verdict is not Verdict.TODO)
    places = ((innermost(text, fault) or text.file, fault) for fault in told)
    return tuple(
        f"{place} raised {wording.explain(fault)} The cells after it were run all the same."
        for place, fault in places
    )


def _unasked(
    exercise: Exercise,
    text: Source | None,
    problem: str | None = None,
    place: Place | None = None,
    printed: str = "",
    notes: tuple[str, ...] = (),
) -> Result:
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=text is not None,
        outcomes=tuple(outcome_of(check, Verdict.SKIPPED) for check in exercise.checks),
        problem=problem,
        place=place,
        notes=notes,
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
