"""What was handed in: a file, a folder or a zip becomes source text by exercise.

``find`` tells one submission from a class of them, ``read`` reads one.  Nothing that a student
made is run, unpacked or believed here, and what cannot be read is said, never skipped.
"""

from __future__ import annotations

import difflib
import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.model import Course, Exercise, Source, Submission
from grader.submission import archive, folder
from grader.submission.files import SOURCE_LIMIT, Member, UnreadableError, contents, decoded
from grader.submission.names import (
    Match,
    file_stems,
    is_python,
    module_files,
    printable,
    recognise,
    suggestion,
)

__all__ = ["Found", "Refusal", "file_stems", "find", "read"]

MAX_LISTED = 8  # names in one message


@dataclass(frozen=True, slots=True)
class Refusal:
    """A path that cannot be taken as a submission, and why."""

    student: str
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a row of paths holds."""

    submissions: tuple[Submission, ...]
    refused: tuple[Refusal, ...]


def find(paths: Sequence[Path], course: Course) -> Found:
    """Read every submission that the paths hold, each path a submission or a class.

    A folder that holds work directly is one submission; any other folder is a class, and each
    of its subfolders a submission.  What cannot be read is among the refused.
    """
    submissions: list[Submission] = []
    refused: list[Refusal] = []
    for path in dict.fromkeys(map(_absolute, paths)):
        try:
            places, strays = _submissions_at(path, course)
        except SubmissionError as error:
            refused.append(Refusal(_student(path), path, str(error)))
            continue
        refused += strays
        for place in places:
            try:
                submissions.append(read(place, course))
            except SubmissionError as error:
                refused.append(Refusal(_student(place), place, str(error)))
    return Found(tuple(submissions), tuple(refused))


def read(path: Path, course: Course) -> Submission:
    """Read one submission: a ``.py`` file, a notebook, a zip, or a folder that holds such.

    A folder with only numbered or dated folders holds attempts: the latest counts.  A file
    that belongs to one exercise but cannot be read gives a source with a problem; raises
    :class:`~grader.errors.SubmissionError` where the whole path cannot be read.
    """
    path = _absolute(path)
    _require_there(path)
    attempt = folder.latest_attempt(path, course) if path.is_dir() else None
    home = attempt or path
    members, problems = _members(home, course)
    sources, notes = _from_modules(members, course)
    for member in members:
        if is_python(member.name):
            continue
        try:
            for name, source in _from_other(member, course).items():
                sources.setdefault(name, source)
        except UnreadableError as error:
            problems.append(str(error))
    if not sources and home.is_dir():
        notes.insert(0, _nothing_in(home.name, members, course))
    elif not sources and not problems:
        problems.append(_nothing_in(home.name, members, course))
    if problems and not sources:
        raise SubmissionError("; ".join(problems))
    return Submission(
        _student(path), home, sources, attempt.name if attempt else None, (*notes, *problems)
    )


def _submissions_at(path: Path, course: Course) -> tuple[list[Path], list[Refusal]]:
    _require_there(path)
    if not path.is_dir() or folder.holds_work(path, course):
        return [path], []
    students = folder.subfolders(path)
    strays = [child for child in folder.children(path) if is_python(child.name)]
    if not students:
        held = [Member(PurePosixPath(child.name), _never) for child in folder.children(path)]
        raise SubmissionError(_nothing_in(printable(path), held, course))
    return students, [
        Refusal(_student(stray), stray, _ignored(stray.name, course)) for stray in strays
    ]
