"""What each check has to say, as plain text: for formats that hold neither HTML nor Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.model import Outcome, Place, Report, Result, Verdict
from grader.render import advice
from grader.render.inline import plain
from grader.render.numerals import signed
from grader.render.untrusted import excerpt, shortened

ABSENT = "It was not handed in."
MAX_LABEL = 40
MAX_TITLE = 200


def numbered(report: Report) -> Iterator[tuple[int, Result]]:
    """Yield each exercise with its number: that of its label where it has one, else its place."""
    for position, result in enumerate(report.results, 1):
        digits = result.label[1:]
        named = result.label[:1] == "Q" and digits.isascii() and digits.isdecimal()
        yield int(digits[:9]) if named else position, result


def checks(result: Result) -> tuple[Outcome, ...]:
    """Return the outcomes of an exercise, where nothing could run with the reason on the first.

    A file that does not load, or is not there, is told once and not with every check.
    """
    if result.submitted and result.problem is None:
        return result.outcomes
    reason = result.problem or ABSENT
    verdict = Verdict.ERROR if result.submitted else Verdict.TODO
    rest = "the file does not run" if result.submitted else "it was not handed in"
    return tuple(
        replace(one, verdict=Verdict.SKIPPED, message=f"Not checked: {rest}.")
        if number
        else replace(one, verdict=verdict, message=reason, place=result.place)
        for number, one in enumerate(result.outcomes)
    )


def label(result: Result) -> str:
    """Return the short name of an exercise, ``Q5``, on one line."""
    return shortened(result.label, MAX_LABEL)


def title(noun: Outcome | Result) -> str:
    """Return the title of a check or an exercise without its marks, on one line."""
    return shortened(plain(noun.title), MAX_TITLE)


def sentence(outcome: Outcome) -> str:
    """Return what there is to say in a line; empty where the check passed."""
    if outcome.review is not None:
        return excerpt(" ".join(remarks(outcome).split()))
    return "" if outcome.verdict is Verdict.PASSED else excerpt(outcome.message or "")


def remarks(outcome: Outcome) -> str:
    """Return what a person wrote about a check, a line each; empty where nobody did."""
    if outcome.review is None:
        return ""
    marks = [f"{mark.text} ({signed(mark.points)})" for mark in outcome.review.marks]
    lines = [outcome.review.reason or "", *marks, *outcome.review.comments]
    return "\n".join(excerpt(line) for line in lines if line)


def details(outcome: Outcome) -> str:
    """Return all there is to say: the call, the gap, the line, and which mistake it is."""
    if outcome.verdict is Verdict.PASSED or outcome.review is not None:
        return remarks(outcome)
    wrong = outcome.first_wrong
    lines = [sentence(outcome)]
    if wrong and wrong.shown and outcome.verdict in {Verdict.FAILED, Verdict.PARTLY}:
        lines = [
            f"Asked     {excerpt(wrong.shown)}",
            f"Expected  {excerpt(wrong.expected)}",
            f"Yours     {excerpt(wrong.got)}",
            excerpt(wrong.diagnosis or ""),
        ]
    if outcome.place:
        lines.append(f"Where     {where(outcome.place)}")
    return "\n".join(line for line in lines if line)


def where(place: Place) -> str:
    """Return a line of the student's, with its code."""
    return ": ".join(filter(None, [excerpt(str(place)), excerpt(place.code.strip())]))


def standing(report: Report) -> str:
    """Return where the student stands, what keeps points from being final, what was guessed."""
    said = [advice.headline(report), advice.waiting(report), *report.notes]
    return " ".join(excerpt(part) for part in said if part)


def distinct(names: Iterable[str], size: int) -> list[str]:
    """Return the names, each unlike the others and of at most ``size`` bytes in UTF-8."""
    taken: set[str] = set()
    made: list[str] = []
    for name in names:
        tries = 1
        one = _cut(name, size) or "?"
        while one in taken:
            tries += 1
            more = f" ({tries})"
            one = f"{_cut(name, size - len(more))}{more}"
        taken.add(one)
        made.append(one)
    return made


def _cut(text: str, size: int) -> str:
    whole = text.encode("utf-8")
    if len(whole) <= size:
        return text
    return whole[: size - len("…".encode())].decode("utf-8", "ignore") + "…"
