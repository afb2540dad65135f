"""Names made of content: the same question put to the same text under the same rules.

A result is stored under such a name.  Whoever changes a check, a reference, a library, a limit or
the grader itself gets other names, and so new results; whoever changes nothing gets the old ones.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import grader
from grader.model import Course, Exercise, Source
from grader.sandbox import Limits
from grader.sandbox.launcher import has_walls

SCHEMA = "grader/result/v1"
LIBRARIES = (
    *("numpy", "sympy", "mpmath", "matplotlib", "tensorflow", "keras", "tensorboard"),
    *("scipy", "pandas", "scikit-learn"),
)
# Parts of the package that show or spread results: they change no result.
SHOWING = frozenset({"batch", "classroom", "cli", "gradebook", "render", "verify"})
UNUSED = frozenset({"mistakes", "__pycache__"})  # folders that no grading reads, as hidden ones


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a result depends on besides the submitted text, as short texts."""

    common: Mapping[str, str]  # of every exercise: the code that judges, libraries, limits, seed
    exercises: Mapping[str, str]  # exercise id -> hash of its files

    @classmethod
    def of(cls, course: Course, seed: int) -> Self:
        """Return the rules under which a course is graded on this machine."""
        common = environment() | {"seed": str(seed)}
        return cls(common, {one.id: of_exercise(one) for one in course.exercises})

    def key(self, exercise: str, source: Source | None, remarks: Sequence[str] = ()) -> str:
        """Return the name of the result of one exercise for one text; None is nothing at all."""
        told = [asdict(source) if source else None, *remarks]
        return digest([exercise, self.exercises[exercise], dict(self.common), told])


@cache
def environment() -> dict[str, str]:
    """Return what this machine adds to a result."""
    return {
        "schema": SCHEMA,
        "grader": grader.__version__,
        "code": _judging_code(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "limits": digest(asdict(Limits())),
        "profile": _profile(),
        **{name: _version(name) for name in LIBRARIES},
    }


def of_exercise(exercise: Exercise) -> str:
    """Return the hash of an exercise's own files, hidden ones and references included."""
    files = _files(exercise.folder)
    if exercise.private:
        files |= {f"private/{name}": path for name, path in _files(exercise.private).items()}
    return of_files(files)


def of_files(files: Mapping[str, Path]) -> str:
    """Return the hash of some files under names that no machine's folders are part of."""
    return digest(
        [[name, hashlib.sha256(path.read_bytes()).hexdigest()] for name, path in files.items()]
    )


def digest(data: Any) -> str:
    """Return the SHA-256 of plain data as hex digits."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def of_text(text: str) -> str:
    """Return the SHA-256 of a submitted text, as reports state it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def of_pages() -> str:
    """Return the hash of what turns results into pages and records."""
    return of_files(_files(Path(grader.__file__).parent / "render"))


def _judging_code() -> str:
    home = Path(grader.__file__).parent
    return of_files(
        {
            name: path
            for name, path in _files(home, home.rglob("*.py")).items()
            if name.partition("/")[0] not in SHOWING
        }
    )


def _files(home: Path, among: Iterable[Path] | None = None) -> dict[str, Path]:
    """Return the files in a folder and below it by their names there, in one order everywhere.

    What `grader check` or an editor leaves beside a reference begins with a dot and is none.
    """
    found = {
        path.relative_to(home).as_posix(): path
        for path in (home.rglob("*") if among is None else among)
        if path.is_file() and _counts(path.relative_to(home).parts)
    }
    return dict(sorted(found.items()))


def _counts(parts: Sequence[str]) -> bool:
    return not any(part in UNUSED or part.startswith(".") for part in parts)


def _profile() -> str:
    """Return the profile of the wall that children will stand behind here."""
    if not has_walls():
        return "C"
    from grader.sandbox import jail

    return jail.profile(frozenset(layer for layer, fault in jail.probe().items() if not fault))


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return ""
