"""What waits for the instructor, gathered from a class: the same reason is one line for many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from grader.model import Report, Result, Verdict
from grader.render import states

TURNS = (states.BROKEN, states.STOPPED, states.AWAITING)  # what an instructor acts on, in order
UNREAD = states.State("Nothing read", "stopped", "absent")


@dataclass(frozen=True, slots=True)
class Turn:
    """Submissions that wait for the instructor for the same reason."""

    state: states.State
    result: Result | None  # of the first of them; None where it is about no exercise
    why: str | None  # the most frequent reason
    students: tuple[int, ...]  # their places in the class


def turns_of(reports: Sequence[Report]) -> list[Turn]:
    """Return what waits: who handed in what cannot be read, then each state in its order."""
    groups: dict[tuple[states.State, str], list[tuple[int, Result]]] = defaultdict(list)
    unread: list[int] = []
    for number, report in enumerate(reports):
        if report.notes and not any(result.submitted for result in report.results):
            unread.append(number)
        for result in report.results:
            state = states.of_result(result)
            if state in TURNS:
                groups[state, result.exercise].append((number, result))
            if state is not states.AWAITING and _to_read(result):
                groups[states.AWAITING, result.exercise].append((number, result))
    ordered = sorted(groups.items(), key=lambda item: TURNS.index(item[0][0]))
    waiting = [_turn(state, members) for (state, _), members in ordered]
    if not unread:
        return waiting
    why = Counter(reports[number].notes[0] for number in unread).most_common(1)[0][0]
    return [Turn(UNREAD, None, why, tuple(unread)), *waiting]


def _turn(state: states.State, members: Sequence[tuple[int, Result]]) -> Turn:
    reasons = Counter(reason for _, result in members if (reason := _reason(result, state)))
    why = reasons.most_common(1)[0][0] if reasons else None
    return Turn(state, members[0][1], why, tuple(number for number, _ in members))


def _to_read(result: Result) -> bool:
    return any(outcome.stands is Verdict.AWAITING for outcome in result.outcomes)


def _reason(result: Result, state: states.State) -> str | None:
    """Return why a result is in its state, in the report's own words."""
    if state is states.STOPPED and result.problem is not None:
        return result.problem
    told = (one for one in result.outcomes if states.of_outcome(one) is state)
    return next((one.message or one.title for one in told), None)
