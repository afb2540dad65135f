"""What a person decides about an answer: marks from a rubric, comments, points for a reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """An item of a rubric as an answer was given it; points may be negative."""

    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about a check; it stands beside what the machine found."""

    points: float
    marks: tuple[Mark, ...] = ()
    comments: tuple[str, ...] = ()
    reason: str | None = None  # why a person gave these points; None where the marks say it
    at: str = ""  # UTC, ISO 8601
