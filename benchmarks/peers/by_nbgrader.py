"""nbgrader: ``autograde`` and ``generate_feedback`` for a class."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assignment import HIDDEN, MODULE, POINTS, RIGHT, Case, asserts, cells, notebook, torn
from process import Command

HIDDEN_PART = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"


@dataclass(frozen=True, slots=True)
class Nbgrader:
    """A course folder as nbgrader wants it."""

    programs: Path  # bin/ of its environment
    name: str = "nbgrader"
    batch: int = 2

    def lay_out(self, home: Path, students: Mapping[str, Case]) -> None:
        """Write the source notebook, release it, and put submissions into their places."""
        _write(
            home / "source" / MODULE / f"{MODULE}.ipynb",
            self._notebook(RIGHT, "source", source=True),
        )
        config = f'c = get_config()\nc.CourseDirectory.course_id = "{MODULE}"\n'
        _write(home / "nbgrader_config.py", config)
        release = self._command("generate_assignment", home)
        subprocess.run(
            release.words, cwd=home, env=release.environment, check=True, capture_output=True
        )
        for student, case in students.items():
            file = home / "submitted" / student / MODULE / f"{MODULE}.ipynb"
            _write(file, torn(self._notebook(case, student), case))

    def commands(self, home: Path, students: Mapping[str, Case]) -> list[Command]:  # noqa: ARG002
        """Return what an instructor types; each goes through the whole class."""
        return [self._command("autograde", home), self._command("generate_feedback", home)]

    def points(self, home: Path, student: str) -> float | None:
        """Return a student's points, or None where there is no grade."""
        with sqlite3.connect(home / "gradebook.db") as base:
            (sum_,) = base.execute(
                "SELECT sum(grade.auto_score) FROM grade "
                "JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id "
                "JOIN submitted_assignment "
                "ON submitted_notebook.assignment_id = submitted_assignment.id "
                "WHERE submitted_assignment.student_id = ?",
                (student,),
            ).fetchone()
        return None if sum_ is None else float(sum_)

    def said(self, home: Path, student: str) -> str:
        """Tell whether the student gets a page."""
        page = home / "feedback" / student / MODULE / f"{MODULE}.html"
        return "" if page.exists() else "no feedback"

    def _command(self, verb: str, home: Path) -> Command:
        return Command([str(self.programs / "nbgrader"), verb, MODULE], home, self.programs)

    def _notebook(self, case: Case, student: str, *, source: bool = False) -> str:
        items = {}
        for name, text in cells(case, student).items():
            marks = {"grade": False, "solution": True, "locked": False}
            items[name] = text, _metadata(name, marks)
        for name, text in asserts().items():
            shown = HIDDEN_PART.format(text.strip()) if source and name == HIDDEN else text
            shown = shown if source or name != HIDDEN else ""
            marks = {"grade": True, "solution": False, "locked": True, "points": POINTS[name]}
            items[f"test_{name}"] = shown, _metadata(f"test_{name}", marks)
        return notebook(items)


def _metadata(name: str, marks: Mapping[str, object]) -> dict[str, object]:
    return {
        "nbgrader": {
            **marks,
            "grade_id": name,
            "task": False,
            "schema_version": 3,
            "cell_type": "code",
        }
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
