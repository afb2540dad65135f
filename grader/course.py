"""A course: a folder of exercises, each a stub, a statement and its questions."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from grader.carried import CARRIED
from grader.errors import CourseError
from grader.exercise import load_exercise, read_text
from grader.model import Course, Exercise
from grader.questions import Questions

EXERCISES, SOLUTIONS = "exercises", "solutions"
SETTINGS = "course.toml"


def load(root: Path) -> Course:
    """Read the course in a folder; its questions are imported, its stubs are not.

    ``solutions/`` may be absent: then nothing is hidden and no exercise has a private folder.
    Raises :class:`~grader.errors.CourseError`, which names the file and what to mend.
    """
    course = read(root)
    for exercise in course.exercises:
        len(exercise.checks)
    return course


def read(root: Path) -> Course:
    """Read a course as :func:`load` does, but import its questions when one is looked at.

    Until then, whoever grades can read submissions and start a server.
    """
    root = _absolute(root)
    folders = _exercise_folders(root)
    _require_known_solutions(root, [folder.name for folder in folders])
    together: list[Questions] = []
    exercises = tuple(
        load_exercise(folder, _private(root / SOLUTIONS / folder.name), together)
        for folder in folders
    )
    _require_distinct_modules(exercises)
    return Course(_title(root), root, exercises)


def nearest(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` with exercises, else the package's course.

    A folder counts where it has ``exercises/<id>/check.py``: many folders are called exercises.
    Raises :class:`~grader.errors.CourseError` where there is neither.
    """
    start = _absolute(start)
    above = _above(start)
    if above is not None:
        return above
    if _has_exercises(CARRIED):
        return CARRIED
    raise CourseError(
        f"no course at or above {start}: go to a folder that has {EXERCISES}/, or name it with "
        "--course"
    )


def is_inside(start: Path) -> bool:
    """Tell whether a folder is a course or lies in one."""
    return _above(_absolute(start)) is not None


def find_exercise(course: Course, word: str) -> Exercise:
    """Return the exercise that ``q5``, ``Q5``, ``05``, ``5``, its id or its module names.

    Raises :class:`~grader.errors.CourseError` with a suggestion for any other word.
    """
    wanted = word.strip().casefold().removesuffix(".py")
    known: dict[str, list[Exercise]] = {}
    for exercise in course.exercises:
        for spelling in spellings(exercise):
            known.setdefault(spelling, []).append(exercise)
    meant = known.get(wanted, [])
    if len(meant) == 1:
        return meant[0]
    ids = ", ".join(exercise.id for exercise in meant or course.exercises)
    if meant:
        raise CourseError(f"{word!r} may be any of {ids}: write the whole name")
    close = difflib.get_close_matches(wanted, known, n=1)
    hint = f" (did you mean {known[close[0]][0].id}?)" if close else ""
    raise CourseError(f"{word!r} is no exercise of this course{hint}: it has {ids}")


def spellings(exercise: Exercise) -> set[str]:
    """Return the words that name an exercise, folded to lower case: its id, module and number."""
    words = {exercise.id, exercise.module, exercise.label}
    number = re.match(r"q([0-9]+)(?:_|$)", exercise.id, re.IGNORECASE)
    if number:
        digits = number[1]
        words |= {f"q{digits}", digits, str(int(digits))}
    return {word.casefold() for word in words}


def _exercise_folders(root: Path) -> list[Path]:
    home = root / EXERCISES
    if not home.is_dir():
        raise CourseError(
            f"{root} has no folder {EXERCISES}/: a course is a folder that holds "
            f"{EXERCISES}/<id>/ with README.md, check.py and a stub"
        )
    folders = sorted(entry for entry in home.iterdir() if entry.is_dir() and _counts(entry.name))
    if not folders:
        raise CourseError(f"{home} is empty: give each exercise a folder, such as q01_name")
    return folders


def _require_known_solutions(root: Path, ids: list[str]) -> None:
    """Refuse a misspelt folder, which would drop hidden questions without a word."""
    home = root / SOLUTIONS
    for entry in sorted(home.iterdir()) if home.is_dir() else []:
        if entry.is_dir() and _counts(entry.name) and entry.name not in ids:
            close = difflib.get_close_matches(entry.name, ids, n=1)
            hint = f": did you mean {close[0]}?" if close else f": {EXERCISES}/ has no such folder"
            raise CourseError(f"{entry} belongs to no exercise{hint}")


def _require_distinct_modules(exercises: tuple[Exercise, ...]) -> None:
    first: dict[str, Exercise] = {}
    for exercise in exercises:
        other = first.setdefault(exercise.module.casefold(), exercise)
        if other is not exercise:
            raise CourseError(
                f"{exercise.folder / exercise.module}.py: {other.id} has a stub of that name too; "
                "rename one, because a submission is told by its file name"
            )


def settings(root: Path, section: str) -> dict[str, Any]:
    """Return one section of ``course.toml``, empty where there is none.

    Raises :class:`~grader.errors.CourseError` for a file that is no TOML, or a section that is
    no table.
    """
    path = root / SETTINGS
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(read_text(path)).get(section, {})
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: {error}") from None
    if not isinstance(found, dict):
        raise CourseError(f"{path}: {section} must be a table: start it with [{section}]")
    return found


def _title(root: Path) -> str:
    title = settings(root, "course").get("title", "")
    if not isinstance(title, str):
        raise CourseError(
            f'{root / SETTINGS}: [course] title must be text, such as title = "Networks"'
        )
    if title.strip():
        return title.strip()
    readme = root / "README.md"
    if readme.is_file():
        heading = re.search(r"^# +(.+?) *#*$", read_text(readme), re.MULTILINE)
        if heading:
            return heading[1]
    return root.name


def _above(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if _has_exercises(folder)), None)


def _has_exercises(folder: Path) -> bool:
    return any((folder / EXERCISES).glob("*/check.py"))


def _private(folder: Path) -> Path | None:
    return folder if folder.is_dir() else None


def _counts(name: str) -> bool:
    return not name.startswith((".", "_"))


def _absolute(path: Path) -> Path:
    # Not resolved: a course keeps the name that it was reached by, which may be its title.
    return Path(os.path.abspath(path))  # noqa: PTH100
