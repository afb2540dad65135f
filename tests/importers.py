"""What Canvas and Moodle do with an uploaded table, by the rules that their own code follows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

COMPUTED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


@dataclass
class Taken:
    """What an import changes."""

    grades: dict[str, str] = field(default_factory=dict)  # by the platform's number of a student
    strangers: list[str] = field(default_factory=list)  # rows that are nobody's
    new_columns: list[str] = field(default_factory=list)  # that would be made


def canvas(
    data: bytes, students: Mapping[str, tuple[str, str, str]], assignments: Mapping[str, str]
) -> Taken:
    """Import a gradebook: students are number → (sortable name, SIS number, login)."""
    text = data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    header = table[0]
    split = header[:2] == ["LastName", "FirstName"]
    assert "Student" in header[0] or split, "Invalid header row"
    places = 2 if split else 1
    assert header[places] == "ID"
    width = places + 2
    for optional in ("SIS User ID", "SIS Login ID", "Integration ID", "Root Account"):
        width += optional in header
    assert header[width - 1] == "Section", "the last of the student columns"
    taken = Taken()
    columns = _assignments(header, width, assignments, taken)
    for row in table[1:]:
        if not "".join(row).strip() or "Points Possible" in row[0]:
            continue
        if all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row):
            continue
        said = dict(zip(header, row, strict=True))
        found = _student(row[0], said, students)
        if found is None:
            taken.strangers.append(row[0])
        for at in columns:
            if found is not None:
                taken.grades[found] = _number(row[at].strip())
    return taken


def _assignments(
    header: list[str], width: int, assignments: Mapping[str, str], taken: Taken
) -> list[int]:
    """Return the columns that grades are taken from; others are computed, or would be made."""
    columns = []
    for at, title in enumerate(header[width:], start=width):
        if COMPUTED.search(title):
            continue
        number = re.fullmatch(r".*\((\d+)\)", title)
        if (number and number[1] in assignments) or title in assignments.values():
            columns.append(at)
        else:
            taken.new_columns.append(title)
    return columns


def _student(
    name: str, said: Mapping[str, str], students: Mapping[str, tuple[str, str, str]]
) -> str | None:
    """Return whose row it is: by number, by the school's, by login, by name, in this order."""
    if said["ID"] in students:
        return said["ID"]
    row = (name, said.get("SIS User ID"), said.get("SIS Login ID"))
    for place in (1, 2, 0):
        for number, known in students.items():
            if row[place] and row[place] == known[place]:
                return number
    return None


def _delimiter(text: str) -> str:
    """Return the sign that parts the first three lines into as many fields each."""
    counts = {}
    for sign in ";,":
        lines = {len(row) for row in csv.reader(text.splitlines()[:3], delimiter=sign)}
        counts[sign] = lines.pop() if len(lines) == 1 else 0
    return ";" if counts[";"] > counts[","] else ","


def _number(cell: str) -> str:
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *whole, last = re.split(r"[.,]", cell)
    return f"{''.join(whole)}.{last}" if whole else last


@dataclass(frozen=True)
class Language:
    """What Moodle calls things for whoever imports."""

    identifier: str
    grade: str
    graded: str
    participant: str
    decimal: str = "."


@dataclass
class State:
    """What Moodle knows of a participant."""

    grade: Decimal | None = None
    locked: bool = False


def moodle(
    data: bytes, language: Language, states: Mapping[str, State], maximum: Decimal, delimiter: str
) -> Taken:
    """Import a worksheet; rows that it would pass over change nothing."""
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    at = {heading: place for place, heading in enumerate(table[0])}
    needed = [language.identifier, language.grade, language.graded]
    assert all(heading in at for heading in needed), "invalid grade import"
    taken = Taken()
    for row in table[1:]:
        number = row[at[language.identifier]].removeprefix(language.participant).strip()
        state = states.get(number)
        if state is None:
            taken.strangers.append(row[at[language.identifier]])
            continue
        cell = row[at[language.grade]].replace(language.decimal, ".")
        if not re.fullmatch(r"-?\d+(\.\d+)?", cell):
            continue
        grade = Decimal(cell)
        if state.grade == grade or grade < 0 or grade > maximum or state.locked:
            continue
        taken.grades[number] = str(grade)
    return taken
