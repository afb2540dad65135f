"""Canvas's download: one flat row of files, whose names say whose each is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.collect.people import Person
from grader.collect.piece import Piece, Sorted
from grader.submission.files import Member

# okaforamina_LATE_4821_99231_exercises.py, LATE_anon_x7Gq2_99231_exercises.py, …_text.html
_NAME = re.compile(
    r"(?:(?P<slug>(?!anon_|LATE_)\w*?)_)?(?:(?P<late>LATE)_)?"
    r"(?:anon_(?P<anonymous>[0-9A-Za-z]+)|(?P<id>\d+))_"
    r"(?:\d+_(?P<file>.+)|(?P<kind>text|link)\.html)",
    re.DOTALL,
)
# Canvas numbers a file whose name the student has used before: xor.py, xor-1.py, xor-2.py.
_AGAIN = re.compile(r"(?P<base>.+)-(?P<number>[1-9]\d{0,2})(?P<suffix>\.(?:py|ipynb|zip))")


@dataclass(frozen=True, slots=True)
class _File:
    piece: Piece
    base: str  # the name without Canvas's number
    version: int


def fits(members: Iterable[Member]) -> bool:
    """Tell whether most of the files are named as Canvas names them, and lie in no folders."""
    named = [len(one.path.parts) == 1 and bool(_NAME.fullmatch(one.name)) for one in members]
    return 2 * sum(named) > len(named)


def read(members: Iterable[Member]) -> Sorted:
    """Sort a download; a file that was handed in again makes a further attempt.

    Canvas hands out only the latest submission, but that may hold a file several times.
    """
    students: dict[str, list[_File]] = defaultdict(list)
    unmatched: list[tuple[str, str]] = []
    for member in members:
        found = _NAME.fullmatch(str(member.path))
        if not found:
            unmatched.append((str(member.path), "is not named as Canvas names files"))
            continue
        person = _person(found)
        file = found["file"] or f"{found['kind']}.html"
        again = _AGAIN.fullmatch(file)
        base = f"{again['base']}{again['suffix']}" if again else file
        piece = Piece(member, (person,), PurePosixPath(file), late=bool(found["late"]))
        version = int(again["number"]) if again else 0
        students[person.identity].append(_File(piece, base, version))
    pieces = [piece for files in students.values() for piece in _attempts(files)]
    return Sorted(pieces, unmatched)


def _person(found: re.Match[str]) -> Person:
    if found["anonymous"]:
        return Person(f"anon {found['anonymous']}", canvas_anonymous=found["anonymous"])
    slug = found["slug"] or ""
    return Person(slug or found["id"], canvas_id=found["id"], canvas_slug=slug or None)


def _attempts(files: Sequence[_File]) -> list[Piece]:
    """Return a student's files in their attempts, each with the newest file of every name yet."""
    bases: dict[str, list[_File]] = defaultdict(list)
    for one in files:
        bases[one.base].append(one)
    rows: list[list[_File]] = []
    for same in bases.values():
        # part-1.py and part-2.py without part.py are two files of one attempt, named so by hand.
        if len(same) == 1 or any(one.version == 0 for one in same):
            rows.append(sorted(same, key=lambda one: one.version))
        else:
            rows += [[_File(one.piece, one.piece.path.name, 0)] for one in same]
    latest = max(len(row) for row in rows)
    return [
        _renamed(row[min(attempt, len(row) - 1)], attempt)
        for attempt in range(latest)
        for row in rows
    ]


def _renamed(one: _File, attempt: int) -> Piece:
    piece = one.piece
    return Piece(
        piece.member, piece.people, PurePosixPath(one.base), str(attempt + 1), late=piece.late
    )
