"""The report of one student as one HTML file: no scripts, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

from grader.evidence import Evidence
from grader.model import Outcome, Report, Result, Verdict
from grader.render import advice, states
from grader.render.charts import figure
from grader.render.environment import environment
from grader.render.visibility import for_student


@dataclass(frozen=True, slots=True)
class Section:
    """One exercise of the page, its checks in the three groups that are shown apart."""

    anchor: str
    result: Result
    state: states.State
    broken: bool
    open: tuple[Outcome, ...]
    right: tuple[Outcome, ...]
    hidden: tuple[Outcome, ...]
    tally: str


def page(report: Report) -> str:
    """Return the HTML page of one report, for the student: hidden checks show their title only."""
    seen = for_student(report)
    sections = [_section(number, result) for number, result in enumerate(seen.results, 1)]
    return (
        environment()
        .get_template("student.html.jinja")
        .render(
            report=seen,
            sections=sections,
            headline=advice.headline(seen),
            waiting=advice.waiting(seen),
            step=advice.first_open(seen),
            figure=figure_maker(),
        )
    )


def figure_maker() -> Callable[[Evidence], Markup]:
    """Return a function that draws evidence and numbers the figures of one page."""
    numbers = count(1)
    return lambda evidence: figure(evidence, f"figure-{next(numbers)}")


def _section(number: int, result: Result) -> Section:
    visible = [outcome for outcome in result.outcomes if not outcome.hidden]
    hidden = [outcome for outcome in result.outcomes if outcome.hidden]
    return Section(
        anchor=f"exercise-{number}",
        result=result,
        state=states.of_result(result),
        broken=states.is_broken(result),
        open=tuple(one for one in visible if not _quiet(one)),
        right=tuple(one for one in visible if _quiet(one)),
        hidden=tuple(hidden),
        tally=_tally(visible, hidden),
    )


def _quiet(outcome: Outcome) -> bool:
    """Tell whether a line is enough: it passes, and nobody wrote anything about it."""
    return outcome.verdict is Verdict.PASSED and outcome.review is None


def _tally(visible: Sequence[Outcome], hidden: Sequence[Outcome]) -> str:
    """Return how many checks pass: ``3 of 5 visible and 1 of 2 hidden checks pass``."""

    def share(outcomes: Sequence[Outcome]) -> str:
        return f"{sum(one.stands is Verdict.PASSED for one in outcomes)} of {len(outcomes)}"

    if not hidden:
        return f"{share(visible)} {'check passes' if len(visible) == 1 else 'checks pass'}"
    if not visible:
        return f"{share(hidden)} hidden checks pass"
    return f"{share(visible)} visible and {share(hidden)} hidden checks pass"
