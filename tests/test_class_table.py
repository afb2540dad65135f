"""The class on a terminal: ten exercises in 80 columns, and no cell that needs guessing."""

from __future__ import annotations

import io

from rendering import outcome, report, result
from rich.console import Console

from grader.model import Report, Verdict
from grader.render.class_table import class_table


def printed(*reports: Report, width: int = 80) -> str:
    """Return the table as a plain terminal shows it."""
    console = Console(file=io.StringIO(), width=width)
    console.print(class_table(reports, width))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, text.splitlines())) <= width
    return text


def test_ten_exercises_fit_in_eighty_columns() -> None:
    """Points keep all their digits; a long name gives way and shows that it did."""
    ten = [result(n, "An exercise", outcome(out_of=10.0)) for n in range(1, 11)]
    text = printed(report(*ten, student="a-student-with-a-rather-long-name"))
    assert "a-rather" not in text
    assert "a-student-w…" in text
    assert text.count(" 10") >= 20  # points, and what they are out of


def test_exercises_that_nobody_handed_in_are_named_below() -> None:
    """They take no column."""
    there = result(1, "Here", outcome())
    absent = result(2, "Not here", outcome(Verdict.SKIPPED), submitted=False)
    text = printed(report(there, absent))
    assert "Nobody handed in Q2." in text
    assert "/ 2" in text
    assert text.splitlines()[0].split() == ["Points", "Q1"]


def test_what_is_no_number_is_a_word_or_a_sign_with_its_meaning_below() -> None:
    """A file that did not run, an exercise left out, and a check that broke."""
    ran = result(1, "Here", outcome())
    stopped = result(1, "Here", outcome(Verdict.SKIPPED), problem="It does not load.")
    broken = result(1, "Here", outcome(Verdict.BROKEN))
    left_out = result(1, "Here", outcome(Verdict.SKIPPED), submitted=False)
    students = ("ann", "ben", "cleo", "dan")
    reports = [
        report(one, student=name)
        for one, name in zip((ran, stopped, broken, left_out), students, strict=True)
    ]
    rows = {line.split()[0]: line.split()[1:] for line in printed(*reports).splitlines() if line}
    assert rows["ann"] == ["2", "2"]
    assert rows["ben"] == ["0", "error"]
    assert rows["cleo"] == ["?", "?"]
    assert rows["dan"] == ["0", "–"]
    assert "its report says why" in printed(*reports)
    assert "not final" in printed(*reports)


def test_a_name_that_commands_the_terminal_is_shown_and_not_obeyed() -> None:
    """Escape sequences and markup in a name are text."""
    text = printed(report(result(1, "Here", outcome()), student="\x1b[31m[bold]x"))
    assert "\x1b" not in text
    assert "[bold]" in text
