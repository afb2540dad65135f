"""One exercise: its folder becomes a statement, a stub, provided files and questions."""

from __future__ import annotations

import ast
import keyword
import re
from pathlib import Path

from grader.errors import CourseError
from grader.model import Exercise
from grader.questions import JUDGE, Questions, load_questions

README, CHECK = "README.md", "check.py"


def load_exercise(
    folder: Path, private: Path | None, together: list[Questions] | None = None
) -> Exercise:
    """Read the exercise in a folder; ``private`` is its folder of solutions, where there is one.

    Its questions are imported when they are looked at, ``together`` with those of its course.
    Raises :class:`~grader.errors.CourseError`, which names the file and what to mend.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", folder.name):
        raise CourseError(f"{folder}: an exercise's name is made of letters, digits, - and _")
    statement = read_text(folder / README)
    heading = re.match(r"\s*# +(\S.*?) *#*$", statement, re.MULTILINE)
    if not heading:
        raise CourseError(f'{folder / README}, line 1: start with the title, "# Title"')
    files = [entry for entry in sorted(folder.iterdir()) if _is_students(entry)]
    stub = _stub(folder, files)
    return Exercise(
        id=folder.name,
        title=heading[1],
        statement=statement,
        module=stub.stem,
        stub=read_text(stub),
        folder=folder,
        provided=tuple(file for file in files if file != stub),
        checks=Questions(
            lambda: load_questions(folder / CHECK, stub, private),
            [] if together is None else together,
        ),
        private=private,
    )


def read_text(path: Path) -> str:
    """Return the text of one of the course's own files.

    Raises :class:`~grader.errors.CourseError` where it is missing or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path} is missing") from None
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: byte {error.start} is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None


def _is_students(entry: Path) -> bool:
    """Tell whether students are given this file: neither the statement nor a question."""
    if entry.name in {README, CHECK, JUDGE, "__pycache__"} or entry.name.startswith("."):
        return False
    if entry.is_dir():
        raise CourseError(
            f"{entry} is a folder: what students are given lies beside the stub, what only checks "
            f"read lies in {JUDGE}/"
        )
    return True


def _stub(folder: Path, files: list[Path]) -> Path:
    stubs = [file for file in files if file.suffix == ".py" and _is_unfinished(file)]
    if len(stubs) != 1:
        found = " and ".join(stub.name for stub in stubs) or "none"
        raise CourseError(
            f"{folder} needs one stub, a .py file that raises NotImplementedError: it has {found}"
        )
    stub = stubs[0]
    if not stub.stem.isidentifier() or keyword.iskeyword(stub.stem):
        raise CourseError(f"{stub}: Python cannot import a module of this name; rename it")
    return stub


def _is_unfinished(file: Path) -> bool:
    try:
        tree = ast.parse(read_text(file))
    except SyntaxError as error:
        raise CourseError(f"{file}, line {error.lineno}: {error.msg}") from None
    raised = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise))
    names = (thing.func if isinstance(thing, ast.Call) else thing for thing in raised)
    return any(isinstance(name, ast.Name) and name.id == "NotImplementedError" for name in names)
