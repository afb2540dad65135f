"""``result.json`` of Classroom 50: what its runner reads of an autograder.

The schema is ``classroom50/result/v1``; ``owner`` and ``assignment_type`` are the runner's to add.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from grader.model import Outcome, Report, Result, Verdict
from grader.render import account
from grader.render.visibility import for_student

SCHEMA = "classroom50/result/v1"
NEEDS = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
MAX_NAME = 100  # bytes
CENTS = 100


def classroom50(report: Report, environment: Mapping[str, str]) -> str:
    """Return the result as JSON, filled in from the runner's variables, ``NEEDS`` among them.

    Points are whole numbers in it: where a report has fractions, all are counted in hundredths.
    """
    seen = for_student(report)
    unit = 1 if _whole(seen) else CENTS
    asked = [(result, one) for result in seen.results for one in account.checks(result)]
    names = account.distinct(
        (f"{account.label(result)}: {account.title(one)}" for result, one in asked), MAX_NAME
    )
    tests = [
        _test(name, result, one, unit) for name, (result, one) in zip(names, asked, strict=True)
    ]
    record = {
        "schema": SCHEMA,
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": _instant(seen.provenance.started),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(record, indent=1) + "\n"


def _whole(report: Report) -> bool:
    outcomes = [one for result in report.results for one in result.outcomes]
    return all(value == int(value) for one in outcomes for value in (one.points, one.out_of))


def _test(name: str, result: Result, outcome: Outcome, unit: int) -> dict[str, Any]:
    return {
        "test-name": name,
        "passed": outcome.stands is Verdict.PASSED,
        "score": round(unit * outcome.points),
        "max-score": round(unit * outcome.out_of),
        "exercise": account.label(result),
        "verdict": outcome.verdict.value,
        "message": account.details(outcome),
        "line": outcome.place.line if outcome.place else None,
    }


def _instant(started: str) -> str:
    return datetime.fromisoformat(started).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
