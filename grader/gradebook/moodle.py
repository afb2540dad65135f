"""Moodle: the grading worksheet that it exported, with the grades filled in and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grader.errors import ExchangeError
from grader.gradebook.filling import Filling, Written, match, text
from grader.gradebook.marks import Mark
from grader.gradebook.worksheet import Worksheet
from grader.render.gradebook import inert
from grader.sheet import decimal_comma, number

MOST = 8  # lines in one remark


def fill(work: Worksheet, marks: Sequence[Mark]) -> Filling:
    """Return the worksheet with the grades of the final reports.

    Raises :class:`~grader.errors.ExchangeError` where it is graded by words instead of points.
    """
    columns = work.columns
    maximum = _maximum(work)
    matched = match(marks, work.people, maximum)
    comma = decimal_comma(
        work.cell(n, at) for at in (columns.maximum, columns.grade) for n in work.rows
    )
    changes: dict[tuple[int, int], str] = {}
    written: list[Written] = []
    skipped: list[tuple[int, str, str]] = []
    for n, person in work.people.items():
        given = matched.given.get(n)
        reason = _untouched(work, n, given.grade) if given else "no report is this student's"
        if given is None or reason:
            skipped.append((n + 1, person.name, str(reason)))
            continue
        changes[n, columns.grade] = text(given.grade, comma)
        before = work.cell(n, columns.grade)
        written.append(Written(person.name, before, changes[n, columns.grade]))
    remarks = [matched.scaled] if matched.scaled else []
    remarks += _remarks(work, maximum, sum(1 for one in written if one.before))
    return Filling(
        work.sheet.filled(changes), tuple(written), tuple(skipped), matched.absent, tuple(remarks)
    )


def _maximum(work: Worksheet) -> Decimal | None:
    """Return the greatest grade that Moodle takes; raises for words of a scale."""
    if work.columns.maximum is None or not work.rows:
        return None
    said = {work.cell(n, work.columns.maximum) for n in work.rows}
    values = {number(one) for one in said}
    if None in values or len(values) != 1:
        raise ExchangeError(
            f"the worksheet states no one maximum grade, but {', '.join(sorted(said))}: a "
            "scale in words cannot be filled with points\n"
            "  next: let the assignment be graded by points in Moodle, and export it again"
        )
    return values.pop()


def _untouched(work: Worksheet, n: int, grade: Decimal) -> str | None:
    """Say why Moodle would pass over a row without a word."""
    columns, before = work.columns, work.cell(n, work.columns.grade)
    if columns.no and work.cell(n, columns.changeable).casefold() == columns.no:
        return "locked: the grade cannot be changed"
    if work.people[n].moodle_id is None:
        return "no participant's number"
    if len(work.rows[n]) <= columns.grade:
        return "the row is cut short"
    if number(before) == grade:
        return f"unchanged, {before}"
    return None


def _remarks(work: Worksheet, maximum: Decimal | None, graded_before: int) -> list[str]:
    remarks = []
    if maximum is None:
        remarks.append("the maximum grade is not known: Moodle passes over grades above it")
    if work.columns.no and work.columns.graded is None:
        remarks.append("the column when it was graded last is missing: Moodle refuses the file")
    if graded_before:
        remarks.append(
            f"{graded_before} had a grade: where it was given after this export, Moodle passes "
            "over the row unless 'Allow updating records that have been modified more recently' "
            "is ticked"
        )
    sheet = work.sheet
    if sheet.separator != "," or sheet.encoding != "utf-8":
        sign = {";": "semicolon", "\t": "tab"}.get(sheet.separator, "comma")
        remarks.append(
            f"separator and encoding are kept ({sign}, {sheet.encoding}); a Moodle that does not "
            "ask for them on upload reads commas and utf-8 only"
        )
    risky = [n + 1 for n, cells in work.rows.items() if any(map(_is_formula, cells))]
    if risky:
        lines = ", ".join(map(str, risky[:MOST])) + (", …" if len(risky) > MOST else "")
        remarks.append(
            f"line {lines}: cells that a spreadsheet would run as formulas are kept as Moodle "
            "wrote them; upload the file without opening it"
        )
    return remarks


def _is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would run a cell; "-", Moodle's word for no date, is none."""
    return inert(cell) != cell and cell.strip() != "-" and number(cell) is None
