"""This project: ``grader grade`` for a class."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assignment import COURSE, MODULE, Case, plain_notebook
from process import Command


@dataclass(frozen=True, slots=True)
class Grader:
    """A folder for each student."""

    name: str = "grader"
    batch: int = 41

    def lay_out(self, home: Path, students: Mapping[str, Case]) -> None:
        """Put each submission into a folder of its own."""
        for student, case in students.items():
            folder = home / "class" / student
            folder.mkdir(parents=True)
            file = folder / f"{MODULE}.ipynb"
            file.write_text(plain_notebook(case, student), encoding="utf-8")

    def commands(self, home: Path, students: Mapping[str, Case]) -> list[Command]:  # noqa: ARG002
        """Return what an instructor types; it goes through the whole class."""
        words = [sys.executable, "-m", "grader", "grade", "class", "--course", str(COURSE)]
        return [Command([*words, "--out", "reports", "--exit-zero"], home)]

    def points(self, home: Path, student: str) -> float | None:
        """Return a student's points, or None where there is no record."""
        file = home / "reports" / f"{student}.json"
        return json.loads(file.read_text(encoding="utf-8"))["points"] if file.is_file() else None

    def said(self, home: Path, student: str) -> str:
        """Return the verdict that is not that of right or wrong work."""
        file = home / "reports" / f"{student}.json"
        if not file.is_file():
            return "refused"
        (exercise,) = json.loads(file.read_text(encoding="utf-8"))["exercises"]
        if exercise["problem"]:
            return str(exercise["problem"])
        told = {check["verdict"] for check in exercise["checks"]} - {"passed", "failed", "skipped"}
        return ", ".join(sorted(told))
