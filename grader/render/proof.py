"""What `grader verify` shows: progress, then a table of claims or mutants and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.model import Exercise
from grader.render.numerals import points
from grader.render.untrusted import excerpt
from grader.verify import Verified
from grader.verify.survival import Trial


class Progress:
    """A moving line on a terminal, and nothing elsewhere: the table says it all."""

    def __init__(self, total: int) -> None:
        """Show how many of ``total`` cases are judged."""
        self._bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.MofNCompleteColumn(),
            progress.BarColumn(bar_width=16),
            progress.TimeElapsedColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        self._task = self._bar.add_task("starting TensorFlow", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def done(self, exercise: Exercise, name: str) -> None:
        """Count one case."""
        self._bar.update(self._task, advance=1, description=f"{exercise.label} {name}")


def claims(verified: Sequence[Verified], console: Console | None = None) -> None:
    """Print a line for each exercise that is sound, and every claim that does not hold."""
    console = console or Console(highlight=False)
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("Exercise", "Reference", "Stub", "Mistakes", ""):
        grid.add_column(heading)
    for exercise, group in groupby(verified, key=lambda one: one.case.exercise):
        grid.add_row(*_row(exercise.id, list(group)))
    console.print(grid)
    for one in verified:
        for fault in one.faults:
            text = Text.assemble(
                (f"\n{one.case.exercise.id} {one.case.name}", "bold red"),
                f"\n  {excerpt(fault, 1000)}",
            )
            console.print(text)
    wrong = sum(1 for one in verified if one.faults)
    verdict = (
        "Every claim of the course holds."
        if not wrong
        else f"{wrong} of {len(verified)} claims do not hold."
    )
    console.print(Text(f"\n{verdict}", "green" if not wrong else "bold red"))


def _row(name: str, group: Sequence[Verified]) -> list[Text]:
    by_kind = {
        kind: [one for one in group if one.case.kind == kind]
        for kind in ("reference", "stub", "mistake")
    }
    reference = by_kind["reference"]
    earned = min((one.result.points for one in reference), default=0.0)
    stub = max((one.result.points for one in by_kind["stub"]), default=0.0)
    caught = sum(1 for one in by_kind["mistake"] if not one.faults)
    sound = all(not one.faults for one in group)
    return [
        Text(name),
        Text(f"{points(earned)} of {points(reference[0].result.out_of)}" if reference else "none"),
        Text(points(stub)),
        Text(f"{caught} of {len(by_kind['mistake'])} as recorded"),
        Text("sound" if sound else "NOT SOUND", "green" if sound else "bold red"),
    ]


def survivors(trials: Sequence[Trial], console: Console | None = None) -> None:
    """Print how many mutants of each exercise were caught, and the diff of each that was not."""
    console = console or Console(highlight=False)
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("Exercise", "Mutants", "Caught", "Equivalent", "Survived", "Rate"):
        grid.add_column(heading, justify="left" if heading == "Exercise" else "right")
    for exercise, group in groupby(trials, key=lambda one: one.exercise):
        grid.add_row(exercise.id, *_rate(list(group)))
    console.print(grid)
    alive = [one for one in trials if not one.killed_by and not one.reason]
    for one in alive:
        head = f"\n{one.exercise.id}, line {one.mutant.line}: {one.mutant.operator}"
        console.print(Text.assemble((head, "bold"), f"\n{one.mutant.diff}"))
    if alive:
        console.print(
            Text(
                f"\n{len(alive)} mutants earn everything. Is a check missing? Where the change "
                "makes no difference, record it in solutions/equivalent_mutants.toml with the "
                "reason.",
                "bold red",
            )
        )
    else:
        console.print(Text("\nEvery mutant is caught, or recorded as equivalent.", "green"))


def _rate(group: Sequence[Trial]) -> list[str]:
    caught = sum(1 for one in group if one.killed_by)
    equivalent = sum(1 for one in group if one.reason)
    real = len(group) - equivalent
    rate = f"{100 * caught / real:.1f} %" if real else "–"
    return [str(len(group)), str(caught), str(equivalent), str(real - caught), rate]
