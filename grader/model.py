"""The nouns of the package: what a course, a submission and a result are made of.

Frozen data without I/O.  Everything else in the package makes these or reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from grader.marking import Review

if TYPE_CHECKING:
    from grader.evidence import Evidence


class Verdict(StrEnum):
    """How a check ended, named after whose turn it is."""

    PASSED = "passed"
    PARTLY = "partly"
    FAILED = "failed"
    TODO = "todo"  # still the stub: NotImplementedError, or a name that is not defined yet
    ERROR = "error"  # the student's code raised
    TIMEOUT = "timeout"  # it never came back
    MEMORY = "memory"  # it asked for more memory than the limit
    CRASHED = "crashed"  # it took its own process down, or broke the channel
    SKIPPED = "skipped"  # what it comes after did not pass
    AWAITING = "awaiting"  # a person has to read it
    BROKEN = "broken"  # the checker raised: the instructor's turn, never the student's loss


NOT_SANDBOXED = "NOT SANDBOXED"  # how a report's word on the wall begins where none stood
DID_NOT_RUN = frozenset({Verdict.ERROR, Verdict.TIMEOUT, Verdict.MEMORY, Verdict.CRASHED})


@dataclass(frozen=True, slots=True)
class Place:
    """A line in a student's file, as the student knows it."""

    file: str
    line: int
    code: str = ""
    cell: int | None = None

    def __str__(self) -> str:
        """Read as ``xor.py, line 12`` or ``exercises.ipynb, cell 7, line 3``."""
        cell = "" if self.cell is None else f"cell {self.cell}, "
        return f"{self.file}, {cell}line {self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer to one question: what was asked, what should have come, what came."""

    shown: str  # the call, as the student would type it
    expected: str
    got: str
    ok: bool
    diagnosis: str | None = None  # which known mistake it is; on a right answer, a remark
    evidence: tuple[Evidence, ...] = ()
    subject: str | None = None  # the student's own name that was asked about
    weight: float = 1.0  # share of a partial check's points
    awaiting: bool = False  # a person has to judge it: `ok` says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One question of an exercise; compared by identity, so that ``after=`` compares no chains."""

    name: str
    title: str  # a behaviour, in the course's words
    hints: tuple[str, ...]
    points: float
    run: Callable[..., Iterator[Finding | Evidence]]
    after: Check | None = None
    partial: bool = False
    seconds: float = 10.0  # of the student's time, summed over the calls of this check
    cpu_seconds: float | None = None  # of processor time, where a wall clock is no fair measure
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """A stub, its statement and its questions."""

    id: str  # the folder's name
    title: str
    statement: str  # README text, Markdown
    module: str  # the name that the student's file must have, without .py
    stub: str
    folder: Path
    provided: tuple[Path, ...]  # files that lie beside the student's module, read-only
    checks: Sequence[Check]
    private: Path | None = None  # solutions/<id>, where there is one

    @property
    def points(self) -> float:
        """What the exercise is worth: the sum over its checks."""
        return tidy(sum(check.points for check in self.checks))

    @property
    def label(self) -> str:
        """The short name that people use: ``Q5`` for ``q05_activations``, else the id."""
        head = self.id.split("_", 1)[0]
        return f"Q{int(head[1:])}" if head[:1] == "q" and head[1:].isdigit() else self.id


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of exercises."""

    title: str
    root: Path
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The text that a student submitted for one exercise, or why it cannot be read."""

    file: str  # as the student named it
    text: str
    problem: str | None = None
    lines: tuple[tuple[int, int], ...] = ()  # notebooks: (cell, line in cell) of each line of text

    @property
    def cells(self) -> tuple[int, ...]:
        """Notebooks: the lines of the text, from 1, at which its cells begin."""
        numbers = [cell for cell, _ in self.lines]
        pairs = zip(numbers, [0, *numbers], strict=False)
        return tuple(line for line, (cell, before) in enumerate(pairs, 1) if cell != before)


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in: source text by exercise."""

    student: str
    path: Path
    sources: Mapping[str, Source]
    attempt: str | None = None
    notes: tuple[str, ...] = ()  # what was guessed, ignored or refused while reading
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the same, by exercise


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended for one submission."""

    name: str
    title: str
    hints: tuple[str, ...]
    out_of: float
    partial: bool
    hidden: bool
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    message: str | None = None  # one or two sentences for the student; None where it passed
    place: Place | None = None
    seconds: float = 0.0
    review: Review | None = None

    @property
    def points(self) -> float:
        """What it earned: what a person gave it, else what was measured."""
        return self.measured if self.review is None else self.review.points

    @property
    def stands(self) -> Verdict:
        """The verdict that counts: the automatic one, unless a person decided otherwise."""
        if self.review is None:
            return self.verdict
        if self.points >= self.out_of:
            return Verdict.PASSED
        return Verdict.PARTLY if self.points > 0 else Verdict.FAILED

    @property
    def measured(self) -> float:
        """What it earned by itself; a partial check earns the weight of its right findings."""
        if self.verdict is Verdict.PASSED:
            return self.out_of
        if self.verdict is Verdict.PARTLY:
            total = sum(finding.weight for finding in self.findings)
            right = sum(finding.weight for finding in self.findings if finding.ok)
            return tidy(self.out_of * right / total)
        return 0.0

    @property
    def first_wrong(self) -> Finding | None:
        """The finding that the student should read first."""
        return next((f for f in self.findings if not f.ok and not f.awaiting), None)

    @property
    def diagnosis(self) -> str | None:
        """Which known mistake it is, where one was recognised."""
        wrong = self.first_wrong
        return wrong.diagnosis if wrong else None


