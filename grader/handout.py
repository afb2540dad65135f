"""What students are given: a folder of stubs with their tasks, or one notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError, GraderError
from grader.model import Course, Exercise

NOTEBOOK = "exercises.ipynb"
TASKS = "tasks"  # the folder of the statements

Files = Mapping[str, bytes]  # by path in the student's folder


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What was written into a student's folder, and what was left as it is."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def stubs(course: Course) -> Files:
    """Return a stub and a statement for each exercise, and the files that are provided."""
    files = {f"{one.module}.py": one.stub.encode() for one in course.exercises}
    files |= {f"{TASKS}/{one.id}.md": one.statement.encode() for one in course.exercises}
    return files | _provided(course.exercises)


def notebook(course: Course) -> Files:
    """Return one notebook with the statements and stubs, and the files that are provided."""
    from grader.notebook.writing import notebook_of

    return {NOTEBOOK: notebook_of(course).encode(), **_provided(course.exercises)}


def lay_out(files: Files, folder: Path) -> LaidOut:
    """Write files into a folder; what is there already is never touched.

    Raises :class:`~grader.errors.GraderError` where the folder cannot be written.
    """
    written: list[Path] = []
    kept: list[Path] = []
    for name, data in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            if path.is_file():
                kept.append(path)
                continue
            raise GraderError(f"{path} is in the way\n  next: name another folder") from None
        except OSError as error:
            raise GraderError(
                f"{path} cannot be written ({error.strerror})\n  next: name another folder"
            ) from error
        written.append(path)
    return LaidOut(tuple(written), tuple(kept))


def _provided(exercises: Iterable[Exercise]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in (path for one in exercises for path in one.provided):
        data = path.read_bytes()
        if found.setdefault(path.name, data) != data:
            raise CourseError(
                f"{path}: another exercise provides a different file of this name\n"
                "  fix: rename one, because students have both in one folder"
            )
    return found
