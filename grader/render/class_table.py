"""A class on the terminal: a row a student, a column for each exercise that anyone handed in."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.model import Report, Result
from grader.render.numerals import points as points_text
from grader.render.states import is_broken
from grader.render.untrusted import excerpt as plain

NARROW = 12  # columns that a name has at least
POINTS, CELL = 8, 6  # columns that points take, with the gap before the next


def class_table(reports: Sequence[Report], width: int) -> RenderableType:
    """Return the points of several reports on the same exercises, on a terminal so wide.

    Ten exercises fit in 80 columns, so a cell holds points and nothing else, or the word for why
    there are none.
    """
    asked = range(len(reports[0].results))
    handed_in = [n for n in asked if any(report.results[n].submitted for report in reports)]
    room = max(NARROW, width - POINTS - CELL * len(handed_in))
    grid = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    grid.add_column("Student")
    grid.add_column(f"Points\n/ {points_text(reports[0].out_of)}", justify="right")
    for column in handed_in:
        one = reports[0].results[column]
        grid.add_column(f"{one.label}\n/ {points_text(one.out_of)}", justify="right")
    for report in reports:
        total = points_text(report.points) if report.final else "?"
        cells = (_cell(report.results[column]) for column in handed_in)
        name = Text(plain(report.student), no_wrap=True)
        name.truncate(room, overflow="ellipsis")
        grid.add_row(name, Text(total, "bold"), *cells)
    absent = [reports[0].results[n].label for n in asked if n not in handed_in]
    return Group(grid, *_footnotes(reports, absent))


def _cell(result: Result) -> Text:
    if not result.submitted:
        return Text("–", "dim")
    if is_broken(result):
        return Text("?", "magenta")
    if result.problem:
        return Text("error", "magenta")
    colour = "green" if result.passed else "yellow" if result.points else "red"
    return Text(points_text(result.points), colour)


def _footnotes(reports: Sequence[Report], absent: Sequence[str]) -> list[Text]:
    notes = []
    if absent:
        notes.append(f"Nobody handed in {', '.join(absent)}.")
    if any(result.problem for report in reports for result in report.results):
        notes.append("error: the file could not run; its report says why.")
    if not all(report.final for report in reports):
        notes.append("?: a check broke or a person has to read an answer; not final.")
    return [Text(f"\n{' '.join(notes)}", "dim")] if notes else []
