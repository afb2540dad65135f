"""The few words that tell a student how something ended, each with its colour and sign."""

from __future__ import annotations

from typing import NamedTuple

from grader.model import DID_NOT_RUN, Outcome, Result, Verdict


class State(NamedTuple):
    """A word, the tone it is coloured in, and the sign that stands beside it."""

    word: str
    tone: str
    icon: str

    @property
    def short(self) -> str:
        """The word without its explanation, as the head of a column."""
        return self.word.split(":", maxsplit=1)[0]


PASS = State("Pass", "pass", "pass")
PARTLY = State("Partly", "partly", "partly")
NOT_YET = State("Not yet", "not-yet", "not-yet")
STOPPED = State("Did not run", "stopped", "stopped")
AWAITING = State("Awaiting review", "waiting", "awaiting")
REVIEWED = State("Reviewed", "pass", "pass")  # where there are no points to earn
TODO = State("To do", "waiting", "todo")
SKIPPED = State("Not checked", "waiting", "skipped")
BROKEN = State("Broken: your instructor’s turn", "stopped", "broken")
ABSENT = State("Not submitted", "waiting", "absent")

ALL = (PASS, PARTLY, NOT_YET, STOPPED, AWAITING, TODO, SKIPPED, BROKEN, ABSENT)

_OF_VERDICT = {
    Verdict.PASSED: PASS,
    Verdict.PARTLY: PARTLY,
    Verdict.FAILED: NOT_YET,
    Verdict.TODO: TODO,
    Verdict.SKIPPED: SKIPPED,
    Verdict.AWAITING: AWAITING,
    Verdict.BROKEN: BROKEN,
    **dict.fromkeys(DID_NOT_RUN, STOPPED),
}


def of_verdict(verdict: Verdict) -> State:
    """Return how a check ended, in a student's words."""
    return _OF_VERDICT[verdict]


def of_outcome(outcome: Outcome) -> State:
    """Return how a check ended for a student, with what a person decided about it."""
    if outcome.review is not None and outcome.out_of == 0:
        return REVIEWED
    return of_verdict(outcome.stands)


def of_result(result: Result) -> State:  # noqa: PLR0911 one line a state
    """Return how an exercise ended: the instructor's turn first, then what the student met."""
    met = {of_outcome(outcome) for outcome in result.outcomes}
    if not result.submitted:
        return ABSENT
    if BROKEN in met:
        return BROKEN
    if result.problem is not None:
        return STOPPED
    if result.passed:
        return PASS if result.final and met != {AWAITING} else AWAITING
    if result.points > 0:
        return PARTLY
    for state in (NOT_YET, STOPPED, TODO):
        if state in met:
            return state
    return SKIPPED if SKIPPED in met else NOT_YET


def is_broken(result: Result) -> bool:
    """Tell whether points are unknown because a checker broke."""
    return any(outcome.stands is Verdict.BROKEN for outcome in result.outcomes)
