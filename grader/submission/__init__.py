"""What was handed in: a file, a folder or a zip becomes source text by exercise.

``find`` tells one submission from a class of them, ``read`` reads one.  Nothing that a student
made is run or unpacked here, and what cannot be read is said, never passed over.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.model import Course, Submission
from grader.submission import archive, folder
from grader.submission.choice import from_modules, no_exercise, nothing_in, stray
from grader.submission.files import Member, UnreadableError, contents, turned_around
from grader.submission.names import file_stems, is_python, printable
from grader.submission.notebooks import from_notebooks

__all__ = ["Found", "Refusal", "file_stems", "find", "read"]


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
    earlier: tuple[Submission, ...] = ()  # attempts before the one that is among the submissions


def find(paths: Iterable[Path], course: Course) -> Found:
    """Read every submission that the paths hold, each path a submission or a class.

    A folder that holds work directly is one submission; any other folder is a class, and each
    of its subfolders a submission.  What cannot be read is among the refused; nothing raises.
    A student of a class whose work cannot be read is among the submissions as well, with nothing
    handed in and a note that says why: nobody is missing from the grades.
    """
    submissions: list[Submission] = []
    earlier: list[Submission] = []
    refused: list[Refusal] = []
    for path in dict.fromkeys(map(_absolute, paths)):
        try:
            students, strays = _students(path, course)
        except SubmissionError as error:
            refused.append(Refusal(_name(path), path, str(error)))
            continue
        for student in students:
            try:
                submissions.append(read(student, course))
                earlier += _before_the_latest(student, course)
            except SubmissionError as error:
                refused.append(Refusal(_name(student), student, str(error)))
                if student != path:
                    unread = Submission(_name(student), student, {}, notes=(str(error),))
                    submissions.append(unread)
        refused += [Refusal(_name(path), path, stray(path.name, course)) for path in strays]
    return Found(tuple(submissions), tuple(refused), tuple(earlier))


def read(path: Path, course: Course) -> Submission:
    """Read one submission: a ``.py`` file, a notebook, a zip, or a folder that holds such.

    A folder with only numbered or dated folders holds attempts: the latest counts.  A file
    that belongs to one exercise but cannot be read gives a source with a problem; raises
    :class:`~grader.errors.SubmissionError` where the whole path cannot be read.
    """
    path = _absolute(path)
    _require_there(path)
    found = folder.attempts(path, course) if folder.is_folder(path) else []
    return _read(path, found[-1] if found else None, course)


def _before_the_latest(path: Path, course: Course) -> Iterator[Submission]:
    """Yield a student's attempts before the latest, those that can be read."""
    found = folder.attempts(path, course) if folder.is_folder(path) else []
    for attempt in found[:-1]:
        with contextlib.suppress(SubmissionError):  # it cannot be the best one
            yield _read(path, attempt, course)


def _read(path: Path, attempt: Path | None, course: Course) -> Submission:
    home = attempt or path
    members, problems = _members(home)
    modules, notes = from_modules(members, course)
    notebooks = from_notebooks([one for one in members if _is(one, ".ipynb")], course, modules)
    problems += notebooks.problems
    problems += [
        f"{one} is a zip in a zip: zip the files once" for one in members if _is(one, ".zip")
    ]
    sources = modules | notebooks.sources
    if not sources:
        notes = [_nothing(home, members, course)]
        if problems or not folder.is_folder(home):
            raise SubmissionError("; ".join(problems or notes))
    notes += [
        note for one in sources.values() if (note := turned_around(one.text, printable(one.file)))
    ]
    return Submission(
        student=_name(path),
        path=home,
        sources=sources,
        attempt=attempt.name if attempt else None,
        notes=(*notes, *notebooks.notes, *problems),
        remarks=notebooks.remarks,
    )


def _students(path: Path, course: Course) -> tuple[list[Path], list[Path]]:
    """Return the submissions at a path, and the Python files of a class that are none."""
    _require_there(path)
    if not folder.is_folder(path):
        return [path], []
    zipped = folder.is_class_of_zips(path, course)
    if folder.holds_work(path, course) and not zipped:
        return [path], []
    inside = folder.children(path)
    students = [c for c in inside if folder.is_folder(c) or (zipped and folder.is_zip(c))]
    strays = [child for child in inside if is_python(child.name) and child not in students]
    if not students:
        raise SubmissionError(nothing_in(str(path), [child.name for child in inside], course))
    return students, strays


def _members(home: Path) -> tuple[list[Member], list[str]]:
    if folder.is_folder(home):
        return folder.members(home)
    if not home.name.casefold().endswith(".zip"):
        load = functools.partial(contents, home, home.parent)
        return [Member(PurePosixPath(home.name), load)], []
    try:
        return archive.members(home, home.parent), []
    except UnreadableError as error:
        return [], [str(error)]


def _is(member: Member, suffix: str) -> bool:
    return member.path.suffix.casefold() == suffix


def _nothing(home: Path, members: Iterable[Member], course: Course) -> str:
    held = [str(member.path) for member in members]
    if held == [home.name]:
        return no_exercise(home.name, course)
    return nothing_in(home.name, held, course)


def _require_there(path: Path) -> None:
    try:
        path.lstat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        close = difflib.get_close_matches(path.name, _beside(path), n=1)
        hint = f"did you mean {printable(close[0])}?" if close else "check the path"
        raise SubmissionError(f"{printable(path)} cannot be found ({reason}): {hint}") from None


def _beside(path: Path) -> list[str]:
    try:
        return [sibling.name for sibling in folder.children(path.parent)]
    except SubmissionError:
        return []


def _absolute(path: Path) -> Path:
    # Not resolved: a submission keeps the name that was typed, even where that is a link.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _name(path: Path) -> str:
    """Return the student's name: the folder's, or the file's without its suffix."""
    return path.name if folder.is_folder(path) else path.stem
