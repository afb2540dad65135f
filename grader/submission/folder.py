"""Folders: whether one is a submission, a class or a row of attempts, and what it holds."""

from __future__ import annotations

import functools
import os
import re
from collections import deque
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.model import Course
from grader.submission import archive
from grader.submission.files import Member, UnreadableError, contents
from grader.submission.names import is_hidden, is_python, natural, printable, recognise

MAX_FILES = 2_000

# "3", "attempt 3", "2026-11-23T1240Z", "20261123_1240"
_NUMBERED = re.compile(r"(?:(?:attempt|submission|try|version|v)[ _-]*)?[0-9]+", re.IGNORECASE)
_DATED = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?![0-9]).*", re.DOTALL)


def children(folder: Path) -> list[Path]:
    """Return what a folder holds in natural order, without hidden files.

    Raises :class:`~grader.errors.SubmissionError` where it may not be looked into.
    """
    try:
        names = [name for name in os.listdir(folder) if not is_hidden(name)]  # noqa: PTH208
    except OSError as error:
        raise SubmissionError(
            f"{printable(folder)} cannot be opened ({error.strerror}): check who may read it"
        ) from None
    return [folder / name for name in sorted(names, key=natural)]


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; one that may not be looked at is none."""
    return os.path.isdir(path)  # noqa: PTH112  Path.is_dir raises for what may not be looked at


def holds_work(folder: Path, course: Course) -> bool:
    """Tell whether a folder directly holds an exercise's module, a notebook or a zip."""
    return any(
        recognise(child.name, course) or (_is_work(child.name) and not is_folder(child))
        for child in children(folder)
    )


def is_class_of_zips(folder: Path, course: Course) -> bool:
    """Tell whether the zips of a folder are a submission each, and not parts of one.

    They are where there are several, or one beside folders that hold work, and nothing else that
    was handed in: platforms hand out a class in this form.
    """
    inside = children(folder)
    zips = [child for child in inside if is_zip(child)]
    loose = any(
        recognise(child.name, course) or child.name.casefold().endswith(".ipynb")
        for child in inside
        if not is_folder(child)
    )
    if not zips or loose:
        return False
    return len(zips) > 1 or any(is_folder(child) and _has_work(child, course) for child in inside)


def _has_work(folder: Path, course: Course) -> bool:
    try:
        return holds_work(folder, course) or bool(attempts(folder, course))
    except SubmissionError:
        return True  # it may not be looked into, and whoever reads it says so


def is_zip(path: Path) -> bool:
    """Tell whether a path is a file that calls itself a zip."""
    return path.name.casefold().endswith(".zip") and not is_folder(path)


def _is_work(name: str) -> bool:
    """Tell whether a file is a notebook or a zip, which count whatever they are called."""
    return name.casefold().endswith((".ipynb", ".zip"))


def attempts(folder: Path, course: Course) -> list[Path]:
    """Return the numbered or dated folders, the latest last, where a folder holds only such."""
    inside = [child for child in children(folder) if is_folder(child) and not child.is_symlink()]
    only = all(is_attempt(child.name) for child in inside) and not holds_work(folder, course)
    return inside if only else []


def members(home: Path) -> tuple[list[Member], list[str]]:
    """Return the files in a folder and below it, zips opened, and what could not be looked into.

    The nearest come first, those of one folder in natural order.  Links to folders and virtual
    environments are passed over.
    """
    found: list[Member] = []
    problems: list[str] = []
    queue = deque([home])
    while queue and len(found) < MAX_FILES:
        folder = queue.popleft()
        try:
            inside = children(folder)
        except SubmissionError as error:
            problems.append(str(error))
            continue
        if any(child.name == "pyvenv.cfg" for child in inside):
            continue
        for child in inside:
            if is_folder(child) and not is_python(child.name):
                queue.extend([] if child.is_symlink() else [child])
                continue
            try:
                found += _files(child, home)
            except UnreadableError as error:
                problems.append(str(error))
    if len(found) > MAX_FILES or queue:
        problems.append(
            f"{printable(home.name)} holds more than {MAX_FILES:,} files: the deepest were not read"
        )
    return found, problems


def _files(child: Path, home: Path) -> list[Member]:
    where = PurePosixPath(*child.relative_to(home).parts)
    if not child.name.casefold().endswith(".zip"):
        return [Member(where, functools.partial(contents, child, home))]
    return [Member(where / file.path, file.load) for file in archive.members(child, home)]


def is_attempt(name: str) -> bool:
    """Tell whether a folder is named like one attempt of several: a number or a date."""
    return bool(_NUMBERED.fullmatch(name) or _DATED.fullmatch(name))
