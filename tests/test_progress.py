"""What is told while a batch runs: how far it is, and how long the rest takes."""

from __future__ import annotations

import io

from rich.console import Console

from grader.render.progress import Shown


def told(total: int, done: int) -> list[str]:
    """Return the lines that a file gets while some of a class is graded."""
    written = io.StringIO()
    with Shown(Console(file=written, width=80)) as shown:
        shown.begin(total)
        for _ in range(done):
            shown.done()
        shown.say("bob: \x1b[31m::error::")
    return written.getvalue().splitlines()


def test_a_log_gets_a_line_each_tenth_with_the_time_left() -> None:
    """Not a line a student: forty make ten lines, all but the last with an estimate."""
    lines = told(40, 40)
    assert lines[0] == "graded 4 of 40, about 10 s left"
    assert lines[9] == "graded 40 of 40"
    assert len(lines) == 11


def test_what_is_said_cannot_command_the_terminal() -> None:
    """Names are students': their control characters are taken out."""
    assert told(3, 0) == ["bob: ::error::"]
