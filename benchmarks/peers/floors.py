"""The floors: the same code and the same checks with no wall, in one process or in one each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assignment import HERE, MODULE, Case, module
from process import Command

BARE = str(HERE / "bare.py")


@dataclass(frozen=True, slots=True)
class Floor:
    """A script that runs files and puts the checks to what they define."""

    name: str
    checks: str  # "grader": those of the course; "asserts": those of the peers
    together: bool  # all files in one process
    batch: int

    def lay_out(self, home: Path, students: Mapping[str, Case]) -> None:
        """Write a module for each student."""
        home.mkdir(parents=True, exist_ok=True)
        for student, case in students.items():
            file = home / f"{student}_{MODULE}.py"
            file.write_text(module(case, student), encoding="utf-8")

    def commands(self, home: Path, students: Mapping[str, Case]) -> list[Command]:
        """Return one command for all files, or one for each."""
        files = [f"{student}_{MODULE}.py" for student in students]
        groups = [files] if self.together else [[file] for file in files]
        return [Command([sys.executable, BARE, self.checks, *group], home) for group in groups]

    def points(self, home: Path, student: str) -> float | None:
        """Return a student's points, or None where the process ended before there were any."""
        file = home / f"{student}_{MODULE}.py.points"
        return float(file.read_text(encoding="ascii")) if file.is_file() else None

    def said(self, home: Path, student: str) -> str:
        """Tell whether there is a result."""
        return "" if self.points(home, student) is not None else "no result"
