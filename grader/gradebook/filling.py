"""What filling in a platform's table came to: the bytes, and every row that it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.collect.people import Person, pair
from grader.errors import ExchangeError
from grader.gradebook.marks import Mark
from grader.sheet import Sheet, rounded

_NO_ROW = "no row is this student's, or several may be"
_NAMELESS = "anonymous: show the names in Canvas, download again and collect that"


@dataclass(frozen=True, slots=True)
class Written:
    """A grade that was filled in."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Filling:
    """A table to upload."""

    data: bytes
    written: tuple[Written, ...]
    skipped: tuple[tuple[int, str, str], ...]  # line, whose, and why nothing will change there
    absent: tuple[tuple[str, str], ...]  # students who get no grade by this file, and why
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A grade on its way to a row."""

    person: Person
    mark: Mark
    grade: Decimal


@dataclass(frozen=True, slots=True)
class Matched:
    """Grades by row, and what has none."""

    given: dict[int, Given]
    absent: tuple[tuple[str, str], ...]
    scaled: str | None  # said where points are not the platform's


def match(marks: Sequence[Mark], rows: Mapping[int, Person], maximum: Decimal | None) -> Matched:
    """Find the row of each student whose report is final; scale points to the maximum.

    A table without a maximum takes the points as they are.
    """
    final = [(person, mark) for mark in marks if mark.final for person in mark.people]
    lines = list(rows)
    paired = pair([person for person, _ in final], list(rows.values()))
    out_of = marks[0].out_of
    scale, said = Decimal(1), None
    if maximum is not None and out_of not in {maximum, Decimal()}:
        scale = maximum / out_of
        said = f"the points, out of {plain(out_of)}, are scaled to {plain(maximum)}"
    given = {
        lines[row]: Given(*final[at], rounded(final[at][1].score * scale))
        for at, row in paired.items()
    }
    absent = [(one.student, "the report is not final") for one in marks if not one.final]
    absent += [
        (person.name, _NAMELESS if person.canvas_anonymous else _NO_ROW)
        for at, (person, _) in enumerate(final)
        if at not in paired
    ]
    return Matched(given, tuple(absent), said)


def plain(value: Decimal) -> str:
    """Return a number of points without needless zeros."""
    return f"{value.normalize():f}"


def text(grade: Decimal, comma: bool) -> str:  # noqa: FBT001
    """Return a grade as a cell has it, to two decimals."""
    return f"{grade:.2f}".replace(".", "," if comma else ".")


def columns(sheet: Sheet, at: int = 0) -> str:
    """Return the headings of a table with their numbers, for a message."""
    return ", ".join(
        f"{number} {heading!r}" for number, heading in enumerate(sheet.rows[at].texts(), start=1)
    )


def require_column(sheet: Sheet, number: int) -> int:
    """Return the index of a column that was named by its number from 1."""
    if not 1 <= number <= len(sheet.rows[0].raw):
        raise ExchangeError(
            f"there is no column {number}: the table has {columns(sheet)}\n"
            "  next: name one of them with --grade-column"
        )
    return number - 1
