"""The command line as people meet it: what is printed, what is written, how it exits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TINY = Path(__file__).parent / "courses" / "tiny"
RIGHT = (TINY / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")
STUB = (TINY / "exercises" / "q01_circle" / "circle.py").read_text(encoding="utf-8")


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "grader", *map(str, arguments)]
    environment = os.environ | {"COLUMNS": "80"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)


def graded(
    path: Path, out: Path, *more: object, course: Path = TINY
) -> subprocess.CompletedProcess[str]:
    """Grade a path on the tiny course."""
    return run("grade", path, "--out", out, "--course", course, *more)


def listed(folder: Path) -> list[str]:
    """Return what a folder shows: the grader's own store is hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def the_class(tmp_path: Path) -> Path:
    """A class of three: one right, one untouched stub, one file that is no Python."""
    texts = {"ann": RIGHT, "bob": STUB, "cleo": "def area(:\n"}
    for student, text in texts.items():
        folder = tmp_path / "class" / student
        folder.mkdir(parents=True)
        (folder / "circle.py").write_text(text, encoding="utf-8")
    return tmp_path / "class"


def test_a_class_gets_a_report_each_and_the_grades(the_class: Path, tmp_path: Path) -> None:
    """One page and one record a student, the class page and the grades, and nothing else."""
    done = graded(the_class, tmp_path / "out")
    assert done.returncode == 3, done.stderr
    assert listed(tmp_path / "out") == [
        "ann.html", "ann.json", "bob.html", "bob.json", "cleo.html", "cleo.json",
        "clusters.csv", "grades.csv", "grades_long.csv", "index.html", "items.csv",
    ]  # fmt: skip
    record = json.loads((tmp_path / "out" / "ann.json").read_text(encoding="utf-8"))
    assert (record["schema"], record["student"]) == ("grader/report/v1", "ann")
    assert (record["points"], record["out_of"]) == (4, 8)
    assert "ann" in done.stdout
    assert "index.html" in done.stdout


def test_a_file_that_does_not_load_is_told_with_its_line(the_class: Path, tmp_path: Path) -> None:
    """One problem for the exercise: the file, the line, what Python said; no traceback."""
    done = graded(the_class / "cleo", tmp_path / "out")
    assert done.returncode == 3
    assert "circle.py, line 1" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("student", "more", "code"),
    [
        ("ann", ["--only", "q1"], 0),
        ("ann", [], 1),
        ("bob", ["--only", "Q1"], 1),
        ("bob", ["--exit-zero"], 0),
        ("ann", ["--fail-under", "50"], 0),
        ("ann", ["--fail-under", "51"], 1),
        ("ann", ["--fail-under", "50%"], 0),
        ("ann", ["--fail-under", "half"], 2),
    ],
)
def test_the_exit_code_says_how_it_went(
    the_class: Path, tmp_path: Path, student: str, more: list[str], code: int
) -> None:
    """0 when all that was asked for passes, 1 when not, and the options that change it."""
    assert graded(the_class / student, tmp_path / "out", *more).returncode == code


def test_nothing_to_grade_is_no_success(tmp_path: Path) -> None:
    """An empty folder exits 5 and says so; a missing path exits 3 and names it."""
    (tmp_path / "empty").mkdir()
    empty = graded(tmp_path / "empty", tmp_path / "out")
    assert empty.returncode in {3, 5}
    assert "nothing to grade" in empty.stderr
    missing = graded(tmp_path / "nowhere", tmp_path / "out")
    assert missing.returncode == 3
    assert "nowhere" in missing.stderr


def test_one_bad_path_does_not_stop_the_others(the_class: Path, tmp_path: Path) -> None:
    """What is refused is named with its student; the rest is graded, and all have a row."""
    (the_class / "dan").mkdir()
    (the_class / "dan" / "work.zip").write_bytes(b"this is no zip")
    done = graded(the_class, tmp_path / "out")
    assert "not graded: dan: work.zip is no zip" in done.stderr
    assert (tmp_path / "out" / "ann.html").is_file()
    assert "work.zip is no zip" in (tmp_path / "out" / "dan.html").read_text(encoding="utf-8")
    grades = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in grades.splitlines()[1:]] == ["ann", "bob", "cleo", "dan"]


