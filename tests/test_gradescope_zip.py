"""Gradescope's autograder, built and run in a folder laid out like its container."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from published_rules import GRADESCOPE

from grader import course, gradescope_zip
from grader.errors import GraderError

TINY = Path(__file__).parent / "courses" / "tiny"
RIGHT = (TINY / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /autograder after the zip was unpacked and ``setup.sh`` has run.

    pip installs the wheel alone: what it depends on comes from this environment.
    """
    home = tmp_path_factory.mktemp("autograder")
    gradescope_zip.build(course.load(TINY), home / "autograder.zip")
    with zipfile.ZipFile(home / "autograder.zip") as archive:
        archive.extractall(home / "source")
    alone = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PYTHON": sys.executable}
    setup = ["bash", home / "source" / "setup.sh"]
    environment = os.environ | alone | {"AUTOGRADER": str(home)}
    subprocess.run(setup, env=environment, check=True)
    site = next((home / "env" / "lib").glob("python*/site-packages"))
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(ours), encoding="utf-8")
    return home


def graded(autograder: Path, files: dict[str, str]) -> dict[str, Any]:
    """Run the autograder on a submission, and read what Gradescope would."""
    shutil.rmtree(autograder / "submission", ignore_errors=True)
    shutil.rmtree(autograder / "results", ignore_errors=True)
    for name, text in files.items():
        path = autograder / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    environment = os.environ | {"AUTOGRADER": str(autograder)}
    run = ["bash", autograder / "source" / "run_autograder"]
    done = subprocess.run(run, cwd=autograder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    record: dict[str, Any] = json.loads((autograder / "results" / "results.json").read_bytes())
    jsonschema.validate(record, GRADESCOPE | {"required": []})
    return record


def test_a_submission_is_scored(autograder: Path) -> None:
    """Points, tests by exercise, and what hidden questions ask in no word of it."""
    record = graded(autograder, {"circle.py": RIGHT})
    assert record["score"] == 4
    assert [test["number"] for test in record["tests"]] == [
        "1.1",
        "1.2",
        "1.3",
        "2.1",
        "2.2",
        "2.3",
    ]
    assert "np.array" not in json.dumps(record)


def test_code_that_does_not_load_scores_nothing_and_is_told_why(autograder: Path) -> None:
    """A syntax error is the student's: a score of 0, and the line."""
    record = graded(autograder, {"circle.py": "def area(:\n"})
    assert record["score"] == 0
    assert "line 1" in record["tests"][0]["output"]


def test_files_that_are_no_exercise_score_nothing(autograder: Path) -> None:
    """An essay is no failure of the grader: the student reads which files to hand in."""
    record = graded(autograder, {"essay.txt": "It was a dark and stormy night."})
    assert record["score"] == 0
    assert "circle.py, smooth.py" in record["output"]


def test_where_the_grader_fails_there_is_no_score(autograder: Path) -> None:
    """A course that does not load writes valid results without any score."""
    question = autograder / "source" / "course" / "exercises" / "q01_circle" / "check.py"
    text = question.read_text(encoding="utf-8")
    question.write_text("raise SystemError\n", encoding="utf-8")
    record = graded(autograder, {"circle.py": RIGHT})
    question.write_text(text, encoding="utf-8")
    assert "score" not in json.dumps(record)
    assert record["tests"][0]["name"] == "The grader failed; your instructor has been told"


def test_a_submission_brings_no_questions_of_its_own(autograder: Path) -> None:
    """A folder of exercises in what was handed in changes nothing, and is not run."""
    trap = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
    record = graded(autograder, {"circle.py": "", "exercises/q01_circle/check.py": trap})
    assert record["score"] == 0
    assert not list(autograder.rglob("ran"))


def test_the_zip_holds_no_reference_and_is_the_same_each_time(tmp_path: Path) -> None:
    """Scripts lie at the root and can be run; references and mistakes stay at home."""
    the_course = course.load(TINY)
    for name in ("one.zip", "two.zip"):
        gradescope_zip.build(the_course, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        modes = {one.filename: one.external_attr >> 16 for one in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert "course/exercises/q01_circle/check.py" in modes
    assert [name for name in modes if "solutions" in name] == [
        "course/solutions/q01_circle/hidden.py"
    ]


def test_a_zip_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there is named, with what to do."""
    with pytest.raises(GraderError, match="next: name a file in a folder that exists"):
        gradescope_zip.build(course.load(TINY), tmp_path / "nowhere" / "a.zip")
