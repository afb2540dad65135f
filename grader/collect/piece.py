"""A piece of a download: one file, who handed it in, and in which attempt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from grader.collect.people import Person
from grader.submission.files import Member

_DIGITS = re.compile(
    r"(\d{4})\D?(\d\d)\D?(\d\d)(?:\D{0,2}(\d\d)\D?(\d\d)(?:\D?(\d\d))?(?:\.\d+)?)?"
    r"(?: ?(?:Z|UTC))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a download that is somebody's."""

    member: Member
    people: tuple[Person, ...]  # several where a group handed in together
    path: PurePosixPath  # inside the attempt
    attempt: str = ""  # attempts count in the natural order of these
    late: bool = False  # the platform says so
    received: str | None = None  # ISO 8601, with its offset


@dataclass(frozen=True, slots=True)
class Sorted:
    """A download sorted: what is whose, and the paths that are nobody's, with the reason."""

    pieces: Sequence[Piece]
    unmatched: Sequence[tuple[str, str]]


def instant(text: str) -> str | None:
    """Return the instant that a text states, in ISO 8601, or None; it is UTC unless it says.

    Besides ISO 8601 it may be the digits of a date and perhaps a time with any sign between
    them, as platforms write them into file names: ``2026-11-23-12-40-07``.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        digits = _DIGITS.fullmatch(text.strip())
        if not digits:
            return None
        try:
            year, month, day, hour, minute, second = (int(part or 0) for part in digits.groups())
            found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat()
