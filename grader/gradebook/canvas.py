"""Canvas: the gradebook that it exported, cut down to the students and one column of grades.

The rules of its importer: a row is told by ``ID``, then by the school's numbers, then by name;
``Section`` must be the last of the student columns; columns that it computes are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from grader.collect.people import Person
from grader.collect.roster import TEST_STUDENT
from grader.errors import ExchangeError
from grader.gradebook.filling import Filling, Written, match, text
from grader.gradebook.marks import Mark
from grader.render.gradebook import inert
from grader.sheet import Row, Sheet, decimal_comma, number

# Whatever has these words in its title is passed over by Canvas's importer.
COMPUTED = re.compile(
    r"(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)", re.ASCII
)
_TITLED = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
_POLICY = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_NAMES = ("Student", "LastName", "FirstName")


def fill(sheet: Sheet, column: str | None, marks: Sequence[Mark]) -> Filling:
    """Return the table to upload: the student columns of an export, and one of grades.

    Raises :class:`~grader.errors.ExchangeError` where this is no export, or where the column cannot
    be told or is one that Canvas does not take.
    """
    headings = sheet.rows[0].texts()
    section = _section(headings)
    at = _column(headings, section, column)
    possible = next((n for n, row in enumerate(sheet.rows) if _says_possible(row)), None)
    maximum = _maximum(sheet, possible, at)
    students = [n for n, row in enumerate(sheet.rows) if _is_student(n, row, possible)]
    people = {n: _person(headings, sheet.rows[n].texts()) for n in students}
    cells = {n: _cell(sheet.rows[n], at) for n in students}
    comma = decimal_comma([_cell(sheet.rows[possible or 0], at), *cells.values()])
    matched = match(marks, people, maximum)
    written: list[Written] = []
    skipped: list[tuple[int, str, str]] = []
    grades: dict[int, str] = {}
    for n, person in people.items():
        given = matched.given.get(n)
        reason = None if given else "no report is this student's"
        if given:
            reason = _untouched(cells[n], given.grade)
        if given and reason is None:
            grades[n] = text(given.grade, comma)
            written.append(Written(person.name, cells[n], grades[n]))
        elif person.name != TEST_STUDENT:
            skipped.append((n + 1, person.name, str(reason)))
    kept = [0, *([possible] if possible is not None else []), *students]
    columns = [*range(section + 1), at]
    narrow = sheet.narrowed(kept, columns)
    changes = {(kept.index(n), section + 1): grade for n, grade in grades.items()}
    for row, line in enumerate(narrow.rows[1:], start=1):
        for place, cell in enumerate(line.texts()[: section + 1]):
            if inert(cell) != cell:
                changes[row, place] = inert(cell)
    remarks = [matched.scaled] if matched.scaled else []
    if not _TITLED.fullmatch(headings[at]):
        remarks.append("the column has no number, so Canvas will offer to make a new assignment")
    if possible is None or maximum is None:
        remarks.append("the export names no possible points, so nothing was scaled")
    return Filling(
        narrow.filled(changes), tuple(written), tuple(skipped), matched.absent, tuple(remarks)
    )


def _section(headings: Sequence[str]) -> int:
    if "ID" not in headings or headings[0] not in _NAMES or "Section" not in headings:
        raise ExchangeError(
            "this is no gradebook that Canvas exported: it has no columns Student, ID and Section\n"
            "  next: in Canvas, choose Grades, Export, Export Entire Gradebook"
        )
    return headings.index("Section")


def _column(headings: Sequence[str], section: int, wanted: str | None) -> int:
    """Return which column is the assignment's, by its heading, title or number."""
    theirs = [n for n in range(section + 1, len(headings)) if headings[n].strip()]
    known = [n for n in theirs if not COMPUTED.search(headings[n])]
    if wanted is None:
        fitting = known
    else:
        fitting = [n for n in theirs if wanted.strip() in _calls(headings[n])]
    if len(fitting) == 1 and not COMPUTED.search(headings[fitting[0]]):
        return fitting[0]
    if fitting and COMPUTED.search(headings[fitting[0]]):
        raise ExchangeError(
            f"Canvas does not take the column {headings[fitting[0]]!r}: its title has words of a "
            "column that Canvas computes\n  next: rename the assignment in Canvas and export again"
        )
    named = ", ".join(repr(headings[n]) for n in known) or "no assignment"
    asked = "the gradebook has" if wanted is None else f"{wanted!r} is not one column: there are"
    raise ExchangeError(f"{asked} {named}\n  next: name one with --column")


def _calls(heading: str) -> set[str]:
    found = _TITLED.fullmatch(heading)
    return {heading.strip(), *((found["title"], found["id"]) if found else ())}


def _says_possible(row: Row) -> bool:
    return "Points Possible" in row.texts()[0]


def _maximum(sheet: Sheet, possible: int | None, at: int) -> Decimal | None:
    if possible is None:
        return None
    said = _cell(sheet.rows[possible], at)
    if "read only" in said:
        raise ExchangeError(
            f"the column {sheet.rows[0].texts()[at]!r} is read only\n"
            "  next: name another one with --column"
        )
    return number(said) or None


def _is_student(n: int, row: Row, possible: int | None) -> bool:
    cells = row.texts()
    return n > 0 and n != possible and not all(_POLICY.fullmatch(cell) for cell in cells)


def _person(headings: Sequence[str], cells: Sequence[str]) -> Person:
    said = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
    name = said.get("Student") or f"{said.get('LastName', '')}, {said.get('FirstName', '')}"
    return Person(
        name,
        canvas_id=said.get("ID") or None,
        number=said.get("SIS User ID") or None,
        login=said.get("SIS Login ID") or None,
    )


def _cell(row: Row, at: int) -> str:
    cells = row.texts()
    return cells[at].strip() if at < len(cells) else ""


def _untouched(before: str, grade: Decimal) -> str | None:
    """Say why a cell stays as it is."""
    if before.upper() == "EX":
        return "excused in Canvas: left so"
    if before.upper() == "N/A":
        return "not assigned to this student: Canvas takes no grade"
    if number(before) == grade:
        return f"unchanged, {before}: Canvas's preview will not show it"
    return None
