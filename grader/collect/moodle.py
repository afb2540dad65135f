"""Moodle's download: a folder, or the beginning of a file name, says whose each file is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from grader.collect.people import Person
from grader.collect.piece import Piece, Sorted
from grader.submission.files import Member

# Amina Okafor_123456_assignsubmission_file/xor.py, …_file_/xor.py (before 4.1), …_file_xor.py
_NAME = re.compile(
    r"(?P<name>[^_/]*)_(?P<id>\d+)_assignsubmission_(?P<plugin>file|onlinetext)(?:_?/|_)(?P<file>.+)",
    re.DOTALL,
)
_ALL_OF = 3  # students: from so many on, what stands before every name is a group's


def fits(members: Iterable[Member]) -> bool:
    """Tell whether any of the files is named as Moodle names them."""
    return any(_NAME.fullmatch(one.path.as_posix()) for one in members)


def read(members: Iterable[Member]) -> Sorted:
    """Sort a download; under blind marking a student is known as a participant's number."""
    pieces: list[Piece] = []
    unmatched: list[tuple[str, str]] = []
    for member in members:
        path = member.path.as_posix()
        found = _NAME.fullmatch(path)
        if not found:
            unmatched.append((path, "is not named as Moodle names files"))
            continue
        place = path[: found.start("file")]
        number, name = found["id"], found["name"].strip()
        person = Person(name or number, moodle_id=number, moodle_path=place)
        pieces.append(Piece(member, (person,), PurePosixPath(found["file"])))
    return Sorted(_named_alone(pieces), unmatched)


def _named_alone(pieces: list[Piece]) -> list[Piece]:
    """Take a group's name from before the students': ``G1-Amina Okafor``.

    It is one where it has a digit or stands before everybody's name; other hyphens are part of
    a name.  A student's path stays that of the first file, and number and name stay together
    where participants are anonymous, since all of them have the same name.
    """
    names = {piece.people[0].moodle_id: piece.people[0].name for piece in pieces}
    groups = {name.partition("-")[0] if "-" in name else "" for name in names.values()}
    shared = len(groups) == 1 and len(names) >= _ALL_OF
    anonymous = len(names) > 1 and len(set(names.values())) == 1
    first: dict[str | None, Person] = {}
    for piece in pieces:
        person = piece.people[0]
        if person.moodle_id in first:
            continue
        group, hyphen, name = person.name.partition("-")
        if hyphen and name.strip() and (shared or any(map(str.isdigit, group))):
            person = replace(person, name=name.strip())
        if anonymous:
            person = replace(person, name=f"{person.name} {person.moodle_id}")
        first[person.moodle_id] = person
    return [replace(piece, people=(first[piece.people[0].moodle_id],)) for piece in pieces]
