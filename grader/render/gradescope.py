"""``results.json`` of Gradescope: a test a check, numbered by exercise.

Every test is visible: where one that scores is not, Gradescope hides the total.  What hidden
checks look at stays hidden, since only their titles are in it.
"""

from __future__ import annotations

import json
from typing import Any

from grader.model import Outcome, Report, Verdict
from grader.render import account, states
from grader.render.markdown_text import block, reported
from grader.render.untrusted import excerpt
from grader.render.visibility import for_student

FAILED = "The grader failed; your instructor has been told"


def gradescope(report: Report) -> str:
    """Return the results as JSON; without any score where a checker of ours broke."""
    seen = for_student(report)
    broken = any(states.is_broken(result) for result in seen.results)
    record = unscored() if broken else _scored(seen)
    record["execution_time"] = round(seen.provenance.seconds)
    record["extra_data"] = {"grader": {"version": excerpt(seen.provenance.grader)}}
    return json.dumps(record, indent=1) + "\n"


def unscored() -> dict[str, Any]:
    """Return the results where the grader failed: a word to the student and no score."""
    return {
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            {
                "name": FAILED,
                "status": "failed",
                "output": "This says nothing about your work and costs no points.",
                "visibility": "visible",
            }
        ],
    }


def _scored(report: Report) -> dict[str, Any]:
    return {
        "score": report.points,
        "output": account.standing(report),
        "output_format": "text",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(f"{number}.{position}", outcome)
            for number, result in account.numbered(report)
            for position, outcome in enumerate(account.checks(result), 1)
        ],
    }


def _test(number: str, outcome: Outcome) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": account.title(outcome),
        "number": number,
        "output": _output(outcome),
        "visibility": "visible",
        "extra_data": {"verdict": outcome.verdict.value},
    }
    if outcome.stands is not Verdict.AWAITING:
        test["status"] = "passed" if outcome.stands is Verdict.PASSED else "failed"
    if outcome.out_of and outcome.stands is not Verdict.AWAITING:
        test |= {"score": outcome.points, "max_score": outcome.out_of}
    return test


def _output(outcome: Outcome) -> str:
    said = account.details(outcome)
    if outcome.review is not None:
        return reported(said)
    if outcome.verdict in {Verdict.FAILED, Verdict.PARTLY} and not outcome.hidden:
        return block(said)
    return reported(outcome.message or "") if said else ""
