"""The results of a class as one HTML file that links to the page of each student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import quote

from markupsafe import Markup

from grader.classroom.clusters import Cluster, clusters
from grader.classroom.items import ENOUGH, items
from grader.evidence import Bars, Role
from grader.model import Report, Result
from grader.render import states
from grader.render.charts import figure
from grader.render.environment import environment
from grader.render.gradebook import exercise_ids
from grader.render.turns import turns_of

MOST_CLUSTERS = 12  # on the page; clusters.csv has all
SHARED = 2  # a failure of so many students is a common one
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One student of the table: a result or None for each exercise of the class."""

    report: Report
    link: str
    results: tuple[tuple[Result, states.State] | None, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A common failure, with the rows of those who share it, the representative's first."""

    cluster: Cluster
    rows: tuple[Row, ...]


def class_page(reports: Sequence[Report], stems: Sequence[str] | None = None) -> str:
    """Return ``index.html``: who needs the instructor, what went wrong, how all did.

    ``stems`` are the names of the students' files without ``.html``; by default, the students'.
    """
    exercises = exercise_ids(reports)
    stems = [report.student for report in reports] if stems is None else stems
    rows = [_row(report, stem, exercises) for report, stem in zip(reports, stems, strict=True)]
    turns = turns_of(reports)
    shares = [report.points / report.out_of for report in reports if report.out_of > 0]
    common = [one for one in clusters(reports) if len(one.students) >= SHARED]
    return (
        environment()
        .get_template("class.html.jinja")
        .render(
            rows=rows,
            turns=turns,
            items=items(reports),
            cards=[_card(one, rows) for one in common[:MOST_CLUSTERS]],
            clusters_left=max(0, len(common) - MOST_CLUSTERS),
            histogram=_histogram(shares),
            median=median(shares) if shares else None,
            all_pass=sum(_all_pass(row) for row in rows),
            provenance=reports[0].provenance if reports else None,
            met=_met(rows),
            needing=len({number for turn in turns for number in turn.students}),
            enough=ENOUGH,
        )
    )


def _row(report: Report, stem: str, exercises: Sequence[str]) -> Row:
    found = {result.exercise: (result, states.of_result(result)) for result in report.results}
    link = f"{quote(stem, safe='', errors='replace')}.html"
    return Row(report, link, tuple(found.get(exercise) for exercise in exercises))


def _card(cluster: Cluster, rows: Sequence[Row]) -> Card:
    return Card(cluster, tuple(rows[number] for number in cluster.students))


def _all_pass(row: Row) -> bool:
    return all(cell is not None and cell[1] is states.PASS for cell in row.results)


def _met(rows: Sequence[Row]) -> list[states.State]:
    """Return the states that occur in the class, from passed to not handed in."""
    met = {state for row in rows for _, state in filter(None, row.results)}
    return [state for state in states.ALL if state in met]


def _histogram(shares: Sequence[float]) -> Markup | None:
    """Draw how many have which score, in tenths of the points, the best on top."""
    if len(shares) < SHARED:
        return None
    counts = [0] * TENTHS
    for share in shares:
        counts[min(int(share * TENTHS + 1e-9), TENTHS - 1)] += 1
    tenths = range(TENTHS - 1, -1, -1)
    labels = [f"{10 * t}–{100 if t == TENTHS - 1 else 10 * t + 9} %" for t in tenths]
    most = labels[TENTHS - 1 - counts.index(max(counts))]
    says = f"Most often, {max(counts)} of {len(shares)}, the score is {most} of the points."
    values = tuple(float(counts[t]) for t in tenths)
    plain: Role = "plain"
    chart = Bars("Students by score", says, tuple(labels), values, (plain,) * TENTHS)
    return figure(chart, "scores")
