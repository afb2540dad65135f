"""A report without what only its own page shows, so that a thousand fit into memory."""

from __future__ import annotations

from dataclasses import replace

from grader.model import Finding, Outcome, Report, Result, Verdict


def light(report: Report) -> Report:
    """Return a report with the same points, states and words, but without evidence and prints.

    Of a check's findings, the first wrong one stays; of those of a partial check also what they
    weigh.  The submitted text stays, because a class is told by its shortest example.
    """
    return replace(report, results=tuple(map(light_result, report.results)))


def light_result(result: Result) -> Result:
    """Return the same of one exercise."""
    source = result.source and replace(result.source, lines=())
    outcomes = tuple(map(_outcome, result.outcomes))
    return replace(result, outcomes=outcomes, printed="", source=source)


def _outcome(outcome: Outcome) -> Outcome:
    wrong = outcome.first_wrong
    kept = [replace(wrong, evidence=())] if wrong else []
    if outcome.verdict is Verdict.PARTLY:
        right = sum(finding.weight for finding in outcome.findings if finding.ok)
        rest = sum(finding.weight for finding in outcome.findings) - right
        rest -= wrong.weight if wrong else 0.0
        kept += [
            Finding("", "", "", ok=True, weight=right),
            Finding("", "", "", ok=False, weight=rest),
        ]
    if outcome.verdict is Verdict.AWAITING:  # what a person reads tells whether a review holds
        kept = [replace(one, evidence=()) for one in outcome.findings if one.awaiting]
    return replace(outcome, findings=tuple(kept), evidence=(), hints=())
