"""JUnit XML: what CI services read to list tests; a suite an exercise, a case a check.

The dialect is the common part of what GitLab, Jenkins and the GitHub actions for reports take:
points have no place in it, and no two cases of a suite share a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from grader.model import DID_NOT_RUN, Outcome, Report, Result, Verdict
from grader.render import account
from grader.render.untrusted import clean, tail
from grader.render.visibility import for_student

MAX_NAME = 500  # bytes
MAX_PRINTED = 2000
_ELEMENT = {
    Verdict.PARTLY: "failure",
    Verdict.FAILED: "failure",
    Verdict.TODO: "failure",
    Verdict.BROKEN: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.AWAITING: "skipped",
    **dict.fromkeys(DID_NOT_RUN, "error"),
}
_COUNTED = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # XML 1.0, production 2


def junit(report: Report) -> str:
    """Return the report as JUnit XML; hidden checks show their title only."""
    seen = for_student(report)
    suites = [_suite(result, seen.provenance.started) for result in seen.results]
    outcomes = [one for result in seen.results for one in account.checks(result)]
    root = ET.Element("testsuites", {"name": "grader", **_counts(outcomes)})
    root.extend(suites)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(result: Result, started: str) -> ET.Element:
    outcomes = account.checks(result)
    name = _text(account.label(result))
    about = {"name": name, **_counts(outcomes), "timestamp": _text(started)}
    suite = ET.Element("testsuite", about)
    names = account.distinct((_text(account.title(one)) for one in outcomes), MAX_NAME)
    cases = [_case(one, title, name, result) for one, title in zip(outcomes, names, strict=True)]
    suite.extend(cases)
    open_ = [case for case in cases if len(case)]
    if result.printed and open_:
        ET.SubElement(open_[0], "system-out").text = _text(tail(result.printed, MAX_PRINTED))
    return suite


def _case(outcome: Outcome, name: str, classname: str, result: Result) -> ET.Element:
    about = {"classname": classname, "name": name}
    origin = outcome.place or result.source
    if origin:
        about["file"] = _text(origin.file)
    if outcome.place and outcome.place.cell is None:
        about["line"] = str(outcome.place.line)
    case = ET.Element("testcase", {**about, "time": _seconds([outcome])})
    if outcome.stands in _ELEMENT:
        said = {"type": outcome.verdict.value, "message": _text(account.sentence(outcome))}
        found = ET.SubElement(case, _ELEMENT[outcome.stands], said)
        found.text = _text(account.details(outcome))
    return case


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    kinds = [_ELEMENT.get(one.stands) for one in outcomes]
    counted = {name: str(kinds.count(kind)) for name, kind in _COUNTED}
    return {"tests": str(len(outcomes)), **counted, "time": _seconds(outcomes)}


def _seconds(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(one.seconds for one in outcomes):.3f}"


def _text(text: str) -> str:
    return clean(text).translate(_NO_CHARACTERS)
