"""A class that answered in words: its records, written as grading writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from rendering import PROVENANCE, finding, outcome, report, result

from grader.batch import write_class, write_report
from grader.model import Outcome, Report, Verdict

QUESTION = "Which activation belongs into a deep network, and why?"
RUBRIC = "ReLU; its slope is 1 wherever it is on."
EXERCISE = "q01_activations"


def in_words(text: str, out_of: float = 2.0) -> Outcome:
    """Return how a question in words ends: it waits for a person."""
    words = finding(QUESTION, RUBRIC, text, ok=False, awaiting=True, subject="NOTES")
    return outcome(
        Verdict.AWAITING,
        name="notes",
        title="Which activation, in your own words",
        out_of=out_of,
        findings=(words,),
        message="A person reads this answer.",
    )


def answered(student: str, text: str, out_of: float = 2.0) -> Report:
    """Return the report of a student who wrote ``text`` and failed a check of two points."""
    code = hashlib.sha256(student.encode("utf-8", "replace")).hexdigest()
    made = result(
        1,
        "Activations",
        in_words(text, out_of),
        outcome(Verdict.FAILED, name="slope", findings=(finding("slope(1)", "1", "2"),)),
    )
    provenance = replace(PROVENANCE, sources={EXERCISE: code})
    return report(made, student=student, provenance=provenance)


def hand_in(
    out: Path, answers: Mapping[str, str] | Iterable[str], out_of: float = 2.0
) -> list[Report]:
    """Write the records, pages and grades of a class; students without names are numbered."""
    if not isinstance(answers, Mapping):
        answers = {f"student-{n:03}": text for n, text in enumerate(answers)}
    out.mkdir(exist_ok=True)
    reports = [answered(student, text, out_of) for student, text in answers.items()]
    formats = frozenset({"html", "json"})
    for one in reports:
        write_report(one, out / one.student, formats)
    write_class(reports, [one.student for one in reports], out, formats)
    return reports


def essay(number: int) -> str:
    """Return an answer that is like no other one."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    words = " ".join(digest[at : at + 4] for at in range(0, 60, 4))
    return f"ReLU, says number {number}: {words}."
