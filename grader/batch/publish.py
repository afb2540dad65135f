"""Reports from results: each student's page and record, and what the instructor gets of a class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader import __version__
from grader.batch.files import write
from grader.batch.plan import Entry
from grader.batch.store import Store
from grader.classroom.clusters import clusters
from grader.classroom.items import items
from grader.model import Provenance, Report
from grader.render.class_page import class_page
from grader.render.formats import FORMATS, GITHUB
from grader.render.github import annotation_lines, summary
from grader.render.gradebook import grades_csv
from grader.render.tables import clusters_csv, grades_long_csv, items_csv
from grader.render.visibility import for_student


def report_of(entry: Entry, store: Store, course: str, seed: int, *, whole: bool) -> Report:
    """Return the report of a submission from its stored results; ``seed`` is the one it states.

    One that is not ``whole`` is light: it has what a class page shows of it.

    Raises :class:`~grader.batch.store.DamagedError` where a result is missing or not whole.
    """
    graded = [store.get(key, whole=whole) for key in entry.keys.values()]
    ran = [one for one in graded if one.result.source is not None] or graded
    return Report(
        entry.student,
        entry.attempt,
        entry.file,
        tuple(one.result for one in graded),
        Provenance(
            grader=__version__,
            course=course,
            sandbox=", ".join(dict.fromkeys(one.sandbox for one in ran)),
            seed=seed,
            started=min((one.started for one in ran), default=""),
            seconds=round(sum(one.seconds for one in graded), 3),
            sources=entry.sources,
            versions={name: text for one in ran for name, text in one.versions.items()},
        ),
        entry.notes,
    )


def write_report(report: Report, stem: Path, formats: frozenset[str]) -> None:
    """Write what a student gets, in each of the formats."""
    shown = for_student(report)
    for name in sorted(formats & FORMATS.keys()):
        write(stem.with_name(f"{stem.name}{FORMATS[name].ending}"), FORMATS[name].render(shown))


def write_class(
    reports: Sequence[Report], stems: Sequence[str], out: Path, formats: frozenset[str]
) -> None:
    """Write what there is once for all: the class page, what GitHub shows, and the tables."""
    if "html" in formats:
        write(out / "index.html", class_page(reports, stems))
    if GITHUB in formats:
        write(out / "annotations.txt", annotation_lines(reports))
        write(out / "summary.md", summary(reports))
    write(out / "grades.csv", grades_csv(reports))
    write(out / "grades_long.csv", grades_long_csv(reports))
    write(out / "items.csv", items_csv(items(reports)))
    write(out / "clusters.csv", clusters_csv(clusters(reports), reports))
