"""Commands for the instructor: grade one submission or a class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from grader import batch, course
from grader import submission as submissions
from grader.batch import crew, shards
from grader.cli import options
from grader.errors import CourseError, Exit
from grader.model import Report
from grader.render import states
from grader.submission import Refusal
from grader.submission.names import printable


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
@options.formats
@click.option(
    "--fail-under",
    callback=options.percent,
    metavar="60%",
    help="Exit 0 where each submission has so much of the points.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the students' results are.")
@click.option("--unsafe", is_flag=True, help="Grade even where the wall does not hold.")
@click.option(
    "--student",
    "students",
    multiple=True,
    metavar="ID",
    help="Grade this student only; the others of the class stay (repeatable).",
)
@click.option(
    "--trust-timeouts",
    is_flag=True,
    help="Use results again that ran out of time or memory, or whose process ended.",
)
@click.option(
    "--attempt",
    type=click.Choice(["latest", "best"]),
    default="latest",
    show_default=True,
    help="Which of a student's attempts counts; for the best, all are graded.",
)
@click.option("--shard", metavar="3/8|auto", help="Grade a part of the class; then grader merge.")
@click.option(
    "--cluster",
    metavar="ADDRESS|FILE.toml",
    help="Grade on a Dask scheduler's workers, or on workers that a queue starts.",
)
@options.course
@options.only
@options.jobs
@options.seed
def grade(
    paths: tuple[Path, ...],
    out: Path,
    formats: frozenset[str],
    fail_under: float | None,
    exit_zero: bool,
    unsafe: bool,
    students: tuple[str, ...],
    trust_timeouts: bool,
    attempt: str,
    shard: str | None,
    cluster: str | None,
    course_root: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    seed: int | None,
) -> int:
    """Grade submissions and write a report for each student.

    A SUBMISSION is a .py file named like an exercise's module, a notebook, a zip, or a folder
    that holds them; a folder of such folders is a class.  What was graded before and has not
    changed is not graded again; a run that was interrupted goes on where it was.
    """
    part = shards.parse(shard) if shard else shards.WHOLE
    if attempt == "best" and shard:
        raise click.UsageError("--attempt best wants the whole class: leave --shard out")
    the_course = course.read(course_root or _trusted(course.nearest(_start(paths)), paths))
    ids = [course.find_exercise(the_course, word).id for word in only]
    found = submissions.find(paths, the_course)
    for refusal in found.refused:
        click.echo(f"not graded: {_told(refusal)}", err=True)
    if not found.submissions:
        click.echo("error: there is nothing to grade.", err=True)
        return Exit.UNREADABLE if found.refused else Exit.NOTHING
    plan = batch.Batch(
        the_course,
        found.submissions,
        ids,
        seed,
        jobs,
        unsafe,
        batch.chosen(students, found.submissions),
        trust_timeouts,
        part,
        found.earlier if attempt == "best" else (),
    )
    from grader.render import terminal
    from grader.render.progress import Shown

    ended = batch.run(plan, out, formats, Shown(), _hire(cluster))
    terminal.ended(ended.graded, ended.reused)
    if part != shards.WHOLE:
        click.echo(f" part {part} is graded: once all are, grader merge {out}")
        return Exit.UNREADABLE if found.refused and not exit_zero else Exit.OK
    terminal.summary(ended.reports, out)
    code = exit_code(ended.reports, refused=bool(found.refused), fail_under=fail_under)
    return Exit.OK if exit_zero and code is not Exit.OURS else code


@click.command()
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR…",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the reports go; by default the first DIR.",
)
@options.formats
def merge(folders: tuple[Path, ...], out: Path | None, formats: frozenset[str]) -> int:
    """Make the reports of a class that was graded in parts.

    Each DIR is the --out of one or more of grader grade --shard.  All parts must be there, and
    whole.
    """
    from grader.batch.merge import merge as put_together
    from grader.render import terminal

    out = out or folders[0]
    reports = put_together(folders, out, formats, lambda text: click.echo(text, err=True))
    terminal.summary(reports, out)
    return exit_code(reports, refused=False, fail_under=None)


def exit_code(reports: Sequence[Report], *, refused: bool, fail_under: float | None) -> Exit:
    """Return what the outcome of a batch means to a shell; the gravest comes first."""
    results = [result for report in reports for result in report.results]
    if any(states.is_broken(result) for result in results):
        return Exit.OURS
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


def _hire(cluster: str | None) -> crew.Hire:
    """Return what hires the workers: of this machine, or of a cluster."""
    if cluster is None:
        return crew.here
    from grader.batch.cluster import crew_of

    return crew_of(cluster)


def _start(paths: Sequence[Path]) -> Path:
    """Return where to look for the course: here if there is one, else near the submissions."""
    here = Path.cwd()
    return here if not paths or course.is_inside(here) else paths[0]


def _trusted(root: Path, paths: Sequence[Path]) -> Path:
    """Refuse a course that was found inside a submission: its questions would run as our own."""
    for path in paths:
        if root.resolve().is_relative_to(path.resolve()):
            raise CourseError(
                f"the only course near is in {path}, which is to be graded: a submission does not "
                "bring its own questions\n  next: name the instructor's copy with --course"
            )
    return root
