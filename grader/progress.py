"""How far a student has come, kept in ``.grader/`` beside the work: harmless if deleted.

It holds how each exercise ended when it was last checked, and how many hints were read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.model import Check, Exercise, Result, Source, Verdict

FOLDER, FILE = ".grader", "progress.json"
SETTLED = {Verdict.PASSED, Verdict.AWAITING}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an exercise ended when it was last checked."""

    passed: bool
    points: float
    out_of: float
    open: str  # the name of the first check that did not pass, or ""
    text: str  # SHA-256 of what was checked


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a student's way through a course."""

    standings: Mapping[str, Standing] = field(default_factory=dict)  # by exercise id
    hints: Mapping[str, int] = field(default_factory=dict)  # hints read, by "exercise/check"

    def after(self, result: Result) -> Progress:
        """Return the progress once an exercise was checked."""
        if result.source is None:
            return self
        unsettled = (one.name for one in result.outcomes if one.verdict not in SETTLED)
        standing = Standing(
            result.passed, result.points, result.out_of, next(unsettled, ""), digest(result.source)
        )
        return replace(self, standings={**self.standings, result.exercise: standing})

    def passes(self, exercise: Exercise) -> bool:
        """Tell whether an exercise passed when it was last checked."""
        standing = self.standings.get(exercise.id)
        return standing is not None and standing.passed

    def asked(self, exercise: Exercise) -> Check | None:
        """Return the check that a hint would be about: the first that is open and has hints."""
        if self.passes(exercise):
            return None
        standing = self.standings.get(exercise.id)
        names = [check.name for check in exercise.checks]
        first = names.index(standing.open) if standing and standing.open in names else 0
        return next((check for check in exercise.checks[first:] if check.hints), None)

    def read(self, exercise: Exercise, check: Check) -> int:
        """Return how many hints of a check were read."""
        level = self.hints.get(f"{exercise.id}/{check.name}", 0)
        return max(0, min(level, len(check.hints)))

    def after_hint(self, exercise: Exercise, check: Check) -> Progress:
        """Return the progress once one more hint of a check was read."""
        level = min(self.read(exercise, check) + 1, len(check.hints))
        return replace(self, hints={**self.hints, f"{exercise.id}/{check.name}": level})


def digest(source: Source) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def home(path: Path) -> Path:
    """Return the folder that keeps the progress of work in a file or folder."""
    return path if path.is_dir() else path.absolute().parent


def load(folder: Path) -> Progress:
    """Return what a folder's ``.grader/`` holds; nothing where it is missing or unreadable."""
    try:
        data = json.loads((folder / FOLDER / FILE).read_text(encoding="utf-8"))
        standings = {str(key): _standing(value) for key, value in data["standings"].items()}
        hints = {str(key): int(level) for key, level in data["hints"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Progress()
    return Progress(standings, hints)


def save(progress: Progress, folder: Path) -> None:
    """Write progress into a folder's ``.grader/``; where that cannot be, it is not kept."""
    home = folder / FOLDER
    temporary = home / f"{FILE}.{os.getpid()}.part"
    with contextlib.suppress(OSError):
        home.mkdir(exist_ok=True)
        (home / ".gitignore").write_text("*\n", encoding="utf-8")
        temporary.write_text(json.dumps(asdict(progress), indent=1), encoding="utf-8")
        temporary.replace(home / FILE)


def _standing(value: Mapping[str, Any]) -> Standing:
    return Standing(
        bool(value["passed"]),
        float(value["points"]),
        float(value["out_of"]),
        str(value["open"]),
        str(value["text"]),
    )
