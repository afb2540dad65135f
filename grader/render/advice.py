"""Where a student stands, in one sentence, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.model import Outcome, Place, Report, Result, Verdict
from grader.render import states

_NOT_THEIR_TURN = {Verdict.PASSED, Verdict.AWAITING, Verdict.BROKEN, Verdict.SKIPPED}


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do, and what would count as done."""

    label: str  # of the exercise
    goal: str | None  # title of the check that would pass, an author's sentence; None: all of them
    why: str | None  # what stands in the way; may quote the student
    place: Place | None
    points: float  # what the goal would add
    command: str


def next_step(report: Report) -> str | None:
    """Return the next step as one line of plain text: what, why, and the command to try it."""
    step = first_open(report)
    if step is None:
        return None
    why = step.why if step.why is None or step.why.endswith((".", "!", "?")) else f"{step.why}."
    parts = [f"{step.label}: {step.goal or 'make it run'}.", why]
    return " ".join([*filter(None, parts), f"Then: {step.command}"])


def first_open(report: Report) -> Step | None:
    """Return the next step: the earliest exercise that was handed in and does not pass.

    Where all those pass, it is the first that was not handed in; None where nothing is left for
    the student to do.
    """
    for result in report.results:
        if result.submitted and (step := _step(result)):
            return step
    absent = (result for result in report.results if not result.submitted)
    return next((_whole(result, "It was not handed in yet.") for result in absent), None)


def headline(report: Report) -> str:
    """Return one sentence on where the student stands: ``6 of 10 exercises pass.``"""  # noqa: D400
    total = len(report.results)
    passing = sum(states.of_result(result) is states.PASS for result in report.results)
    if total == 1:
        return "The exercise passes." if passing else "The exercise does not pass yet."
    return f"{passing} of {total} exercises pass."


def tally(results: Iterable[Result], later: int) -> str:
    """Return how many visible checks pass; ``later`` hidden ones run when the work is graded.

    Never that all tests passed: what nobody has asked yet may still fail.
    """
    asked = [one for result in results for one in result.outcomes if not one.hidden]
    judged = [one for one in asked if one.stands is not Verdict.AWAITING and one.out_of]
    passing = sum(one.stands is Verdict.PASSED for one in judged)
    said = f"{passing} of {len(judged)} visible checks pass."
    person = sum(one.stands is Verdict.AWAITING for one in asked)
    if person:
        said += f" A person reads {person} more."
    if later:
        said += f" {later} hidden {'one runs' if later == 1 else 'ones run'} when it is graded."
    return said


def waiting(report: Report) -> str | None:
    """Return a sentence on what keeps the points from being final, or None."""
    broken = [result.label for result in report.results if states.is_broken(result)]
    review = [r.label for r in report.results if not r.final and not states.is_broken(r)]
    parts = []
    if broken:
        parts.append(f"a checker of {_list(broken)} broke, and your instructor has to repair it")
    if review:
        parts.append(f"a person has yet to read {_list(review)}")
    return f"Not final: {'; '.join(parts)}." if parts else None


def _step(result: Result) -> Step | None:
    if result.problem is not None:
        return _whole(result, result.problem)
    turn = [one for one in result.outcomes if one.stands not in _NOT_THEIR_TURN]
    outcome = next((one for one in turn if not one.hidden), turn[0] if turn else None)
    return _towards(result, outcome) if outcome else None


def _whole(result: Result, why: str) -> Step:
    return Step(result.label, None, why, result.place, result.out_of, _command(result))


def _towards(result: Result, outcome: Outcome) -> Step:
    why, place = (None, None) if outcome.hidden else (outcome.message, outcome.place)
    gain = outcome.out_of - outcome.points
    return Step(result.label, outcome.title, why, place, gain, _command(result))


def _command(result: Result) -> str:
    return f"grader check {result.label.lower()}"


def _list(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
