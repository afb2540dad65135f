"""What a student may see of a report: hidden means hidden, and it is decided here alone."""

from __future__ import annotations

from dataclasses import replace

from grader.model import Finding, Outcome, Report, Result, Verdict

NEUTRAL = "This check is hidden: what it asks is not shown."
UNPRINTED = "What your code printed is left out, because hidden checks call the same code."


def for_student(report: Report) -> Report:
    """Return ``report`` without anything that its hidden checks show.

    Of a hidden check remain its name, title, verdict and points, one neutral sentence, and what a
    person wrote about it for the student to read.
    Points, sums and ``final`` do not change.  Applying it twice changes nothing more.
    """
    return replace(report, results=tuple(_result(result) for result in report.results))


def _result(result: Result) -> Result:
    hidden = any(outcome.hidden for outcome in result.outcomes)
    if not hidden:
        return result
    outcomes = tuple(veiled(one) for one in result.outcomes)
    if not result.printed:
        return replace(result, outcomes=outcomes)
    notes = (*result.notes, UNPRINTED)  # a printed argument would give a hidden input away
    return replace(result, outcomes=outcomes, printed="", notes=notes)


def veiled(outcome: Outcome) -> Outcome:
    """Return an outcome without what a hidden check shows; that of any other as it is."""
    if not outcome.hidden:
        return outcome
    return Outcome(
        name=outcome.name,
        title=outcome.title,
        hints=(),
        out_of=outcome.out_of,
        partial=outcome.partial,
        hidden=True,
        verdict=outcome.verdict,
        findings=_shares(outcome) if outcome.verdict is Verdict.PARTLY else (),
        message=None if outcome.verdict is Verdict.PASSED else NEUTRAL,
        review=outcome.review,
    )


def _shares(outcome: Outcome) -> tuple[Finding, ...]:
    """Return one right and one wrong finding that weigh the same and say nothing."""
    right = sum(finding.weight for finding in outcome.findings if finding.ok)
    wrong = sum(finding.weight for finding in outcome.findings if not finding.ok)
    return (
        Finding("", "", "", ok=True, weight=right),
        Finding("", "", "", ok=False, weight=wrong),
    )
