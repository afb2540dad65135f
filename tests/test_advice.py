"""The one thing to do next, the sentence above it, and the state of an exercise."""

from __future__ import annotations

import pytest
from markup import Page
from rendering import outcome, plain_report, report, result, rich_report

from grader.model import Place, Verdict
from grader.render import states
from grader.render.advice import first_open, headline, next_step, waiting
from grader.render.page import page


def test_the_next_step_is_the_first_open_exercise() -> None:
    """One step: the earliest exercise in course order that was handed in and does not pass."""
    step = first_open(rich_report())
    assert step is not None
    assert (step.label, step.goal) == ("Q2", "xor(a, b) is 1 exactly when the inputs differ")
    assert (step.points, step.command) == (1.0, "grader check q2")
    assert next_step(rich_report()) == (
        "Q2: xor(a, b) is 1 exactly when the inputs differ. `xor(1, 1)`: expected `0`, yours is "
        "`1`. This is OR: it also fires when both inputs are 1. Then: grader check q2"
    )


def test_the_next_step_passes_over_what_is_not_the_students_turn() -> None:
    """Broken checkers and answers that a person reads are nobody's next step."""
    made = report(
        result(1, "One", outcome(Verdict.BROKEN), outcome(Verdict.AWAITING)),
        result(2, "Two", outcome(Verdict.SKIPPED), submitted=False),
        result(3, "Three", outcome(Verdict.SKIPPED), outcome(Verdict.ERROR, title="It runs")),
    )
    step = first_open(made)
    assert step is not None
    assert step.goal == "It runs"


def test_the_next_step_of_a_file_that_does_not_load_is_to_load_it() -> None:
    """A problem comes before the checks it kept from running."""
    at = Place("one.py", 3, "x = (")
    made = report(
        result(1, "One", outcome(Verdict.SKIPPED), problem="'(' was never closed", place=at)
    )
    step = first_open(made)
    assert step is not None
    assert (step.goal, step.why, step.place) == (None, "'(' was never closed", at)
    assert "Make it run" in Page(page(made)).text


def test_after_what_was_handed_in_comes_what_was_not() -> None:
    """Where all that was handed in passes, the first missing exercise is next; then nothing."""
    missing = result(2, "Two", outcome(Verdict.SKIPPED), submitted=False)
    made = report(result(1, "One", outcome()), missing)
    assert next_step(made) == "Q2: make it run. It was not handed in yet. Then: grader check q2"
    done = report(result(1, "One", outcome()))
    assert next_step(done) is None
    assert "Nothing is left for you to do here." in Page(page(done)).text


def test_the_next_step_tells_nothing_of_a_hidden_check() -> None:
    """Even from a report that shows hidden checks, the step names no more than the title."""
    check = outcome(Verdict.FAILED, hidden=True, message="secret", place=Place("secret.py", 1))
    step = first_open(report(result(1, "One", check)))
    assert step is not None
    assert "secret" not in repr(step)


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ((Verdict.PASSED, Verdict.PASSED), states.PASS),
        ((Verdict.PASSED, Verdict.FAILED), states.PARTLY),
        ((Verdict.FAILED, Verdict.TODO), states.NOT_YET),
        ((Verdict.ERROR, Verdict.SKIPPED), states.STOPPED),
        ((Verdict.TODO, Verdict.SKIPPED), states.TODO),
        ((Verdict.SKIPPED,), states.SKIPPED),
        ((Verdict.PASSED, Verdict.AWAITING), states.AWAITING),
        ((Verdict.PASSED, Verdict.BROKEN), states.BROKEN),
    ],
)
def test_an_exercise_takes_its_state_from_its_checks(
    verdicts: tuple[Verdict, ...], state: states.State
) -> None:
    """The instructor's turn outranks the student's, and points outrank failures."""
    assert states.of_result(result(1, "One", *map(outcome, verdicts))) is state


def test_prose_without_points_does_not_hold_a_pass_back() -> None:
    """An exercise passes though a person reads its notes, where those are worth no points."""
    made = result(1, "One", outcome(), outcome(Verdict.AWAITING, out_of=0.0))
    assert states.of_result(made) is states.PASS
    assert waiting(report(made)) is None
    assert "no points" in Page(page(report(made))).text


def test_the_headline_counts_exercises() -> None:
    """One sentence, also for one exercise."""
    assert headline(plain_report(right=6)) == "6 of 10 exercises pass."
    assert headline(report(result(1, "One", outcome()))) == "The exercise passes."
