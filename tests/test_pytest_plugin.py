"""pytest as a grader: checks are tests, and pytest's own options do what they always do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

TINY = Path(__file__).parent / "courses" / "tiny"
RIGHT = (TINY / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")
HALF = """
import numpy as np

def area(radius):
    return np.pi * radius**2

def ring(outer, inner):
    return area(outer) - area(inner)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one's own, and the work of three students in it."""
    root = tmp_path_factory.mktemp("home")
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    for student, text in {"ann": RIGHT, "bob": HALF, "cleo": "def area(:\n"}.items():
        (root / "work" / student).mkdir(parents=True)
        (root / "work" / student / "circle.py").write_text(text, encoding="utf-8")
    return root


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in the course's folder as its instructor does."""
    command = [sys.executable, "-m", "pytest", "-p", "grader.pytest_plugin", "-q", *arguments]
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(command, cwd=home, capture_output=True, text=True, env=clean)


def test_each_check_is_a_test(home: Path) -> None:
    """They are named by exercise, file and check; an exercise that was not handed in fails."""
    done = run(home, "--course", ".", "--submission", "work/ann", "-vv")
    assert re.findall(r"^(q\w+/check\.py::\w+) (\w+)", done.stdout, re.MULTILINE) == [
        ("q01_circle/check.py::area", "PASSED"),
        ("q01_circle/check.py::ring", "PASSED"),
        ("q01_circle/check.py::ring_of_arrays", "PASSED"),
        ("q02_smooth/check.py::values", "FAILED"),
        ("q02_smooth/check.py::readings", "FAILED"),
        ("q02_smooth/check.py::without_loop", "FAILED"),
    ]
    assert "It was not handed in." in done.stdout
    assert done.returncode == 1


def test_a_failure_shows_the_gap_and_no_traceback(home: Path) -> None:
    """The call, what was expected and what came, with the points; ``-x`` stops there."""
    done = run(home, "--submission", "work/bob", "-x", "--junitxml", "bob.xml")
    assert "Asked     ring(1.5, 3.0)" in done.stdout
    assert "0 / 1" in done.stdout
    assert "Traceback" not in done.stdout
    assert "1 failed, 1 passed" in done.stdout
    cases = list(ET.parse(home / "bob.xml").iter("testcase"))
    assert [case.attrib["name"] for case in cases] == ["area", "ring"]
    told = [{one.attrib["name"]: one.attrib["value"] for one in c.iter("property")} for c in cases]
    assert told[0] == {"points": "2", "out_of": "2", "verdict": "passed"}
    assert (float(told[1]["points"]), told[1]["verdict"]) == (0, "failed")


def test_what_a_check_comes_after_is_asked_before_it(home: Path) -> None:
    """One hidden check alone still waits for the public one, and shows nothing of its own."""
    chosen = "exercises/q01_circle/check.py::ring_of_arrays"
    passed = run(home, "--course", ".", "--submission", "work/ann", chosen)
    assert "1 passed" in passed.stdout
    skipped = run(home, "--course", ".", "--submission", "work/bob", chosen, "-rs")
    assert "1 skipped" in skipped.stdout
    assert "This check is hidden" in skipped.stdout


def test_workers_of_xdist_share_the_seed_and_the_checks(home: Path) -> None:
    """Two workers pass what one process passes."""
    more = ("-n2", "--dist=loadfile", "-k", "q01_circle", "-v")
    done = run(home, "--course", ".", "--submission", "work/ann", *more)
    assert "3 passed" in done.stdout
    assert len(set(re.findall(r"seed (\d+)", done.stdout))) == 1


def test_a_file_that_does_not_load_fails_with_its_line(home: Path) -> None:
    """A syntax error is told with file and line in each check of the exercise."""
    done = run(home, "--course", ".", "--submission", "work/cleo", "-k", "area")
    assert "circle.py, line 1" in done.stdout
    assert "1 failed" in done.stdout


def test_a_wrong_command_line_is_told(home: Path) -> None:
    """A course without a submission, and a path that is none, are errors of usage."""
    for arguments, word in (
        (["--course", "."], "--submission"),
        (["--course", "work", "--submission", "work/ann"], "exercises/"),
        (["--submission", "work/an"], "did you mean ann"),
    ):
        done = run(home, *arguments)
        assert done.returncode == 4
        assert word in done.stderr
        assert "Traceback" not in done.stderr


def test_without_the_options_pytest_is_as_it_was(home: Path) -> None:
    """No check is collected, and of the package nothing loads but the plug-in."""
    (home / "test_inert.py").write_text(
        "import sys\n\ndef test_inert():\n"
        "    ours = {name for name in sys.modules if name.split('.')[0] == 'grader'}\n"
        "    assert ours == {'grader', 'grader.pytest_plugin'}\n",
        encoding="utf-8",
    )
    # An editable install is imported before pytest sees the plug-in beside it.
    expected = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
    done = run(home, "-W", "error", "-W", expected)
    assert "1 passed" in done.stdout
