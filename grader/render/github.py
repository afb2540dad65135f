"""What GitHub shows of a run: annotations beside the code, and a summary of the job.

See "Workflow commands" in GitHub's documentation for both; GitHub keeps ten annotations of a
step and drops the rest without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from grader.model import Outcome, Report, Result, Verdict
from grader.render import account
from grader.render.markdown import exercise, overview, score
from grader.render.markdown_text import words
from grader.render.untrusted import excerpt
from grader.render.visibility import for_student

MOST = 9  # and one notice, which says how many more there are
LARGEST = 900_000  # bytes of a summary; GitHub refuses a megabyte
_QUIET = {Verdict.PASSED, Verdict.SKIPPED, Verdict.AWAITING}


def annotation_lines(reports: Sequence[Report]) -> str:
    """Return workflow commands for what does not pass, in the order of the course.

    They name the files of a submission as its folder has them; of several submissions only the
    students are named, whose files lie in folders that a report does not know.
    """
    several = len(reports) > 1
    found = [
        _annotation(seen.student if several else None, result, outcome)
        for seen in map(for_student, reports)
        for result in seen.results
        for outcome in account.checks(result)
        if outcome.stands not in _QUIET
    ]
    more = len(found) - MOST
    rest = [f"::notice::{_data(f'{more} more in the summary')}"] if more > 0 else []
    return "".join(f"{line}\n" for line in (*found[:MOST], *rest))


def summary(reports: Sequence[Report]) -> str:
    """Return the job's summary in Markdown; exercises that have no room are counted."""
    parts: list[str] = []
    size = left_out = 0
    for part in _parts(reports):
        size += len(part.encode("utf-8")) + 2
        if size > LARGEST:
            left_out += 1
        else:
            parts.append(part)
    if left_out:
        parts.append(f"{left_out} more parts have no room here; the reports hold them.")
    return "\n\n".join(parts) + "\n"


def _parts(reports: Sequence[Report]) -> Iterator[str]:
    for seen in map(for_student, reports):
        yield f"### {words(seen.student)}: {score(seen)}\n\n{overview(seen)}"
        for result in seen.results:
            if not result.passed:
                name = escape(account.label(result))  # no Markdown is read between HTML tags
                fold = f"<details><summary>{name}: what each check found</summary>"
                yield f"{fold}\n\n{exercise(result, 4)}\n\n</details>"


def _annotation(student: str | None, result: Result, outcome: Outcome) -> str:
    level = "warning" if outcome.verdict is Verdict.BROKEN else "error"
    about: dict[str, str] = {}
    place = outcome.place
    origin = place or result.source
    if student is None and origin:
        about["file"] = origin.file
        if place and place.cell is None:  # GitHub shows a notebook's JSON, whose lines say nothing
            about |= {"line": str(place.line), "endLine": str(place.line)}
    who = f"{excerpt(student)}, " if student else ""
    about["title"] = f"{who}{account.label(result)}: {account.title(outcome)}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in about.items())
    in_cell = f"{account.where(place)}\n" if place and place.cell is not None else ""
    return f"::{level} {properties}::{_data(in_cell + account.sentence(outcome))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(excerpt(text)).replace(":", "%3A").replace(",", "%2C")
