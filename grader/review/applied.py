"""A report with what people decided: marks, comments and overrides beside each automatic result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.model import Outcome, Report, Result
from grader.review.judgement import Judged, Rubric, fingerprint, first_rubric, review_of


@dataclass(frozen=True, slots=True)
class Reviews:
    """What was decided about one submission, by exercise, and the rubrics that it refers to."""

    judged: Mapping[str, Judged]
    rubrics: Mapping[tuple[str, str], Rubric]  # by exercise and check


def reviewed(report: Report, reviews: Reviews) -> Report:
    """Return ``report`` with the reviews that hold for it, and without any other.

    A review holds while the answer is the one that was read.  No automatic result is changed.
    """
    return replace(report, results=tuple(_result(report, one, reviews) for one in report.results))


def _result(report: Report, result: Result, reviews: Reviews) -> Result:
    judged = reviews.judged.get(result.exercise)
    if judged is None and all(outcome.review is None for outcome in result.outcomes):
        return result
    outcomes = tuple(_outcome(report, result, one, judged, reviews) for one in result.outcomes)
    return replace(result, outcomes=outcomes)


def _outcome(
    report: Report, result: Result, outcome: Outcome, judged: Judged | None, reviews: Reviews
) -> Outcome:
    judgement = judged.checks.get(outcome.name) if judged else None
    if judgement is None or judgement.answer != fingerprint(report, result, outcome):
        return replace(outcome, review=None)
    rubric = reviews.rubrics.get((result.exercise, outcome.name), first_rubric(outcome.out_of))
    return replace(outcome, review=review_of(judgement, rubric, outcome))
