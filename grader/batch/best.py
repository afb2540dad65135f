"""Of several attempts of a student the one that earned most, where a course wants it so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grader.batch import plan
from grader.batch.contents import Rules
from grader.batch.plan import Batch
from grader.batch.publish import report_of
from grader.batch.queue import Means, make
from grader.model import Submission


def attempts(batch: Batch, rules: Rules, means: Means) -> tuple[Batch, int]:
    """Grade every attempt; return the batch with each student's best one, and results made.

    Of equals the latest counts.  Students who are not chosen keep their latest attempt.
    """
    every = replace(batch, submissions=(*batch.submissions, *reversed(batch.rivals)), rivals=())
    entries = [one for one in plan.entries(every, rules) if every.chooses(one.student)]
    made, _ = make(every, entries, means, lambda _: None)
    best: dict[Path, tuple[float, Submission]] = {}
    for entry in entries:  # the latest of each student comes first
        one = every.submissions[entry.number]
        points = report_of(entry, means.store, batch.course.title, 0, whole=False).points
        if _owner(one) not in best or points > best[_owner(one)][0]:
            best[_owner(one)] = points, one
    counting = [best[_owner(one)][1] if _owner(one) in best else one for one in batch.submissions]
    return replace(batch, submissions=counting, rivals=()), made


def _owner(submission: Submission) -> Path:
    """Return the folder that all attempts of a student share; two may have one name."""
    return submission.path.parent if submission.attempt else submission.path
