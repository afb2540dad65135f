"""What a shell completes, and what the program suggests where a word is nearly right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TINY = Path(__file__).parent / "courses" / "tiny"


def completed(words: str, cwd: Path = TINY) -> list[str]:
    """Return what bash would be offered for the last of some words."""
    asked = {"_GRADER_COMPLETE": "bash_complete", "COMP_WORDS": words}
    asked["COMP_CWORD"] = str(len(words.split(" ")) - 1)
    done = subprocess.run(
        [sys.executable, "-m", "grader"],
        cwd=cwd,
        env=os.environ | asked,
        capture_output=True,
        text=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("grader ve", ["verify"]),
        ("grader --v", ["--version"]),
        ("grader check Q01", ["q01_circle"]),
        ("grader verify q", ["q01_circle", "q02_smooth"]),
        ("grader grade --only q02", ["q02_smooth"]),
        ("grader grade --fail", ["--fail-under"]),
    ],
)
def test_commands_options_and_exercises_complete(words: str, offered: list[str]) -> None:
    """A word that is begun is offered whole, whatever it names."""
    assert completed(words) == offered


def test_exercises_are_those_of_the_course_that_is_named(tmp_path: Path) -> None:
    """``--course`` before the word decides whose exercises are offered."""
    assert completed(f"grader check --course {TINY} q02", tmp_path) == ["q02_smooth"]


def test_a_shell_can_be_told_to_complete() -> None:
    """The line that the help gives prints a function for bash."""
    done = subprocess.run(
        [sys.executable, "-m", "grader"],
        env=os.environ | {"_GRADER_COMPLETE": "bash_source"},
        capture_output=True,
        text=True,
    )
    assert "complete -o nosort -F _grader_completion grader" in done.stdout


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        (["verfy"], "verify"),
        (["verify", "--mutant"], "--mutants"),
        (["verify", "q01_cirle"], "q01_circle"),
        (["grade", "x", "--format", "juint"], "junit"),
    ],
)
def test_a_word_that_is_nearly_right_gets_a_suggestion(words: list[str], suggestion: str) -> None:
    """A misspelt command, option, exercise or format exits 2 and names the nearest one."""
    done = subprocess.run(
        [sys.executable, "-m", "grader", *words], cwd=TINY, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert suggestion in done.stderr
    assert "id you mean" in done.stderr
