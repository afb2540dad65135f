"""A batch while it runs: a moving line on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Column
from rich.text import Text

from grader.model import Check, Exercise
from grader.render.numerals import duration
from grader.render.untrusted import excerpt as plain

EVERY_SECONDS = 30.0
PRINTED_WIDTH = 48
REST = Column(ratio=1, no_wrap=True, overflow="ellipsis")  # of a line; the rest keeps its width
FEW = 3  # submissions after which the rest can be estimated


class Shown:
    """Progress on standard error."""

    def __init__(self, console: Console | None = None) -> None:
        """Show a batch on a console."""
        self._console = console or Console(stderr=True, highlight=False)
        self._total = self._done = self._tenth = 0
        self._begun = self._spoke = time.monotonic()
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[left]}"),
            TextColumn("{task.description}", markup=False, table_column=REST),
            console=self._console,
            transient=True,
            expand=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("starting TensorFlow", total=1, left="", visible=False)

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

    def begin(self, total: int) -> None:
        """Note that so many submissions are to be graded, beginning now."""
        self._total, self._begun = total, time.monotonic()
        self._bar.update(self._task, total=total, visible=True)

    def working(self, student: str, exercise: Exercise, check: Check | None, printed: str) -> None:
        """Show what a submission is at, and the last thing that its code printed."""
        last = plain(printed.strip().splitlines()[-1] if printed.strip() else "")[-PRINTED_WIDTH:]
        what = [plain(student), exercise.label, check.title if check else "", last]
        self._bar.update(self._task, description="  ".join(part for part in what if part))

    def done(self) -> None:
        """Count one submission."""
        self._done += 1
        left = self._left()
        self._bar.update(self._task, completed=self._done, left=left)
        tenth = 10 * self._done // self._total
        late = time.monotonic() - self._spoke > EVERY_SECONDS
        if not self._console.is_terminal and (late or tenth > self._tenth):
            self._tenth, self._spoke = tenth, time.monotonic()
            self._console.print(", ".join(filter(None, [self._so_far(), left])))

    def say(self, text: str) -> None:
        """Print something that stays to be read."""
        self._console.print(Text(plain(text)), soft_wrap=True)

    def _so_far(self) -> str:
        return f"graded {self._done} of {self._total}"

    def _left(self) -> str:
        """Estimate the time that the rest takes, from what the others took."""
        rest = self._total - self._done
        if self._done < FEW or not rest:
            return ""
        seconds = (time.monotonic() - self._begun) / self._done * rest
        return f"about {duration(max(10.0, seconds))} left"
