"""Downloads that no platform named: a folder per student, or names by a pattern of one's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from grader.collect.people import Person
from grader.collect.piece import Piece, Sorted, instant
from grader.errors import CourseError
from grader.submission.files import Member
from grader.submission.folder import is_attempt


def read(members: Iterable[Member]) -> Sorted:
    """Sort a folder of students' folders, whose own folders may be numbered or dated attempts.

    A zip or notebook that lies beside the folders is a student's too, named after them.
    """
    students: dict[str, list[Member]] = defaultdict(list)
    pieces: list[Piece] = []
    unmatched: list[tuple[str, str]] = []
    for member in members:
        if len(member.path.parts) > 1:
            students[member.path.parts[0]].append(member)
        elif member.path.suffix.casefold() in {".zip", ".ipynb"}:
            person = Person(member.path.stem)
            pieces.append(Piece(member, (person,), PurePosixPath(member.name)))
        else:
            unmatched.append((str(member), "lies in no student's folder"))
    for name, files in students.items():
        pieces += _of_student(Person(name), files)
    return Sorted(pieces, unmatched)


def by_pattern(members: Iterable[Member], pattern: re.Pattern[str]) -> Sorted:
    """Sort files by the groups that nbgrader's collectors know.

    ``student_id`` is needed; ``file_id``, ``first_name``, ``last_name``, ``email`` and
    ``timestamp`` count where they are.  A file name without suffix keeps its file's.
    """
    pieces: list[Piece] = []
    unmatched: list[tuple[str, str]] = []
    for member in members:
        path = member.path.as_posix()
        # nbgrader matches whole paths, so its expressions may begin with a folder.
        found = pattern.match(path) or pattern.match(f"/{path}")
        groups = {name: text for name, text in (found.groupdict() if found else {}).items() if text}
        if "student_id" not in groups:
            unmatched.append((path, "does not match the pattern"))
            continue
        name = f"{groups.get('first_name', '')} {groups.get('last_name', '')}".strip()
        person = Person(
            name or groups["student_id"], number=groups["student_id"], email=groups.get("email")
        )
        stamp = groups.get("timestamp", "")
        file = groups.get("file_id", member.name)
        file += "" if PurePosixPath(file).suffix else member.path.suffix
        pieces.append(Piece(member, (person,), PurePosixPath(file), stamp, received=instant(stamp)))
    return Sorted(pieces, unmatched)


def compiled(pattern: str, said_by: str) -> re.Pattern[str]:
    """Return a pattern of one's own; raises :class:`~grader.errors.CourseError`."""
    try:
        made = re.compile(pattern)
    except re.error as error:
        raise CourseError(
            f"{said_by}: {pattern!r} is no regular expression ({error})\n"
            r"  next: write one such as '(?P<student_id>\w+)_(?P<file_id>.+)'"
        ) from None
    if "student_id" not in made.groupindex:
        raise CourseError(
            f"{said_by}: {pattern!r} does not say which part is the student\n"
            "  next: put (?P<student_id>…) around it"
        )
    return made


def _of_student(person: Person, files: list[Member]) -> list[Piece]:
    inside = [PurePosixPath(*file.path.parts[1:]) for file in files]
    attempts = all(len(path.parts) > 1 and is_attempt(path.parts[0]) for path in inside)
    if not attempts:
        return [Piece(file, (person,), path) for file, path in zip(files, inside, strict=True)]
    return [
        Piece(
            file,
            (person,),
            PurePosixPath(*path.parts[1:]),
            path.parts[0],
            received=_received(path.parts[0]),
        )
        for file, path in zip(files, inside, strict=True)
    ]


def _received(attempt: str) -> str | None:
    """Return the instant in a folder's name; a date alone does not say when."""
    return instant(attempt) if len(attempt) > len("2026-11-23") else None
