"""What a person decided about answers, as frozen data: judgements, and the rubric they refer to.

A judgement names the items of a rubric and does not repeat them, so that whoever changes what an
item is worth changes it for every answer that has it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.errors import GraderError
from grader.marking import Mark, Review
from grader.model import Outcome, Report, Result, Verdict, tidy

MAX_ITEMS = 9  # one for each digit of the keyboard
MAX_REMARK = 500  # characters of a comment, a reason or an item: as much as a report shows
MAX_POINTS = 1000.0


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a rubric, worth positive or negative points."""

    id: str
    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Rubric:
    """What the answers to one question are read for; ``version`` counts its changes."""

    items: tuple[Item, ...]
    version: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about one check of one submission."""

    answer: str  # fingerprint of what was read: another answer makes the judgement stale
    items: tuple[str, ...] = ()  # ids of the rubric's items
    comments: tuple[str, ...] = ()
    points: float | None = None  # in place of what the items or the machine say
    reason: str | None = None  # why; there whenever there are points
    at: str = ""  # UTC, ISO 8601


@dataclass(frozen=True, slots=True)
class Dispute:
    """A judgement that met another one, made at the same time, and was not put in its place."""

    check: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided about one exercise of one submission; ``version`` counts the changes."""

    student: str
    exercise: str
    version: int = 0
    checks: Mapping[str, Judgement] = field(default_factory=dict)
    disputes: tuple[Dispute, ...] = ()


def first_rubric(out_of: float) -> Rubric:
    """Return the rubric of a question that nobody has written one for."""
    return Rubric(
        (
            Item("complete", "Complete", out_of),
            Item("partly", "A part is missing", tidy(out_of / 2)),
            Item("wrong", "Not what was asked", 0.0),
        )
    )


def review_of(judgement: Judgement, rubric: Rubric, outcome: Outcome) -> Review:
    """Return what a judgement means for a check; never less than nothing nor more than all."""
    items = [item for item in rubric.items if item.id in judgement.items]
    points = judgement.points
    if points is None:
        automatic = outcome.verdict is not Verdict.AWAITING and not items
        points = outcome.measured if automatic else sum(item.points for item in items)
    return Review(
        points=tidy(min(max(points, 0.0), outcome.out_of)),
        marks=tuple(Mark(item.text, item.points) for item in items),
        comments=judgement.comments,
        reason=judgement.reason,
        at=judgement.at,
    )


def answer_of(outcome: Outcome) -> str:
    """Return what a student wrote in answer to a question in words."""
    return "\n\n".join(finding.got for finding in outcome.findings if finding.awaiting)


def fingerprint(report: Report, result: Result, outcome: Outcome) -> str:
    """Return a hash of what a person judges: the words, or the code where there are none.

    So an answer in words stays judged while its author mends the code around it.  The words of a
    hidden check are in no record, so it goes by the code.
    """
    if outcome.verdict is not Verdict.AWAITING or outcome.hidden:
        return report.provenance.sources.get(result.exercise, "")
    return hashlib.sha256(answer_of(outcome).encode("utf-8", "surrogatepass")).hexdigest()


def number(text: str) -> float:
    """Return points as people type them, with a comma or a point; raises GraderError."""
    try:
        value = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        value = math.nan
    if not abs(value) <= MAX_POINTS:
        raise GraderError(f"points are a number, and not {text.strip()[:40]!r}")
    return value


def remark(text: str, what: str) -> str:
    """Return words that a student will read; raises GraderError where there are none."""
    said = text.strip()
    if not said:
        raise GraderError(f"{what} needs words")
    if len(said) > MAX_REMARK:
        raise GraderError(f"{what} has at most {MAX_REMARK} characters, and not {len(said)}")
    return said
