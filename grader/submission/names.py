"""Names: which exercise a file is meant for, and what the files of a report are called."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.course import spellings
from grader.model import Course, Exercise

MAX_NAME = 80  # characters of a name in a message
MAX_STEM = 120  # bytes of a report's name: with suffix and folder it stays below any limit
# The class page, the grade book and what GitHub shows lie beside the students' files.
OURS = ("index", "grades", "annotations", "summary")

_PYTHON = re.compile(r"\.py(?:\.txt)?$", re.IGNORECASE)
_DECORATION = re.compile(
    r"^copy of |"
    r"[ _.-]*\([0-9]{1,3}\)$|"  # a browser's second download
    r"[ _.-]*v?[0-9]{1,3}$|"
    r"[ _.-]+(?:copy|done|final|fixed|last|latest|new|old|solution|solved|submission)$|"
    r"[ _.-]+$"
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """The exercise that a file name stands for, and whether it was spelled exactly so."""

    exercise: Exercise
    exact: bool


def recognise(name: str, course: Course) -> Match | None:
    """Return the exercise that a Python file is named after, or None.

    Besides ``xor.py`` this understands ``XOR.py``, ``q02_xor.py``, ``xor (1).py``, ``xor-2.py``,
    ``xor_final.py`` and ``xor.py.txt``, as long as one exercise alone can be meant.
    """
    for exercise in course.exercises:
        if name == f"{exercise.module}.py":
            return Match(exercise, exact=True)
    stem = _PYTHON.sub("", name)
    if stem == name or len(name) > MAX_NAME:
        return None
    known = _known(course)
    stem = stem.casefold()
    while stem:
        meant = known.get(stem, [])
        if meant:
            return Match(meant[0], exact=False) if len(meant) == 1 else None
        plain = _DECORATION.sub("", stem, count=1)
        if plain == stem:
            return None
        stem = plain
    return None


def is_python(name: str) -> bool:
    """Tell whether a file is named like a Python module."""
    return bool(_PYTHON.search(name))


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is the system's or an editor's, not the student's work."""
    return name.startswith(".") or name in {"__MACOSX", "__pycache__"}


def suggestion(name: str, course: Course) -> str:
    """Return ``" (did you mean xor.py?)"`` for a path that ends almost like it, else nothing."""
    stem = _PYTHON.sub("", name.rpartition("/")[2][:MAX_NAME]).casefold()
    modules = {exercise.module.casefold(): exercise.module for exercise in course.exercises}
    close = difflib.get_close_matches(stem, modules, n=1)
    return f" (did you mean {modules[close[0]]}.py?)" if close else ""


def module_files(course: Course) -> str:
    """Return the file names that a course asks for, as a list in words."""
    return ", ".join(f"{exercise.module}.py" for exercise in course.exercises)


def printable(name: object) -> str:
    """Return a name as one short line: hidden and broken characters become ``�``."""
    text = "".join(char if char.isprintable() else "�" for char in str(name))
    half = MAX_NAME // 2
    return text if len(text) <= MAX_NAME else f"{text[: half - 1]}…{text[-half:]}"


def natural(name: str) -> tuple[object, ...]:
    """Return a sort key under which ``attempt 10`` follows ``attempt 9``."""
    parts = re.split(r"([0-9]+)", name)
    digits = [part.lstrip("0") for part in parts[1::2]]
    words = [part.casefold() for part in parts[::2]]
    numbers = [(len(number), number) for number in digits]
    return (*(item for pair in zip(words, [*numbers, (0, "")], strict=True) for item in pair), name)


def file_stems(students: Sequence[str]) -> list[str]:
    """Return a file name without suffix for each student of a class, in the given order.

    Each is safe on every system, keeps as much of the student's name as it can, and differs
    from all others even where case and composed accents do not count.  The same class always
    gives the same names; a name that is safe as it is goes to the student who bears it.
    """
    stems = [safe_name(student) for student in students]
    taken = {_key(name) for name in OURS}
    named: dict[int, str] = {}
    as_is = (i for i, student in enumerate(students) if stems[i] == student)
    for index in (*as_is, *range(len(students))):
        if index not in named:
            named[index] = _free(stems[index], taken)
            taken.add(_key(named[index]))
    return [named[index] for index in range(len(students))]


def _known(course: Course) -> dict[str, list[Exercise]]:
    known: dict[str, list[Exercise]] = {}
    for exercise in course.exercises:
        for word in spellings(exercise):
            if not word.isdecimal():  # "2.py" may as well be a second attempt
                known.setdefault(word, []).append(exercise)
    return known


def safe_name(student: str) -> str:
    """Return a name that files may have on every system, as near to the given one as can be."""
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", student))
    text = "".join(char if char.isprintable() else "_" for char in text)
    text = text.encode()[:MAX_STEM].decode(errors="ignore")
    text = re.sub(r"^[.\-~]+", "_", text.strip()).rstrip(". ")
    if _DEVICES.fullmatch(text.partition(".")[0].rstrip()):
        text = f"_{text}"
    return text or "_"


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _free(stem: str, taken: Iterable[str]) -> str:
    name, number = stem, 1
    while _key(name) in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
