"""otter-grader: ``otter run`` for each submission."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assignment import HIDDEN, MODULE, POINTS, Case, asserts, plain_notebook
from process import Command

TEST = '''"""{name}"""

from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = {points}


@test_case(points={points}, hidden={hidden})
def test({taken}):
{body}
'''
TAKEN = {
    "activations": ("sigmoid", "tanh", "relu"),
    "slopes": ("sigmoid_slope", "tanh_slope"),
    "xor": ("xor_network",),
    "shapes": ("build",),
    "parameters": ("n_parameters",),
}


@dataclass(frozen=True, slots=True)
class Otter:
    """A zip of tests and a notebook for each student."""

    programs: Path  # bin/ of its environment
    name: str = "otter-grader"
    batch: int = 1  # it keeps nothing from one submission to the next

    def lay_out(self, home: Path, students: Mapping[str, Case]) -> None:
        """Write the zip of tests and the notebooks."""
        home.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(home / "autograder.zip", "w") as archive:
            archive.writestr("otter_config.json", json.dumps({"lang": "python"}))
            for name, text in asserts().items():
                body = "".join(f"    {line}\n" for line in text.splitlines())
                test = TEST.format(
                    name=name,
                    points=POINTS[name],
                    hidden=name == HIDDEN,
                    taken=", ".join(TAKEN[name]),
                    body=body,
                )
                archive.writestr(f"tests/{name}.py", test)
        for student, case in students.items():
            folder = home / student
            folder.mkdir()
            (folder / f"{MODULE}.ipynb").write_text(plain_notebook(case, student), encoding="utf-8")

    def commands(self, home: Path, students: Mapping[str, Case]) -> list[Command]:
        """Return what an instructor types for each submission."""
        program = str(self.programs / "otter")
        words = [program, "run", f"{MODULE}.ipynb", "-a", "../autograder.zip", "--no-logo"]
        return [Command(words, home / student, self.programs) for student in students]

    def points(self, home: Path, student: str) -> float | None:
        """Return a student's points, or None where there is no result."""
        file = home / student / "results.json"
        if not file.is_file():
            return None
        tests = json.loads(file.read_text(encoding="utf-8"))["tests"]
        return sum(float(one.get("score") or 0) for one in tests if one["name"] in POINTS)

    def said(self, home: Path, student: str) -> str:
        """Tell whether the student gets a result."""
        return "" if (home / student / "results.json").exists() else "no result"
