"""What `grader export` shows: who gets a grade, who does not, and what to know before uploading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.gradebook.filling import Filling
from grader.gradebook.marks import Mark
from grader.render.untrusted import shortened

NAME = 40  # characters of a name


def filled(filling: Filling, out: Path, console: Console | None = None) -> None:
    """Print what was filled in, every row that the platform would pass over, and why."""
    console = console or Console(highlight=False)
    changed = [one for one in filling.written if one.before]
    console.print(
        Text(
            f"{len(filling.written)} grades, {len(changed)} of them in place of another: {out}",
            "bold",
        ),
        soft_wrap=True,
    )
    _listed(console, "Changed", ((one.name, f"{one.before} becomes {one.now}") for one in changed))
    _listed(
        console,
        "Rows left as they were",
        ((f"line {line}, {name}", reason) for line, name, reason in filling.skipped),
    )
    _listed(console, "Students who get no grade by this file", filling.absent)
    _remarks(console, filling.remarks)


def packed(count: int, absent: Sequence[tuple[str, str]], out: Path) -> None:
    """Print how many reports a feedback zip has, and who gets none."""
    console = Console(highlight=False)
    console.print(Text(f"\n{count} reports for students: {out}", "bold"), soft_wrap=True)
    _listed(console, "Students who get no report by it", absent)


def tabled(marks: Sequence[Mark], out: Path) -> None:
    """Print how many students a table has, and whose report is not final."""
    console = Console(highlight=False)
    final = [one for one in marks if one.final]
    console.print(Text(f"{len(final)} students: {out}", "bold"), soft_wrap=True)
    _listed(console, "Not final, and left out", ((m.student, "") for m in marks if not m.final))


def lateness(marks: Sequence[Mark]) -> None:
    """Print what lateness took off, and whose lateness nobody can tell."""
    console = Console(highlight=False)
    taken = [one for one in marks if one.score != one.raw]
    _listed(
        console,
        "Late, and fewer points by the course's policy",
        ((one.student, f"{one.raw:.2f} becomes {one.score:.2f}, {_days(one)}") for one in taken),
    )
    untimed = [(one.student, "") for one in marks if one.untimed]
    _listed(console, "Perhaps late, but nobody knows when: nothing was taken off", untimed)
    if untimed:
        _remarks(console, ['write the times into collected.json as "received", and export again'])


def _days(mark: Mark) -> str:
    days = max(part.days for part in mark.parts)
    return f"{days} {'day' if days == 1 else 'days'} late"


def _remarks(console: Console, remarks: Iterable[str]) -> None:
    for remark in remarks:
        console.print(Text(f"Note: {remark}", "dim"))


def _listed(console: Console, heading: str, lines: Iterable[tuple[str, str]]) -> None:
    lines = list(lines)
    if not lines:
        return
    console.print(Text(f"\n{heading} ({len(lines)})", "bold"))
    for name, reason in lines:
        said = f"  {shortened(name, NAME)}{': ' if reason else ''}{reason}"
        console.print(Text(said))
