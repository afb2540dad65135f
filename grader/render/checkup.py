"""What `grader doctor` shows: a table of what works here, and a verdict."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.health import Health
from grader.sandbox import SAFE

COLOURS = {"works": "green", "missing": "red", "not needed": "dim"}
VERDICTS = {
    "A": "Profile A: the whole wall stands. The work of strangers can be graded here.",
    "B": "Profile B: no namespaces, but Landlock and seccomp hold. The work of strangers can be "
    "graded here; it sees the names of files and processes.",
    "C": "Profile C: only limits. Do not grade the work of strangers here.",
}


def table(health: Health, console: Console | None = None) -> None:
    """Print every row with what to do about it, then whether strangers' work is safe here."""
    console = console or Console(highlight=False)
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("", "What", "State", "Found", "What to do"):
        grid.add_column(heading, overflow="fold")
    group = ""
    for row in health.rows:
        grid.add_row(
            Text("" if row.group == group else row.group, "bold"),
            Text(row.name),
            Text(row.state, COLOURS[row.state]),
            Text(row.found),
            Text(row.advice),
        )
        group = row.group
    console.print(grid)
    verdict = VERDICTS[health.profile]
    if not health.safe and health.profile in SAFE:
        verdict = "Do not grade the work of strangers here yet: see what is missing."
    console.print(Text(f"\n{verdict}", "green" if health.safe else "bold red"))
