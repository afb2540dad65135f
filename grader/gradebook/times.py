"""When work was handed in, as Moodle's worksheet says it: in words, and in no time zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, tzinfo

from grader.collect.ledger import Ledger, Student
from grader.collect.people import Person, pair
from grader.gradebook.worksheet import Worksheet

_MONTHS = (
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
MONTH = {word: number for months in _MONTHS for number, word in enumerate(months.split(), start=1)}
# Such as Monday, 23 November 2026, 12:40 PM or lunes, 23 de noviembre de 2026, 12:40.
_STAMP = re.compile(
    r"\D*(?P<day>\d{1,2})\b(?P<between>\D+)(?P<year>\d{4})\b\D+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*(?P<half>[ap])?[.\w]*"
)


def timed(collected: Ledger, work: Worksheet, zone: tzinfo) -> Ledger:
    """Return a ledger whose latest attempts have the worksheet's times, where they had none."""
    people = [person for student in collected.students for person in student.people]
    rows = list(work.people)
    row_of = {people[at]: rows[row] for at, row in pair(people, list(work.people.values())).items()}
    return Ledger(
        tuple(
            _timed(student, [_received(person, row_of, work, zone) for person in student.people])
            for student in collected.students
        )
    )


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the time that Moodle writes in one of the languages that it is known in, or None."""
    found = _STAMP.fullmatch(text.strip().casefold())
    if not found:
        return None
    words = re.findall(r"[^\W\d_]+", found["between"])
    month = next((MONTH[word] for word in words if word in MONTH), None)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    try:
        return datetime(
            int(found["year"]), month or 0, int(found["day"]), hour, int(found["minute"]),
            tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None


def _received(
    person: Person, row_of: dict[Person, int], work: Worksheet, zone: tzinfo
) -> datetime | None:
    row = row_of.get(person)
    return None if row is None else moment(work.cell(row, work.columns.received), zone)


def _timed(student: Student, times: list[datetime | None]) -> Student:
    known = [time for time in times if time is not None]
    if not known or student.attempts[-1].received is not None:
        return student
    latest = replace(student.attempts[-1], received=max(known).isoformat())
    return replace(student, attempts=(*student.attempts[:-1], latest))
