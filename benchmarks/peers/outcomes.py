"""What is measured of a tool, and what a tool makes of a submission that misbehaves."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assignment import Case
from process import Command, Run


class Tool(Protocol):
    """Something that grades."""

    @property
    def name(self) -> str:
        """The name in the tables."""

    @property
    def batch(self) -> int:
        """How many submissions it grades at once, to learn what one more costs."""

    def lay_out(self, home: Path, students: Mapping[str, Case]) -> None:
        """Prepare a folder; not measured."""

    def commands(self, home: Path, students: Mapping[str, Case]) -> list[Command]:
        """Return what is measured."""

    def points(self, home: Path, student: str) -> float | None:
        """Return what a student got, or None."""

    def said(self, home: Path, student: str) -> str:
        """Return a few words on what came out, or none."""


@dataclass(slots=True)
class Figures:
    """Times of a tool for right submissions, a number for each run."""

    tool: str
    batch: int
    alone: list[float] = field(default_factory=list)  # seconds for one, from start to end
    alone_cpu: list[float] = field(default_factory=list)
    more: list[float] = field(default_factory=list)  # seconds for one more
    more_cpu: list[float] = field(default_factory=list)
    peak: float | None = None  # MiB

    def add(self, alone: Run, batch: Run | None) -> None:
        """Take one run; a tool without a batch pays the whole price each time."""
        others = self.batch - 1
        self.alone.append(alone.seconds)
        self.alone_cpu.append(alone.cpu)
        self.more.append((batch.seconds - alone.seconds) / others if batch else alone.seconds)
        self.more_cpu.append((batch.cpu - alone.cpu) / others if batch else alone.cpu)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool made of one case."""

    tool: str
    case: str
    deserves: int
    points: float | None
    said: str
    run: Run


def spread(values: Sequence[float]) -> str:
    """Read as ``median (min to max)``."""
    middle, low, high = statistics.median(values), min(values), max(values)
    digits = 1 if middle >= 1 else 3
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
