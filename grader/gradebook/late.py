"""Late work: what ``course.toml`` takes off for it, on export and never from what was earned."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from grader import course
from grader.errors import CourseError

DAY = timedelta(days=1)
LIMITS = {"grace_minutes": math.inf, "per_day_percent": 100.0, "floor_percent": 100.0}
MOMENT = "2026-11-23T23:59:00+01:00"


@dataclass(frozen=True, slots=True)
class Policy:
    """When work is due, and what part of its points late work keeps."""

    due: datetime | None = None  # of every exercise that has no date of its own
    exercises: Mapping[str, datetime] = field(default_factory=dict)
    grace: timedelta = timedelta()
    per_day_percent: float = 0.0  # of what was earned, for every day begun
    floor_percent: float = 0.0  # of what was earned, kept however late it is

    @property
    def zone(self) -> tzinfo | None:
        """The time zone that the dates are given in; of several, the first one's."""
        dates = [self.due, *self.exercises.values()]
        return next((date.tzinfo for date in dates if date is not None), None)

    def due_for(self, exercise: str) -> datetime | None:
        """Return when an exercise is due, if it is at all."""
        return self.exercises.get(exercise, self.due)

    def days(self, exercise: str, received: datetime | None) -> int:
        """Return how many days late work is, each one that has begun counting whole.

        Within the grace it is not late; after it, days count from the due date.
        """
        due = self.due_for(exercise)
        if due is None or received is None or received <= due + self.grace:
            return 0
        return max(1, math.ceil((received - due) / DAY))

    def kept_percent(self, exercise: str, received: datetime | None) -> float:
        """Return what part of the points earned counts, in percent."""
        left = 100.0 - self.per_day_percent * self.days(exercise, received)
        return min(100.0, max(left, self.floor_percent))


def load(root: Path) -> Policy:
    """Return the policy of a course: ``[late]``, ``[due]`` and ``due`` under ``[course]``.

    Raises :class:`~grader.errors.CourseError`, which names the file, the key and what to write.
    """
    path = root / course.SETTINGS
    late = course.settings(root, "late")
    for key in late:
        if key not in LIMITS:
            raise CourseError(f"{path}: [late] {key} is not known{_near(key, LIMITS)}")
    percent = {key: _number(path, key, late.get(key, 0), most) for key, most in LIMITS.items()}
    dates = course.settings(root, "due")
    ids = [entry.parent.name for entry in (root / course.EXERCISES).glob("*/check.py")]
    for key in dates:
        if key not in ids:
            raise CourseError(f"{path}: [due] {key} is no exercise{_near(key, ids)}")
    whole = course.settings(root, "course").get("due")
    if late and whole is None and not dates:
        raise CourseError(
            f"{path}: [late] has no date to count from: write due = {MOMENT} under [course]"
        )
    return Policy(
        None if whole is None else _moment(path, "[course] due", whole),
        {key: _moment(path, f"[due] {key}", value) for key, value in dates.items()},
        timedelta(minutes=percent["grace_minutes"]),
        percent["per_day_percent"],
        percent["floor_percent"],
    )


def _number(path: Path, key: str, value: Any, most: float) -> float:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    if plain and 0 <= value <= most and math.isfinite(value):
        return float(value)
    bounds = "0 or more" if math.isinf(most) else f"from 0 to {most:g}"
    raise CourseError(f"{path}: [late] {key} must be a number {bounds}, such as {key} = 10")


def _moment(path: Path, key: str, value: Any) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise CourseError(
        f"{path}: {key} must be a date and time with its offset, without quotes, such as {MOMENT}"
    )


def _near(key: str, known: Any) -> str:
    close = difflib.get_close_matches(key, list(known), n=1)
    return f": did you mean {close[0]}?" if close else f": write one of {', '.join(known)}"
