"""``results.json`` of PrairieLearn's external graders: a score from 0 to 1, and a test a check."""

from __future__ import annotations

import json
from typing import Any

from grader.model import Outcome, Report, Result
from grader.render import account, states
from grader.render.untrusted import excerpt, tail
from grader.render.visibility import for_student

MAX_PRINTED = 2000
OURS = "The grader failed; your instructor has to look. This costs no attempt."


def prairielearn(report: Report) -> str:
    """Return the results as JSON.

    They are ``gradable: false``, which costs no attempt, where nothing of a submission could run
    and where a checker of ours broke.
    """
    seen = for_student(report)
    why = _ungradable(seen)
    record = {"gradable": False, "format_errors": why} if why else _graded(seen)
    return json.dumps(record, indent=1) + "\n"


def _ungradable(report: Report) -> list[str]:
    if any(states.is_broken(result) for result in report.results):
        return [OURS]
    if any(result.submitted and result.problem is None for result in report.results):
        return []
    return [
        f"{account.label(result)}: {excerpt(result.problem or account.ABSENT)}"
        for result in report.results
    ]


def _graded(report: Report) -> dict[str, Any]:
    printed = [result.printed for result in report.results if result.printed]
    return {
        "gradable": True,
        "score": report.points / report.out_of if report.out_of else 0.0,
        "message": account.standing(report),
        "output": tail("\n".join(printed), MAX_PRINTED),
        "tests": [
            _test(result, one) for result in report.results for one in account.checks(result)
        ],
    }


def _test(result: Result, outcome: Outcome) -> dict[str, Any]:
    return {
        "name": f"{account.label(result)}: {account.title(outcome)}",
        "points": outcome.points,
        "max_points": outcome.out_of,
        "message": account.details(outcome),
    }
