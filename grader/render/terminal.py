"""What the terminal shows: a line of progress, one submission in full, or a class as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.model import NOT_SANDBOXED, Finding, Outcome, Place, Report, Result, Verdict
from grader.render.advice import next_step
from grader.render.class_table import class_table
from grader.render.numerals import points as points_text
from grader.render.untrusted import excerpt as plain

MARKS = {
    Verdict.PASSED: ("✓", "PASS", "green"),
    Verdict.PARTLY: ("◐", "PART", "yellow"),
    Verdict.FAILED: ("✗", "FAIL", "red"),
    Verdict.TODO: ("·", "TODO", "red"),
    Verdict.ERROR: ("!", "ERROR", "magenta"),
    Verdict.TIMEOUT: ("!", "TIME", "magenta"),
    Verdict.MEMORY: ("!", "MEMORY", "magenta"),
    Verdict.CRASHED: ("!", "CRASH", "magenta"),
    Verdict.SKIPPED: ("–", "SKIP", "dim"),
    Verdict.AWAITING: ("…", "WAIT", "dim"),
    Verdict.BROKEN: ("?", "BROKEN", "magenta"),
}
UNWALLED = f"{NOT_SANDBOXED}: this code could do all that you can; run only your own like this."


def summary(reports: Sequence[Report], out: Path | None, console: Console | None = None) -> None:
    """Print one report in full, or a table of several, and where the files are, if anywhere."""
    console = console or Console(highlight=False)
    if len(reports) == 1:
        console.print(one(reports[0], fancy=fancy(console)))
    else:
        console.print(class_table(reports, console.width))
    if not all(report.provenance.sandboxed for report in reports):
        console.print(Text(f"\n {UNWALLED}", "bold red"))
    if out is not None:
        count = "1 report" if len(reports) == 1 else f"{len(reports)} reports"
        console.print(Text(f"\n {count}: {out / 'index.html'}", "dim"), soft_wrap=True)


def fancy(console: Console) -> bool:
    """Tell whether symbols may stand without their words: on a colour terminal that knows them."""
    return (
        console.is_terminal and not console.no_color and (console.encoding or "").startswith("utf")
    )


def one(report: Report, *, fancy: bool) -> RenderableType:
    """Return one submission in full."""
    parts: list[RenderableType] = [_heading(report)]
    parts += [_exercise(result, fancy=fancy) for result in report.results]
    parts += [Text(f" Note  {plain(note)}", "dim") for note in report.notes]
    step = next_step(report)
    if step:
        parts.append(Padding(Text.assemble(("Next  ", "bold"), plain(step)), (1, 0, 0, 1)))
    return Group(*parts)


def ended(graded: int, reused: int, console: Console | None = None) -> None:
    """Print how much was graded, where something did not have to be."""
    if reused:
        text = f" {graded} graded, {reused} unchanged since they were graded before"
        (console or Console(stderr=True, highlight=False)).print(Text(text, "dim"), soft_wrap=True)


def _heading(report: Report) -> Text:
    attempt = f", attempt {plain(report.attempt)}" if report.attempt else ""
    return Text.assemble((plain(report.student), "bold"), f"{attempt}  ", (_score(report), "bold"))


def _exercise(result: Result, *, fancy: bool) -> RenderableType:
    title = Text.assemble(
        "\n ",
        (f"{result.label:<4}", "bold"),
        (plain(result.title), "bold"),
        f"  {points_text(result.points)} / {points_text(result.out_of)}",
    )
    if not result.submitted:
        return Group(title, _indented(Text("not submitted", "dim")))
    if result.problem:
        code = [Text(plain(result.place.code), "dim")] if result.place else []
        return Group(title, _indented(Text(plain(result.problem)), *code))
    return Group(title, _checks(result.outcomes, fancy=fancy))


def _checks(outcomes: Sequence[Outcome], *, fancy: bool) -> RenderableType:
    """Return the checks of an exercise: a mark, and beside it all that there is to say."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column()
    grid.add_column(overflow="fold")
    for outcome in outcomes:
        symbol, colour = _mark(outcome.verdict, fancy=fancy)
        grid.add_row(
            "", Text(symbol, colour), Group(Text(plain(outcome.title)), *_details(outcome))
        )
    return grid


def _details(outcome: Outcome) -> list[RenderableType]:
    if outcome.verdict is Verdict.PASSED:
        return []
    wrong = outcome.first_wrong
    if wrong and outcome.verdict in {Verdict.FAILED, Verdict.PARTLY}:
        return [_gap(wrong, outcome)]
    said: list[RenderableType] = [Text(plain(outcome.message))] if outcome.message else []
    return [*said, Text(_where(outcome.place), "dim")] if outcome.place else said


def _gap(wrong: Finding, outcome: Outcome) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("Asked", Text(plain(wrong.shown)))
    grid.add_row("Expected", Text(plain(wrong.expected)))
    grid.add_row("Yours", Text(plain(wrong.got), "bold"))
    if outcome.place:
        grid.add_row("Where", Text(_where(outcome.place)))
    if wrong.diagnosis:
        grid.add_row("", Text(plain(wrong.diagnosis)))
    return grid


def _where(place: Place) -> str:
    return f"{plain(str(place))}: {plain(place.code)}"


def _indented(*lines: Text) -> RenderableType:
    return Padding(Group(*lines), (0, 0, 0, 5))


def _mark(verdict: Verdict, *, fancy: bool) -> tuple[str, str]:
    symbol, word, colour = MARKS[verdict]
    return (symbol if fancy else f"{word:<6}"), colour


def _score(report: Report) -> str:
    total = f"{points_text(report.points)} / {points_text(report.out_of)}"
    return total if report.final else f"{total}, not final"