@dataclass(frozen=True, slots=True)
class Result:
    """One exercise of one submission."""

    exercise: str
    label: str
    title: str
    submitted: bool
    outcomes: tuple[Outcome, ...]
    problem: str | None = None  # why nothing could run
    place: Place | None = None
    notes: tuple[str, ...] = ()
    printed: str = ""  # what the student's code wrote, capped
    source: Source | None = None

    @property
    def points(self) -> float:
        """The sum over the checks."""
        return tidy(sum(outcome.points for outcome in self.outcomes))

    @property
    def out_of(self) -> float:
        """What could be earned."""
        return tidy(sum(outcome.out_of for outcome in self.outcomes))

    @property
    def final(self) -> bool:
        """False where the checker broke or a person has yet to judge points."""
        return not any(
            outcome.stands is Verdict.BROKEN
            or (outcome.stands is Verdict.AWAITING and outcome.out_of > 0)
            for outcome in self.outcomes
        )

    @property
    def passed(self) -> bool:
        """True where every check that is worth points passed, or waits for a person."""
        return self.submitted and all(
            outcome.stands in {Verdict.PASSED, Verdict.AWAITING} or outcome.out_of == 0
            for outcome in self.outcomes
        )


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report must say so that it can be repeated."""

    grader: str
    course: str
    sandbox: str  # the profile of the wall and its layers
    seed: int
    started: str  # UTC, ISO 8601
    seconds: float
    sources: Mapping[str, str] = field(default_factory=dict)  # exercise id -> sha256 of the text
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def sandboxed(self) -> bool:
        """Whether a wall stood around the student's code."""
        return not self.sandbox.startswith(NOT_SANDBOXED)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known about one submission."""

    student: str
    attempt: str | None
    file: str
    results: tuple[Result, ...]
    provenance: Provenance
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """The sum over the exercises."""
        return tidy(sum(result.points for result in self.results))

    @property
    def out_of(self) -> float:
        """What could be earned."""
        return tidy(sum(result.out_of for result in self.results))

    @property
    def final(self) -> bool:
        """False where any exercise waits for the instructor."""
        return all(result.final for result in self.results)


def tidy(points: float) -> float:
    """Round away the noise of adding shares; points are meant to six decimals."""
    return round(points, 6) + 0.0
