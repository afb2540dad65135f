"""Moodle: the grading worksheet that it exported, with the grades filled in and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.collect.people import Person
from grader.errors import GraderError
from grader.gradebook.filling import Filling, Written, columns, match, require_column, text
from grader.gradebook.marks import Mark
from grader.gradebook.words import LANGUAGES, understood
from grader.render.gradebook import inert
from grader.sheet import Sheet, decimal_comma, number

EXPORT = "in Moodle, open the assignment, choose View all submissions, Download grading worksheet"
_NUMBERED = re.compile(r".*?(\d+)\s*", re.DOTALL)  # "Participant 123456", in any language


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in the worksheet things stand; None where they are not there."""

    identifier: int
    grade: int
    maximum: int | None = None
    changeable: int | None = None
    graded: int | None = None
    name: int | None = None
    email: int | None = None
    no: str = ""


def fill(sheet: Sheet, grade_column: int | None, marks: Sequence[Mark]) -> Filling:
    """Return the worksheet with the grades of the final reports.

    Raises :class:`~grader.errors.GraderError` where the columns cannot be told.
    """
    found = _columns(sheet, grade_column)
    rows = {n: row.texts() for n, row in enumerate(sheet.rows) if n > 0 and any(row.raw)}
    people = {n: _person(cells, found) for n, cells in rows.items()}
    maximum = _maximum(rows, found)
    matched = match(marks, people, maximum)
    comma = decimal_comma(_at(cells, at) for at in (found.maximum, found.grade)
                          for cells in rows.values())  # fmt: skip
    changes: dict[tuple[int, int], str] = {}
    written: list[Written] = []
    skipped: list[tuple[int, str, str]] = []
    graded_before = 0
    for n, cells in rows.items():
        given, before = matched.given.get(n), _at(cells, found.grade)
        reason = None if given else "no report is this student's"
        if given:
            reason = _untouched(cells, found, given.grade)
        if given and reason is None:
            graded_before += bool(before)
            changes[n, found.grade] = text(given.grade, comma)
            written.append(Written(people[n].name, before, changes[n, found.grade]))
        else:
            skipped.append((n + 1, people[n].name, str(reason)))
    remarks = [matched.scaled] if matched.scaled else []
    remarks += _remarks(sheet, found, maximum, graded_before, rows)
    return Filling(
        sheet.filled(changes), tuple(written), tuple(skipped), matched.absent, tuple(remarks)
    )


def _columns(sheet: Sheet, grade_column: int | None) -> Columns:
    headings = [heading.strip().casefold() for heading in sheet.rows[0].texts()]
    words = understood(headings)
    if words is None and grade_column is None:
        languages = ", ".join(one.language for one in LANGUAGES)
        raise GraderError(
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
    raise GraderError(
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


def _maximum(rows: Mapping[int, Sequence[str]], found: Columns) -> Decimal | None:
    """Return the greatest grade that Moodle takes; raises for words of a scale."""
    said = [_at(cells, found.maximum) for cells in rows.values() if found.maximum is not None]
    if not said:
        return None
    values = {number(one) for one in said}
    if None in values or len(values) != 1:
        raise GraderError(
            f"the worksheet states no one maximum grade, but {', '.join(sorted(set(said)))}: a "
            "scale in words cannot be filled with points\n"
            "  next: let the assignment be graded by points in Moodle, and export it again"
        )
    return values.pop()


def _untouched(cells: Sequence[str], found: Columns, grade: Decimal) -> str | None:
    """Say why Moodle would pass over a row without a word."""
    before = _at(cells, found.grade)
    if found.no and _at(cells, found.changeable).casefold() == found.no:
        return "locked: the grade cannot be changed"
    if not _NUMBERED.fullmatch(_at(cells, found.identifier)):
        return "no participant's number"
    if len(cells) <= found.grade:
        return "the row is cut short"
    if number(before) == grade:
        return f"unchanged, {before}"
    return None


def _remarks(
    sheet: Sheet,
    found: Columns,
    maximum: Decimal | None,
    graded_before: int,
    rows: Mapping[int, Sequence[str]],
) -> list[str]:
    remarks = []
    if maximum is None:
        remarks.append("the maximum grade is not known: Moodle passes over grades above it")
    if found.no and found.graded is None:
        remarks.append("the column when it was graded last is missing: Moodle refuses the file")
    if graded_before:
        remarks.append(
            f"{graded_before} had a grade: where it was given after this export, Moodle passes "
            "over the row unless 'Allow updating records that have been modified more recently' "
            "is ticked"
        )
    if sheet.separator != "," or sheet.encoding != "utf-8":
        sign = {";": "semicolon", "\t": "tab"}.get(sheet.separator, "comma")
        remarks.append(
            f"separator and encoding are kept ({sign}, {sheet.encoding}): choose them on upload"
        )
    risky = [n + 1 for n, cells in rows.items() if any(inert(cell) != cell for cell in cells)]
    if risky:
        lines = ", ".join(map(str, risky[:8]))
        remarks.append(
            f"cells that a spreadsheet would run as formulas are Moodle's, and kept (line {lines}"
            f"{', …' if len(risky) > len(risky[:8]) else ''}): upload the file without opening it"
        )
    return remarks


def _at(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""
