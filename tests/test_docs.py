"""What the pages say is true: their files make a course, their commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from zoo import KINDS, attacks

from grader import course, verify
from grader.cli import COMMANDS, READERS
from grader.render.formats import FORMATS, GITHUB
from grader.sandbox import Sandbox
from grader.verify import survival

ROOT = Path(__file__).resolve().parents[1]
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTRUCTOR = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
DOORS = ("student", "instructor", "ci")
FILE = re.compile(r"^`(\S+/\S+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course that an author has after reading the page on authoring."""
    root = tmp_path_factory.mktemp("course")
    for path, text in FILE.findall(AUTHORING):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_the_exercise_of_the_page_on_authoring_verifies(written: Path, sandbox: Sandbox) -> None:
    """Its reference earns everything, its stub nothing, and its mistake is named."""
    exercise = course.find_exercise(course.load(written), "q11")
    verified = verify.verify(list(verify.cases(exercise)), sandbox, 2, lambda one: None)
    assert [one.faults for one in verified] == [()] * 4


def test_the_recorded_mutant_of_the_page_is_one(written: Path) -> None:
    """The entry that the page shows names a real mutant of the page's reference."""
    block = re.search(r"```toml\n(.*?)```", AUTHORING, re.DOTALL)
    assert block
    (written / "solutions" / survival.RECORD).write_text(block[1], encoding="utf-8")
    the_course = course.load(written)
    known = survival.equivalents(the_course)
    made = survival.sampled(the_course.exercises[0], None)
    assert {("q11_perceptron", one.was, one.becomes) for one in made} >= set(known)


@pytest.mark.parametrize("name", DOORS)
def test_every_command_of_a_door_prints_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """Its commands, run one after the other on its files and this course, give its very output."""
    page = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    lay_out(page, tmp_path)
    shown = "".join(re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    assert printed(shown, tmp_path).splitlines() == shown.splitlines()


def lay_out(page: str, folder: Path) -> None:
    """Write what a reader of the page has: its files, the course, a download, the programs."""
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name, folder / "course" / name)
    shutil.copy(ROOT / "course.toml", folder / "course")
    for name in ("exercises", "course.toml"):  # what a student has of it
        (folder / name).symlink_to(folder / "course" / name)
    for path, text in FILE.findall(page):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    with ZipFile(folder / "canvas.zip", "w") as archive:
        for file in sorted(folder.glob("download/*")):
            archive.write(file, file.name)
    (folder / "bin").mkdir()
    for name, module in (("grader", "grader"), ("pytest", "pytest -p grader.pytest_plugin")):
        program = folder / "bin" / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', "utf-8")
        program.chmod(0o755)


def printed(shown: str, folder: Path) -> str:
    """Run the commands of a page in one shell; return them, each with what it prints."""
    commands = re.findall(r"^\$ (.+)$", shown, re.MULTILINE)
    script = "\n".join(
        f"printf '$ %s\\n' {shlex.quote(c)}; (exit $last); {c}; last=$?" for c in commands
    )
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"last=0\n{script}"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "80", "PATH": path},
        capture_output=True,
        text=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def test_the_formats_of_the_page_on_ci_are_those_there_are() -> None:
    """The table has a row for each format, and names the files that it writes."""
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)`", CI, re.MULTILINE))
    assert {name: f"work{one.ending}" for name, one in FORMATS.items()} | {
        GITHUB: "annotations.txt"
    } == rows


def test_every_word_of_the_table_is_a_word() -> None:
    """The page on authoring names no word that the package does not have."""
    import grader

    table = AUTHORING.split("What the words do:")[1].split("\n\n")[1]
    words = re.findall(r"`(\w+)", "\n".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert words
    assert set(words) <= set(grader.__all__)


def test_every_command_of_the_readme_exists() -> None:
    """Each bare command line, also the instructor's, names a command and options there are."""
    lines = re.findall(
        r"^(?:python3 \.ci/env\.py )?grader (.+)$", README + INSTRUCTOR, re.MULTILINE
    )
    assert lines
    for line in lines:
        command, *arguments = shlex.split(line)
        assert command in COMMANDS, line
        asked = [sys.executable, "-m", "grader", command, "--help"]
        told = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT).stdout
        for option in (word for word in arguments if word.startswith("--")):
            assert option in told, line


def test_the_help_lists_every_command_under_one_reader() -> None:
    """No command is missing from ``grader --help``, and none stands there twice."""
    listed = [name for names in READERS.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)


def test_the_options_that_instructors_are_told_of_are_those_of_the_command() -> None:
    """The table of options names only what ``grader grade`` takes."""
    asked = [sys.executable, "-m", "grader", "grade", "--help"]
    told = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT).stdout
    options = re.findall(r"^\| `(--[\w-]+)", INSTRUCTOR, re.MULTILINE)
    assert options
    assert [option for option in options if option not in told] == []


def test_the_example_of_the_readme_is_a_check(sandbox: Sandbox, tmp_path: Path) -> None:
    """The README's question judges a right and a wrong function."""
    block = re.search(r"```python\n(from itertools.*?)```", README, re.DOTALL)
    assert block
    exercise = tmp_path / "exercises" / "q01_gate"
    exercise.mkdir(parents=True)
    (exercise / "README.md").write_text("# A gate\n", encoding="utf-8")
    (exercise / "gate.py").write_text("def xor(a, b):\n    raise NotImplementedError\n", "utf-8")
    (exercise / "check.py").write_text(f'"""A gate."""\n\n{block[1]}', encoding="utf-8")
    (truth_table,) = course.load(tmp_path).exercises[0].checks
    for text, right in (("a != b", 4), ("a or b", 3)):
        made = type(sys)("gate")
        exec(f"def xor(a, b):\n    return int({text})", made.__dict__)
        assert sum(finding.ok for finding in truth_table.run(made)) == right


def test_the_page_on_security_counts_the_zoo() -> None:
    """Attacks of each kind are as many as the page says."""
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    counts = Counter(attack.kind for attack in attacks())
    row = re.search(r"^\| root, A \|(.*)\|$", text, re.MULTILINE)
    assert row
    said = [int(cell.split()[0]) for cell in row[1].split("|")]
    assert said == [*(counts[kind] for kind in KINDS), counts.total()]
    assert f"zoo of {counts.total()} submissions" in text
