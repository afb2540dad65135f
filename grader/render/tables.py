"""What is known of a class as CSV tables beside its page: points in long form, exercises, failures.

The wide table of points is :mod:`grader.render.gradebook`'s.  Lines end as RFC 4180 has them, and
no cell that a student wrote is a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.classroom.clusters import Cluster
from grader.classroom.items import Item
from grader.model import Report
from grader.render import states
from grader.render.gradebook import inert


def grades_long_csv(reports: Sequence[Report]) -> str:
    """Return one row for each student and exercise; points are empty where a checker broke."""
    head = ("student", "attempt", "exercise", "submitted", "state", "points", "out_of", "final")
    return _table(
        head,
        (
            (
                report.student,
                report.attempt or "",
                result.exercise,
                str(result.submitted).lower(),
                states.of_result(result).short,
                "" if states.is_broken(result) else f"{result.points:g}",
                f"{result.out_of:g}",
                str(result.final).lower(),
            )
            for report in reports
            for result in report.results
        ),
    )


def items_csv(items: Iterable[Item]) -> str:
    """Return one row for each exercise; a cell is empty where a figure would say nothing."""
    head = (
        *("exercise", "title", "out_of", "handed_in", "mean", "discrimination"),
        *("passed", "failed", "did_not_run", "median_seconds", "remark"),
    )
    return _table(
        head,
        (
            (
                item.result.exercise,
                item.result.title,
                f"{item.result.out_of:g}",
                sum(item.counts.values()) - item.counts[states.ABSENT],
                _number(item.mean),
                _number(item.discrimination),
                item.counts[states.PASS],
                item.failed,
                item.did_not_run,
                _number(item.seconds),
                item.remark,
            )
            for item in items
        ),
    )


def clusters_csv(clusters: Iterable[Cluster], reports: Sequence[Report]) -> str:
    """Return one row for each failure that students share, with who they are."""
    head = (
        *("cluster", "exercise", "check", "title", "kind", "detail", "students"),
        *("representative", "expected", "got", "message", "who"),
    )
    return _table(
        head,
        (
            (
                one.id,
                one.result.exercise,
                one.check,
                one.title,
                one.kind,
                one.detail,
                len(one.students),
                reports[one.students[0]].student,
                one.finding.expected if one.finding else "",
                one.finding.got if one.finding else "",
                one.said,
                "; ".join(reports[number].student for number in one.students),
            )
            for one in clusters
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(head)
    table.writerows([inert(c) if isinstance(c, str) else c for c in row] for row in rows)
    return text.getvalue()


def _number(value: float | None) -> float | str:
    return "" if value is None else float(f"{value:.4g}")
