"""What is printed on a GitHub runner commands nothing."""

from __future__ import annotations

import re
import sys

import pytest

from grader.cli.workflow import commands_stopped


@commands_stopped()
def printing(text: str) -> None:
    """Print something and leave, as a command does."""
    sys.stdout.write(f"{text}\n")
    sys.exit()


def test_on_a_runner_commands_stop_until_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The word that starts them again cannot be guessed, and comes whatever happens."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    words = set()
    for _ in range(2):
        with pytest.raises(SystemExit):
            printing("::error::mine")
        first, *_, last = capsys.readouterr().out.splitlines()
        word = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)
        assert word
        assert last == f"::{word[1]}::"
        words.add(word[1])
    assert len(words) == 2


def test_elsewhere_nothing_is_added(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a terminal of one's own the output is what the command prints."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    with pytest.raises(SystemExit):
        printing("graded")
    assert capsys.readouterr().out == "graded\n"
