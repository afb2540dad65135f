"""The table that ``nbgrader export`` writes: a row per exercise and student."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from grader.collect.people import Person
from grader.gradebook.late import Policy
from grader.gradebook.marks import Mark, Part
from grader.render.gradebook import inert
from grader.sheet import rounded

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def table(marks: Sequence[Mark], policy: Policy) -> str:
    """Return the final marks; times are in UTC, and what lateness took off has its own column."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for mark in marks:
        for person in mark.people if mark.final else ():
            for part in mark.parts:
                due = policy.due_for(part.exercise)
                rows.writerow(
                    [
                        part.exercise,
                        _utc(due),
                        _utc(mark.received),
                        *_who(mark, person),
                        *_points(part),
                    ]
                )
    return text.getvalue()


def _who(mark: Mark, person: Person) -> list[str]:
    last, comma, first = person.name.partition(",")
    if not comma:
        first, _, last = person.name.rpartition(" ")
    number = person.number or person.login or person.canvas_id or mark.student
    return [inert(cell.strip()) for cell in (number, last, first, person.email or "")]


def _points(part: Part) -> list[str]:
    taken = part.raw - part.score
    return [f"{_short(value)}" for value in (part.raw, taken, part.score, part.out_of)]


def _short(value: Decimal) -> str:
    return f"{rounded(value).normalize():f}"


def _utc(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if moment else ""
