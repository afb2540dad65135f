"""The results of a class as one HTML file that links to the page of each student."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median
from urllib.parse import quote

from grader.model import Report, Result, Verdict
from grader.render import states
from grader.render.environment import environment
from grader.render.gradebook import exercise_ids

TURNS = (states.BROKEN, states.STOPPED, states.AWAITING)  # what an instructor acts on, in order


@dataclass(frozen=True, slots=True)
class Row:
    """One student of the table: a result or None for each exercise of the class."""

    report: Report
    link: str
    results: tuple[tuple[Result, states.State] | None, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """Submissions that wait for the instructor for the same reason."""

    state: states.State
    result: Result  # of the first of them
    why: str | None  # the most frequent reason
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """How the class did in one exercise."""

    result: Result  # of the first student, for its title
    mean: float | None  # share of the points; None where nobody handed it in
    counts: Counter[states.State]


def class_page(reports: Sequence[Report], stems: Sequence[str] | None = None) -> str:
    """Return ``index.html``: who needs the instructor, each exercise, each student.

    ``stems`` are the names of the students' files without ``.html``; by default, the students'.
    """
    exercises = exercise_ids(reports)
    stems = [report.student for report in reports] if stems is None else stems
    rows = [_row(report, stem, exercises) for report, stem in zip(reports, stems, strict=True)]
    turns = list(_turns(rows))
    shares = [report.points / report.out_of for report in reports if report.out_of > 0]
    return (
        environment()
        .get_template("class.html.jinja")
        .render(
            rows=rows,
            turns=turns,
            items=[_item(rows, column) for column in range(len(exercises))],
            median=median(shares) if shares else None,
            all_pass=sum(_all_pass(row) for row in rows),
            provenance=reports[0].provenance if reports else None,
            met=_met(rows),
            needing=len({row.report.student for turn in turns for row in turn.rows}),
        )
    )


def _row(report: Report, stem: str, exercises: Sequence[str]) -> Row:
    found = {result.exercise: (result, states.of_result(result)) for result in report.results}
    link = f"{quote(stem, safe='', errors='replace')}.html"
    return Row(report, link, tuple(found.get(exercise) for exercise in exercises))


def _all_pass(row: Row) -> bool:
    return all(cell is not None and cell[1] is states.PASS for cell in row.results)


def _met(rows: Sequence[Row]) -> list[states.State]:
    """Return the states that occur in the class, from passed to not handed in."""
    met = {state for row in rows for _, state in filter(None, row.results)}
    return [state for state in states.ALL if state in met]


def _turns(rows: Sequence[Row]) -> Iterator[Turn]:
    """Yield what waits for the instructor, broken checkers first, together where it is the same."""
    groups: dict[tuple[states.State, str], list[tuple[Row, Result]]] = defaultdict(list)
    for row in rows:
        for result, state in filter(None, row.results):
            if state in TURNS:
                groups[state, result.exercise].append((row, result))
            if state is not states.AWAITING and _to_read(result):
                groups[states.AWAITING, result.exercise].append((row, result))
    for (state, _), members in sorted(groups.items(), key=lambda item: TURNS.index(item[0][0])):
        reasons = Counter(reason for _, result in members if (reason := _reason(result, state)))
        why = reasons.most_common(1)[0][0] if reasons else None
        yield Turn(state, members[0][1], why, tuple(row for row, _ in members))


def _to_read(result: Result) -> bool:
    return any(outcome.verdict is Verdict.AWAITING for outcome in result.outcomes)


def _reason(result: Result, state: states.State) -> str | None:
    """Return why a result is in its state, in the report's own words."""
    if state is states.STOPPED and result.problem is not None:
        return result.problem
    told = (one for one in result.outcomes if states.of_verdict(one.verdict) is state)
    return next((one.message or one.title for one in told), None)


def _item(rows: Sequence[Row], column: int) -> Item:
    cells = [cell for row in rows if (cell := row.results[column]) is not None]
    known = [
        result.points / result.out_of
        for result, _ in cells
        if result.submitted and result.out_of > 0 and not states.is_broken(result)
    ]
    return Item(
        result=cells[0][0],
        mean=mean(known) if known else None,
        counts=Counter(state for _, state in cells),
    )
