"""Moodle's feedback zip: a report for each student, in the folder that Moodle itself named."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from grader.errors import ExchangeError
from grader.gradebook.marks import Mark

NAME = "report.html"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A zip to upload, and the students who get nothing by it."""

    data: bytes
    count: int
    absent: tuple[tuple[str, str], ...]


def pack(marks: Sequence[Mark]) -> Feedback:
    """Return a zip with every final report of a student whose folder in Moodle is known.

    The folder's name is that of the download: Moodle tells students by it, and would take one
    that was put together anew apart at the wrong place.
    """
    absent: list[tuple[str, str]] = []
    written = io.BytesIO()
    count = 0
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for mark in marks:
            if not mark.final:
                absent.append((mark.student, "the report is not final"))
                continue
            for person in mark.people:
                reason = _missing(mark, person.moodle_path)
                if reason:
                    absent.append((person.name, reason))
                    continue
                archive.writestr(_entry(f"{person.moodle_path}{NAME}"), _page(mark))
                count += 1
    return Feedback(written.getvalue(), count, tuple(absent))


def _missing(mark: Mark, place: str | None) -> str | None:
    if place is None:
        return "was not collected from Moodle's download, so the folder's name is not known"
    if not mark.page.is_file():
        return f"{mark.page.name} is not there: grade with --format html,json"
    return None


def _page(mark: Mark) -> bytes:
    try:
        return mark.page.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{mark.page} cannot be read ({error.strerror})") from None


def _entry(name: str) -> ZipInfo:
    """Return an entry that is the same every time."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
