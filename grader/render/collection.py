"""What `grader collect` shows: whose work was found, what is nobody's, and who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.collect import Collection, Line
from grader.render.numerals import moment
from grader.render.untrusted import shortened

NAME = 40  # characters of a name or path
MOST = 20  # lines of a list that would fill the screen


def table(collection: Collection, out: Path, console: Console | None = None) -> None:
    """Print a row per student, then the lists of what needs a look, then what to do next."""
    console = console or Console(highlight=False)
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    grid.add_column("Student", overflow="fold")
    for heading in ("Attempts", "New", "Files"):
        grid.add_column(heading, justify="right")
    grid.add_column("Handed in")
    for line in collection.lines:
        grid.add_row(
            Text(shortened(line.folder, NAME)),
            line.attempts[-1].name,
            str(line.fresh or ""),
            str(len(line.attempts[-1].files)),
            Text(_when(line)),
        )
    console.print(grid)
    many = f" ({len(collection.unmatched)})"
    _listed(console, f"Nobody's{many}", collection.unmatched)
    _listed(console, "Could not be read", collection.failed)
    if collection.rostered:
        missing = [(person.name, "") for person in collection.missing]
        _listed(console, "On the roster, and nothing handed in", missing)
        strangers = [(folder, "") for folder in collection.strangers]
        _listed(console, "Not on the roster", strangers)
    fresh = sum(line.fresh for line in collection.lines)
    console.print(
        Text(
            f"\n{_count(len(collection.lines), 'student')} ({collection.platform}), "
            f"{_count(fresh, 'new attempt')} in {out}",
            "bold",
        ),
        soft_wrap=True,
    )
    console.print(Text(f"Next: grader grade {out}", "dim"), soft_wrap=True)


def _when(line: Line) -> str:
    latest = line.attempts[-1]
    words = [moment(latest.received)] if latest.received else []
    return ", ".join([*words, *(["late"] if latest.late else [])])


def _listed(console: Console, heading: str, lines: Iterable[tuple[str, str]]) -> None:
    lines = list(lines)
    if not lines:
        return
    console.print(Text(f"\n{heading}", "bold"))
    for name, reason in lines[:MOST]:
        said = f"  {shortened(name, NAME)}{': ' if reason else ''}{shortened(reason, 4 * NAME)}"
        console.print(Text(said))
    if len(lines) > MOST:
        console.print(Text(f"  and {len(lines) - MOST} more", "dim"))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
