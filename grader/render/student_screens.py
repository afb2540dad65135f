"""What the terminal shows a student at work: an exercise after a save, a hint, the list of all."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from grader.model import Check, Course, Exercise, Report, Submission
from grader.progress import Progress, digest
from grader.render import inline
from grader.render.advice import first_open
from grader.render.numerals import points as points_text
from grader.render.terminal import exercise_panel
from grader.render.untrusted import excerpt as plain

BAR = 20  # columns


def header(course: Course, progress: Progress, *, fancy: bool) -> RenderableType:
    """Return a line that says how far one has come."""
    total = len(course.exercises)
    done = sum(progress.passes(one) for one in course.exercises)
    full = round(BAR * done / total)
    bar = f"  {'█' * full}{'░' * (BAR - full)}" if fancy else ""
    grid = Table.grid(Column(ratio=1, no_wrap=True, overflow="ellipsis"), Column(no_wrap=True))
    grid.expand = True
    grid.add_row(
        Text(f" {plain(course.title)}", "bold"), Text(f"{done} of {total} pass{bar} ", "dim")
    )
    return grid


def checked(report: Report, tally: str, *, fancy: bool) -> RenderableType:
    """Return an exercise that was just checked, how many checks pass and the next step."""
    notes = [Text(f" Note  {plain(note)}", "dim") for note in report.notes]
    panels = [exercise_panel(result, fancy=fancy) for result in report.results]
    step = first_open(report)
    goal = plain(step.goal or "Make it run") if step else ""
    after = [_paragraph("Next", f"{goal}, then save the file.")] if step else []
    return Group(*panels, *notes, Text(f"\n {tally}"), *after)


def hint(check: Check, level: int) -> RenderableType:
    """Return the hint of a check at a level, counted from 1."""
    return _paragraph(f"Hint {level} of {len(check.hints)}", inline.plain(check.hints[level - 1]))


def hinted(exercise: Exercise, check: Check, level: int) -> RenderableType:
    """Return the answer to ``grader hint``: what it is about, the hint, and whether more follow."""
    about = Text.assemble(" ", (f"{exercise.label}  ", "bold"), inline.plain(check.title))
    more = len(check.hints) - level
    word = exercise.label.lower()
    after = f"Once more for the next one: grader hint {word}" if more else "That was the last hint."
    return Group(about, hint(check, level), Text(f"\n {after}", "dim"))


def trouble(reason: str) -> RenderableType:
    """Return why there is nothing to check, and what to do about it."""
    return Text(f"\n {plain(reason)}\n Waiting for a file to be saved.")


def listing(
    course: Course, submission: Submission | None, progress: Progress, *, fancy: bool
) -> RenderableType:
    """Return the exercises, how each ended when it was last checked, and its points."""
    grid = Table(box=None, padding=(0, 2, 0, 1), show_header=False, expand=True)
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    for exercise in course.exercises:
        state, style = _state(exercise, submission, progress, fancy=fancy)
        standing = progress.standings.get(exercise.id)
        earned = points_text(standing.points) if standing else "–" if fancy else "-"
        score = f"{earned} / {points_text(exercise.points)}"
        grid.add_row(exercise.label, inline.plain(exercise.title), Text(state, style), score)
    return Group(header(course, progress, fancy=fancy), Text(), grid)


def keys(check: Check | None, read: int) -> RenderableType:
    """Return the line that names the keys, and of the hints of a check the one that is next."""
    following = (
        f"hint {read + 1} of {len(check.hints)}" if check and read < len(check.hints) else ""
    )
    words = {"h": following, "n": "next exercise", "l": "list", "q": "quit"}
    shown = [((key, "bold"), f" {word}   ") for key, word in words.items() if word]
    return Text.assemble("\n ", *(part for pair in shown for part in pair))


def show(console: Console, *parts: RenderableType) -> None:
    """Print a screen: on a terminal in place of the one before it."""
    if console.is_terminal:
        console.clear()
    console.print(*parts, sep="\n")


def _state(
    exercise: Exercise, submission: Submission | None, progress: Progress, *, fancy: bool
) -> tuple[str, str]:
    source = submission.sources.get(exercise.id) if submission else None
    standing = progress.standings.get(exercise.id)
    if source is None:
        return "no file yet", "dim"
    if standing is None:
        return "not checked yet", "dim"
    if standing.text != digest(source):
        return "changed since the last check", "yellow"
    mark = ("✓ " if standing.passed else "✗ ") if fancy else ""
    return (f"{mark}passes", "green") if standing.passed else (f"{mark}not yet", "red")


def _paragraph(heading: str, text: str) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column()
    grid.add_row(heading, Text(text))
    return Padding(grid, (1, 0, 0, 1))
