"""``results.json`` of Exercism's test runners, version 3: a test a check, a task an exercise."""

from __future__ import annotations

import json

from grader.model import DID_NOT_RUN, Outcome, Report, Result, Verdict
from grader.render import account
from grader.render.untrusted import excerpt, tail
from grader.render.visibility import for_student

MAX_OUTPUT = 500  # characters
_ERROR = DID_NOT_RUN | {Verdict.BROKEN, Verdict.SKIPPED}
_PASS = {Verdict.PASSED, Verdict.AWAITING}

Test = dict[str, str | int | None]


def exercism(report: Report) -> str:
    """Return the results as JSON, in the order of the course, since students see the first."""
    seen = for_student(report)
    tests: list[Test] = []
    for number, result in account.numbered(seen):
        tests += _tests(number, result)
    met = {test["status"] for test in tests}
    status = "pass" if met == {"pass"} else "fail" if met & {"pass", "fail"} else "error"
    problems = (result.problem for result in seen.results if result.problem is not None)
    why = next(problems, "No test could run.") if status == "error" else None
    record = {"version": 3, "status": status, "message": excerpt(why) if why else None}
    return json.dumps({**record, "tests": tests}, indent=1) + "\n"


def _tests(number: int, result: Result) -> list[Test]:
    tests = [_test(number, outcome) for outcome in account.checks(result)]
    open_ = [test for test in tests if test["status"] != "pass"]
    if open_ and result.printed:
        open_[0]["output"] = tail(result.printed, MAX_OUTPUT)
    return tests


def _test(number: int, outcome: Outcome) -> Test:
    asked = outcome.first_wrong or next(iter(outcome.findings), None)
    return {
        "name": account.title(outcome),
        "test_code": excerpt(asked.shown) if asked else "",
        "status": _status(outcome),
        "message": account.details(outcome) or None,
        "task_id": number,
    }


def _status(outcome: Outcome) -> str:
    if outcome.stands in _ERROR:
        return "error"
    return "pass" if outcome.stands in _PASS else "fail"
