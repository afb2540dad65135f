"""Marks: what each student earned, and what is handed back once lateness is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from grader.collect.ledger import Attempt, Ledger, Student
from grader.collect.people import Person
from grader.errors import ExchangeError, GraderError
from grader.gradebook.late import Policy
from grader.model import Report, Result
from grader.render import record


@dataclass(frozen=True, slots=True)
class Part:
    """One exercise of a mark."""

    exercise: str
    raw: Decimal
    score: Decimal  # what is left of it
    out_of: Decimal
    days: int  # late


@dataclass(frozen=True, slots=True)
class Mark:
    """What one student gets, or several who handed in together."""

    student: str  # as the report has it
    page: Path  # the report that the student may read
    people: tuple[Person, ...]
    parts: tuple[Part, ...]
    final: bool
    received: datetime | None
    untimed: bool  # it may be late, and nobody knows how late: nothing was taken off

    @property
    def raw(self) -> Decimal:
        """What was earned."""
        return sum((part.raw for part in self.parts), Decimal())

    @property
    def score(self) -> Decimal:
        """What is handed back."""
        return sum((part.score for part in self.parts), Decimal())

    @property
    def out_of(self) -> Decimal:
        """What could be earned."""
        return sum((part.out_of for part in self.parts), Decimal())


def read(reports: Path, collected: Ledger, policy: Policy) -> list[Mark]:
    """Return the marks of every record in a folder of reports.

    Raises :class:`~grader.errors.ExchangeError` where there are none, where one cannot be read, or
    where they are about different exercises.
    """
    found = [
        (path, _report(path))
        for path in sorted(reports.glob("*.json"))
        if not path.name.startswith(".")
    ]
    known = [(path, report) for path, report in found if report is not None]
    if not known:
        raise ExchangeError(
            f"{reports} holds no records of reports\n"
            "  next: run 'grader grade' first, or name the folder with --reports"
        )
    _require_alike(reports, [report for _, report in known])
    return [_mark(path, report, collected, policy) for path, report in known]


def _report(path: Path) -> Report | None:
    """Return the report of a record, None for other files of ours."""
    try:
        text = path.read_bytes()
        if record.SCHEMA.encode() not in text and b'"grader/' in text:
            return None
        return record.loads(text)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read ({error.strerror})") from None
    except GraderError as error:
        raise ExchangeError(f"{path}: {error}") from None


def _require_alike(folder: Path, reports: Sequence[Report]) -> None:
    exercises = {report.student: [one.exercise for one in report.results] for report in reports}
    first = reports[0]
    for student, ids in exercises.items():
        if ids != exercises[first.student]:
            raise ExchangeError(
                f"{folder}: the report of {student} is about other exercises than that of "
                f"{first.student}\n  next: grade the whole class again, in one run"
            )


def _mark(path: Path, report: Report, collected: Ledger, policy: Policy) -> Mark:
    student = next((one for one in collected.students if one.folder == report.student), None)
    attempts = student.attempts if student else ()
    attempt = next((one for one in attempts if one.name == report.attempt), None)
    received = _instant(attempt.received) if attempt and attempt.received else None
    return Mark(
        report.student,
        path.with_suffix(".html"),
        student.people if student else (Person(report.student),),
        tuple(_part(result, received, policy) for result in report.results),
        report.final,
        received,
        untimed=received is None and _perhaps_late(student, attempt, policy),
    )


def _perhaps_late(student: Student | None, attempt: Attempt | None, policy: Policy) -> bool:
    """Tell whether work may be late: Canvas marks what is, others leave it open."""
    if policy.per_day_percent == 0:
        return False
    marked = student is not None and any(
        person.canvas_id or person.canvas_anonymous for person in student.people
    )
    return bool(attempt and attempt.late) if marked else True


def _part(result: Result, received: datetime | None, policy: Policy) -> Part:
    raw = Decimal(str(result.points))
    kept = Decimal(str(policy.kept_percent(result.exercise, received))) / 100
    days = policy.days(result.exercise, received)
    return Part(result.exercise, raw, raw * kept, Decimal(str(result.out_of)), days)


def _instant(text: str) -> datetime:
    """Return a time of the ledger, which people may mend by hand."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ExchangeError(
            f"collected.json: {text!r} is no time\n  next: write it as 2026-11-23T12:40:00+01:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
