"""Moodle's grading worksheet: which column is what, and whose each row is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.collect.people import Person
from grader.errors import ExchangeError
from grader.gradebook.filling import columns, require_column
from grader.gradebook.words import LANGUAGES, understood
from grader.sheet import Sheet

EXPORT = "in Moodle, open the assignment, choose View all submissions, Download grading worksheet"
_NUMBERED = re.compile(r".*?(\d+)\s*", re.DOTALL)  # "Participant 123456", in any language


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in the worksheet things stand; None where they are not there."""

    identifier: int
    grade: int
    maximum: int | None = None
    changeable: int | None = None
    graded: int | None = None  # when
    received: int | None = None  # when
    name: int | None = None
    email: int | None = None
    no: str = ""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A table that is understood; rows are numbered from 0, the headings'."""

    sheet: Sheet
    columns: Columns
    rows: Mapping[int, Sequence[str]]
    people: Mapping[int, Person]

    def cell(self, row: int, column: int | None) -> str:
        """Return what a cell says, nothing where there is none."""
        return _at(self.rows[row], column)


def understand(sheet: Sheet, grade_column: int | None) -> Worksheet:
    """Find out what the columns are; the grade's may be named by its number from 1.

    Raises :class:`~grader.errors.ExchangeError` where they cannot be told.
    """
    found = _columns(sheet, grade_column)
    rows = {n: row.texts() for n, row in enumerate(sheet.rows) if n > 0 and any(row.raw)}
    return Worksheet(sheet, found, rows, {n: _person(cells, found) for n, cells in rows.items()})


def _columns(sheet: Sheet, grade_column: int | None) -> Columns:
    headings = [heading.strip().casefold() for heading in sheet.rows[0].texts()]
    words = understood(headings)
    if words is None and grade_column is None:
        languages = ", ".join(one.language for one in LANGUAGES)
        raise ExchangeError(
            f"which column is the grade cannot be told: the worksheet has {columns(sheet)}, and "
            f"the headings of Moodle are known in {languages}\n"
            f"  next: name its number with --grade-column, or export it: {EXPORT}"
        )
    if words is None:
        return Columns(_numbered(sheet), require_column(sheet, grade_column or 0))

    def where(*called: str) -> int | None:
        return next((headings.index(word) for word in called if word in headings), None)

    grade = where(*words.grade) if grade_column is None else require_column(sheet, grade_column)
    return Columns(
        where(words.identifier) or 0,
        grade or 0,
        where(*words.maximum),
        where(*words.changeable),
        where(words.graded),
        where(words.received),
        where(words.name),
        where(words.email),
        words.no,
    )


def _numbered(sheet: Sheet) -> int:
    """Return the first column whose cells all end in a participant's number after a word."""
    rows = [row.texts() for row in sheet.rows[1:] if any(row.raw)]
    for at in range(len(sheet.rows[0].raw)):
        if rows and all(re.fullmatch(r"\D+ ?\d+\s*", _at(cells, at)) for cells in rows):
            return at
    raise ExchangeError(
        f"no column holds Moodle's identifiers, such as 'Participant 123456'\n  next: {EXPORT}"
    )


def _person(cells: Sequence[str], found: Columns) -> Person:
    identifier = _at(cells, found.identifier)
    digits = _NUMBERED.fullmatch(identifier)
    return Person(
        _at(cells, found.name) or identifier,
        moodle_id=digits[1] if digits else None,
        email=_at(cells, found.email) or None,
    )


def _at(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""
