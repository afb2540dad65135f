"""The report as Markdown: for a release, a comment, or whatever else takes no HTML."""

from __future__ import annotations

from grader.model import Outcome, Report, Result, Verdict
from grader.render import account, advice, states
from grader.render.markdown_text import authored, block, cell, reported, words
from grader.render.numerals import points
from grader.render.untrusted import tail
from grader.render.visibility import for_student

MAX_PRINTED = 2000


def markdown(report: Report) -> str:
    """Return the report as Markdown that begins with a heading of the first level."""
    seen = for_student(report)
    parts = [f"# {words(seen.student)}: {score(seen)}", overview(seen)]
    parts += [exercise(result, 2) for result in seen.results if not result.passed]
    parts += [f"> {reported(note)}" for note in seen.notes]
    about = seen.provenance
    parts.append(
        f"Graded {words(about.started)} by grader {words(about.grader)}, seed {about.seed}. "
        f"Wall: {words(about.sandbox)}."
    )
    return "\n\n".join(parts) + "\n"


def score(noun: Report | Result) -> str:
    """Return points out of points; a question mark where they are not known."""
    earned = points(noun.points) if noun.final else "?"
    return f"{earned} / {points(noun.out_of)}"


def overview(report: Report) -> str:
    """Return where the student stands: a sentence, a table of exercises and the next step."""
    rows = ["| Exercise | Result | Points |", "| --- | --- | ---: |"]
    for result in report.results:
        name = f"{words(account.label(result))} {authored(result.title)}"
        rows.append(f"| {cell(name)} | {states.of_result(result).word} | {score(result)} |")
    step = advice.next_step(report)
    waiting = advice.waiting(report)
    parts = [advice.headline(report), reported(waiting) if waiting else "", "\n".join(rows)]
    parts += [f"Next: {reported(step)}"] if step else []
    return "\n\n".join(filter(None, parts))


def exercise(result: Result, level: int) -> str:
    """Return one exercise: a heading of the given level, then a paragraph for each check."""
    title = f"{words(account.label(result))} {authored(result.title)}"
    parts = [f"{'#' * level} {title}: {score(result)}"]
    if not result.submitted:
        return "\n\n".join([*parts, account.ABSENT])
    if result.problem is not None:
        parts.append(reported(result.problem))
        parts += [block(account.where(result.place))] if result.place else []
    else:
        parts += [_check(outcome) for outcome in result.outcomes]
    parts += [f"> {reported(note)}" for note in result.notes]
    if result.printed:
        parts.append(f"Printed:\n\n{block(tail(result.printed, MAX_PRINTED))}")
    return "\n\n".join(parts)


def _check(outcome: Outcome) -> str:
    word = states.of_outcome(outcome).word
    hidden = ", hidden" if outcome.hidden else ""
    earned = f"{points(outcome.points)} / {points(outcome.out_of)}"
    line = f"**{word}**{hidden} ({earned}): {authored(outcome.title)}"
    said = account.details(outcome)
    if not said:
        return line
    if outcome.review is not None:
        return f"{line}\n\n{reported(said)}"
    if outcome.verdict in {Verdict.FAILED, Verdict.PARTLY} and not outcome.hidden:
        return f"{line}\n\n{block(said)}"
    where = f"\n\n{block(account.where(outcome.place))}" if outcome.place else ""
    return f"{line}\n\n{reported(outcome.message or '')}{where}"
