"""Commands for the instructor: grade one submission or a class."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from grader import batch, course
from grader import submission as submissions
from grader.cli import options
from grader.errors import Exit
from grader.model import Report
from grader.submission import Refusal
from grader.submission.names import printable

FORMATS = ("html", "json")


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SUBMISSION…"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Where the reports go.",
)
@click.option(
    "--format",
    "formats",
    default="html,json",
    show_default=True,
    metavar="html,json",
    help="What to write for each student.",
)
@click.option("--fail-under", type=float, help="Exit 0 from this many percent of the points on.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the students' results are.")
@click.option("--unsafe", is_flag=True, help="Grade even where the wall does not hold.")
@options.course
@options.only
@options.jobs
@options.seed
def grade(
    paths: tuple[Path, ...],
    out: Path,
    formats: str,
    fail_under: float | None,
    exit_zero: bool,
    unsafe: bool,
    course_root: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    seed: int | None,
) -> int:
    """Grade submissions and write a report for each student.

    A SUBMISSION is a .py file named like an exercise's module, a zip, or a folder that holds
    them; a folder of such folders is a class.
    """
    wanted = _formats(formats)
    the_course = course.read(course_root or course.nearest(_start(paths)))
    ids = [course.find_exercise(the_course, word).id for word in only]
    found = submissions.find(paths, the_course)
    for refusal in found.refused:
        click.echo(f"not graded: {_told(refusal)}", err=True)
    if not found.submissions:
        click.echo("error: there is nothing to grade.", err=True)
        return Exit.UNREADABLE if found.refused else Exit.NOTHING
    seed = options.fresh_seed() if seed is None else seed
    plan = batch.Batch(
        the_course, found.submissions, ids, seed, jobs or os.cpu_count() or 1, unsafe
    )
    from grader.render import terminal

    reports = batch.run(plan, out, wanted, terminal.progress(len(found.submissions)))
    terminal.summary(reports, out)
    if exit_zero:
        return Exit.OK
    return exit_code(reports, refused=bool(found.refused), fail_under=fail_under)


def exit_code(reports: Sequence[Report], *, refused: bool, fail_under: float | None) -> Exit:
    """Return what the outcome of a batch means to a shell; the gravest comes first."""
    if not all(report.final for report in reports):
        return Exit.OURS
    results = [result for report in reports for result in report.results]
    if refused or any(result.problem for result in results):
        return Exit.UNREADABLE
    if fail_under is not None:
        enough = all(100 * report.points >= fail_under * report.out_of for report in reports)
        return Exit.OK if enough else Exit.WRONG
    return Exit.OK if all(result.passed for result in results) else Exit.WRONG


def _told(refusal: Refusal) -> str:
    """Return why a path is no submission; hundreds of students hand in a ``work.zip``."""
    name = printable(refusal.student)
    return refusal.reason if name in refusal.reason else f"{name}: {refusal.reason}"


def _start(paths: Sequence[Path]) -> Path:
    """Return where to look for the course: here if there is one, else near the submissions."""
    here = Path.cwd()
    return here if not paths or course.is_inside(here) else paths[0]


def _formats(text: str) -> frozenset[str]:
    wanted = frozenset(part.strip() for part in text.split(",") if part.strip())
    unknown = sorted(wanted - set(FORMATS))
    if unknown or not wanted:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is not among {', '.join(FORMATS)}",
            param_hint="--format",
        )
    return wanted