def test_a_zip_is_a_submission(tmp_path: Path) -> None:
    """A zip with a folder inside is graded under the zip's own name."""
    with zipfile.ZipFile(tmp_path / "eve.zip", "w") as archive:
        archive.writestr("eve/circle.py", RIGHT)
    done = graded(tmp_path / "eve.zip", tmp_path / "out", "--only", "q1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "eve.html").is_file()


def test_only_the_formats_that_were_asked_for_are_written(the_class: Path, tmp_path: Path) -> None:
    """``--format json`` writes no page; an unknown format is refused by name."""
    graded(the_class / "ann", tmp_path / "out", "--format", "json")
    tables = ["clusters.csv", "grades.csv", "grades_long.csv", "items.csv"]
    assert listed(tmp_path / "out") == ["ann.json", *tables]
    wrong = graded(the_class / "ann", tmp_path / "out", "--format", "pdf")
    assert wrong.returncode == 2
    assert "pdf" in wrong.stderr


def test_a_wrong_word_gets_a_suggestion(tmp_path: Path) -> None:
    """A misspelt command or exercise is answered with the nearest one, and exit code 2."""
    command = run("grad", cwd=tmp_path)
    assert command.returncode == 2
    assert "grade" in command.stderr
    exercise = graded(tmp_path, tmp_path / "out", "--only", "q01_cirle")
    assert exercise.returncode == 2
    assert "q01_circle" in exercise.stderr


def test_the_course_is_found_from_where_one_stands(tmp_path: Path) -> None:
    """Without ``--course``, the nearest parent folder with exercises is the course."""
    course = tmp_path / "course"
    shutil.copytree(TINY, course)
    work = course / "work" / "ann"
    work.mkdir(parents=True)
    (work / "circle.py").write_text(RIGHT, encoding="utf-8")
    done = run("grade", ".", "--out", tmp_path / "out", "--only", "q1", cwd=work)
    assert done.returncode == 0, done.stderr


def test_a_folder_for_reports_that_cannot_be_made_is_told(the_class: Path, tmp_path: Path) -> None:
    """A file in the way of the reports' folder is our user's error, with a next step."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    done = graded(the_class / "ann", tmp_path / "taken" / "out")
    assert done.returncode == 4
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_seed_gives_the_same_record(the_class: Path, tmp_path: Path) -> None:
    """With a seed, two runs differ in nothing but their times."""
    records = []
    for number in (1, 2):
        graded(the_class / "bob", tmp_path / str(number), "--seed", 7)
        record = json.loads((tmp_path / str(number) / "bob.json").read_text(encoding="utf-8"))
        for exercise in record["exercises"]:
            for check in exercise["checks"]:
                check["seconds"] = 0
        record["provenance"] |= {"started": "", "seconds": 0}
        records.append(record)
    assert records[0] == records[1]


def test_students_check_their_own_files(tmp_path: Path) -> None:
    """``grader check`` asks the public questions only and never says that all tests passed."""
    (tmp_path / "circle.py").write_text(RIGHT, encoding="utf-8")
    done = run("check", "q1", tmp_path, "--course", TINY)
    assert done.returncode == 0, done.stderr
    assert "ring takes arrays" not in done.stdout  # a hidden question
    assert "all tests passed" not in done.stdout.lower()


def test_help_names_every_command() -> None:
    """``grader --help`` fits a screen and lists what there is."""
    done = run("--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) < 40
    for command in ("check", "grade", "verify", "doctor"):
        assert f"  {command} " in done.stdout
        assert run(command, "--help").returncode == 0


def test_the_version_needs_neither_tensorflow_nor_sympy() -> None:
    """``grader --version`` imports nothing heavy."""
    code = (
        "import sys; from grader.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "heavy = {'tensorflow', 'keras', 'sympy', 'rich', 'jinja2', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
