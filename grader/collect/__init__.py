"""Collecting: a platform's download becomes ``submissions/<student>/<attempt>/``.

Nothing is renamed or changed in place.  Collecting again adds attempts and repeats none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.collect import canvas, download, folders, gradescope, ledger, moodle, naming, store
from grader.collect.ledger import Attempt, Ledger, Student
from grader.collect.people import Person, pair
from grader.collect.piece import Piece, Sorted
from grader.errors import GraderError, SubmissionError
from grader.submission.files import Member
from grader.submission.names import natural, printable

__all__ = ["Collection", "Line", "collect"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was collected of one student this time."""

    folder: str
    attempts: tuple[Attempt, ...]
    fresh: int  # how many of them were not there before


@dataclass(frozen=True, slots=True)
class Collection:
    """What a download held."""

    platform: str
    lines: tuple[Line, ...]
    unmatched: tuple[tuple[str, str], ...]  # paths that are nobody's, and why
    failed: tuple[tuple[str, str], ...]  # files that could not be read, and why
    missing: tuple[Person, ...]  # on the roster, and nothing collected now or before
    strangers: tuple[str, ...]  # folders of those who are not on the roster
    rostered: bool


def collect(
    source: Path,
    out: Path,
    *,
    roster: Sequence[Person] | None = None,
    pattern: re.Pattern[str] | None = None,
) -> Collection:
    """Copy what students handed in from a download into a folder, and note whose it is.

    Raises :class:`~grader.errors.SubmissionError` for a download that cannot be read or that
    holds nothing of a student's, :class:`~grader.errors.GraderError` where nothing can be written.
    """
    _require_apart(source, out)
    known = ledger.read(out)
    with download.opened(source) as members:
        platform, found = _sorted(members, pattern)
        if not found.pieces:
            raise SubmissionError(
                f"{printable(source)} holds nothing that can be told to be a student's "
                f"({len(found.unmatched)} files, such as {_first(found)})\n"
                "  next: give a folder per student, or say how files are named with --pattern"
            )
        pieces = _by_student(_named(found.pieces, roster or ()))
        students = {student.identity: student for student in known.students}
        _take_in(students, pieces)
        lines: list[Line] = []
        failed: list[tuple[str, str]] = []
        try:
            for identity, attempts in pieces.items():
                students[identity], line, problems = _keep(
                    students[identity], attempts, out, source.name
                )
                lines += [line] if line.attempts else []
                failed += problems
        finally:  # what is copied is listed, even where the disk is full
            ledger.write(out, _of(students))
    whole = _of(students)
    missing, strangers = _compared(whole, roster or ())
    return Collection(
        platform,
        tuple(sorted(lines, key=lambda line: natural(line.folder))),
        tuple(found.unmatched),
        tuple(failed),
        missing,
        strangers if roster is not None else (),
        rostered=roster is not None,
    )


def _sorted(members: Sequence[Member], pattern: re.Pattern[str] | None) -> tuple[str, Sorted]:
    """Find out which platform made a download, perhaps in a folder of its own, and sort it."""
    if pattern is not None:
        return "pattern", folders.by_pattern(members, pattern)
    for files in (members, _unwrapped(members)):
        for reader in (gradescope, moodle, canvas):
            if reader.fits(files):
                return reader.__name__.rpartition(".")[2], reader.read(files)
    return "folders", folders.read(members)


def _unwrapped(members: Sequence[Member]) -> Sequence[Member]:
    """Return the files without the one folder that all of them lie in, if there is one."""
    tops = {member.path.parts[0] for member in members}
    if len(tops) != 1 or any(len(member.path.parts) == 1 for member in members):
        return members
    return [replace(one, path=one.path.relative_to(one.path.parts[0])) for one in members]


def _named(pieces: Sequence[Piece], roster: Sequence[Person]) -> list[Piece]:
    """Give everybody who is on the roster the roster's name, number, login and address.

    Not to those whom the download knows by name alone: a later one must know them again.
    """
    people = list(dict.fromkeys(person for piece in pieces for person in piece.people))
    paired = pair(people, roster)
    known = {
        person: _enriched(person, roster[paired[at]]) if at in paired else person
        for at, person in enumerate(people)
    }
    return [replace(piece, people=tuple(known[one] for one in piece.people)) for piece in pieces]


def _enriched(person: Person, row: Person) -> Person:
    richer = replace(
        person,
        name=row.name,
        number=person.number or row.number,
        login=person.login or row.login,
        email=person.email or row.email,
    )
    return richer if richer.identity == person.identity else person


def _by_student(pieces: Sequence[Piece]) -> dict[str, list[list[Piece]]]:
    """Return the attempts of each student, the earliest first."""
    found: dict[str, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        identity = Student("", piece.people, ()).identity
        found[identity][piece.attempt].append(piece)
    return {
        identity: [attempts[name] for name in sorted(attempts, key=natural)]
        for identity, attempts in found.items()
    }


def _take_in(students: dict[str, Student], pieces: dict[str, list[list[Piece]]]) -> None:
    """Give those who are new a folder each."""
    fresh = [identity for identity in pieces if identity not in students]
    people = [pieces[identity][0][0].people for identity in fresh]
    taken = [student.folder for student in students.values()]
    for identity, group, folder in zip(fresh, people, naming.folders(people, taken), strict=True):
        students[identity] = Student(folder, group, ())


def _keep(
    student: Student, attempts: Sequence[Sequence[Piece]], out: Path, source: str
) -> tuple[Student, Line, list[tuple[str, str]]]:
    """Store a student's attempts; return the student with them, and what was new."""
    earlier = list(student.attempts)
    kept: list[Attempt] = []
    failed: list[tuple[str, str]] = []
    for number, pieces in enumerate(attempts, start=1):
        latest = number == len(attempts)
        became = store.keep(out / student.folder, pieces, earlier, source, latest=latest)
        failed += became.failed
        if became.attempt:
            kept.append(became.attempt)
            earlier += [became.attempt] if became.fresh else []
    fresh = len(earlier) - len(student.attempts)
    return (
        replace(student, attempts=tuple(earlier)),
        Line(student.folder, tuple(kept), fresh),
        failed,
    )


def _compared(
    collected: Ledger, roster: Sequence[Person]
) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Return who of the roster is missing, and the folders of those who are not on it."""
    people = [(person, one.folder) for one in collected.students for person in one.people]
    paired = pair([person for person, _ in people], roster)
    there = set(paired.values())
    missing = tuple(person for at, person in enumerate(roster) if at not in there)
    strangers = [folder for at, (_, folder) in enumerate(people) if at not in paired]
    return missing, tuple(dict.fromkeys(strangers))


def _of(students: dict[str, Student]) -> Ledger:
    return Ledger(tuple(student for student in students.values() if student.attempts))


def _first(found: Sorted) -> str:
    return printable(found.unmatched[0][0]) if found.unmatched else "nothing"


def _require_apart(source: Path, out: Path) -> None:
    """Refuse to copy a folder into itself."""
    try:
        inside = out.resolve().is_relative_to(source.resolve())
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraderError(
            f"{out}: the folder for submissions cannot be made ({error.strerror})\n"
            "  next: name another one with --out"
        ) from error
    if inside:
        raise GraderError(
            f"{out} lies in {source}, the download itself\n"
            "  next: name a folder outside of it with --out"
        )
