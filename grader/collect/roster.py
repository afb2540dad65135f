"""A roster: who should have handed in, from any table with names, numbers or addresses."""

from __future__ import annotations

from pathlib import Path

from grader import sheet
from grader.collect.people import Person

TEST_STUDENT = "Student, Test"  # whom Canvas adds to every course

# What a column holds, by its heading; a gradebook of Canvas or a worksheet of Moodle will do too.
HEADINGS = {
    "name": ("name", "student", "student name", "full name", "fullname", "nombre completo",
             "vollständiger name", "nom complet", "nome completo", "volledige naam"),
    "first": ("first name", "firstname", "first", "first_name", "vorname", "nombre", "prénom"),
    "last": ("last name", "lastname", "last", "last_name", "surname", "nachname", "apellidos",
             "apellido", "nom de famille"),
    "email": ("email", "e-mail", "email address", "e-mail-adresse", "dirección de correo",
              "correo", "adresse de courriel"),
    "number": ("student_id", "student id", "sid", "sis user id", "id number", "number",
               "matrikelnummer"),
    "login": ("sis login id", "login", "username", "user"),
    "moodle_id": ("identifier", "identificador", "identifiant", "id"),
}  # fmt: skip


def read(path: Path) -> list[Person]:
    """Return the people of a roster; without a heading, its first column are their names.

    Raises :class:`~grader.errors.GraderError` where there is no such file, or nothing in it.
    """
    rows = [row.texts() for row in sheet.read(path).rows]
    first = [sheet_heading.strip().casefold() for sheet_heading in rows[0]]
    columns = {
        kind: next((first.index(word) for word in words if word in first), None)
        for kind, words in HEADINGS.items()
    }
    if all(at is None for at in columns.values()):
        return [Person(row[0].strip()) for row in rows if row[0].strip()]
    canvas = "section" in first
    found = [_person(row, columns, canvas=canvas) for row in rows[1:]]
    return [person for person in found if person]


def _person(row: list[str], columns: dict[str, int | None], *, canvas: bool) -> Person | None:
    said = {
        kind: row[at].strip() if at is not None and at < len(row) else ""
        for kind, at in columns.items()
    }
    name = said["name"] or f"{said['first']} {said['last']}".strip()
    number, identifier = said["number"] or None, said["moodle_id"]
    digits = identifier.rpartition(" ")[2]
    if canvas and (not digits.isdecimal() or name == TEST_STUDENT):
        return None  # the rows of posting policies and possible points, and nobody
    called = name or number or said["login"] or said["email"]
    if not called:
        return None
    return Person(
        called,
        canvas_id=digits if canvas else None,
        moodle_id=digits if " " in identifier and not canvas else None,
        number=number or (identifier or None if " " not in identifier and not canvas else None),
        login=said["login"] or None,
        email=said["email"] or None,
    )
