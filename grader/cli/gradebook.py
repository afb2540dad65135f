"""Commands between the grader and a learning platform: collect work, hand grades back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from grader import course
from grader.cli import options
from grader.collect.ledger import Ledger
from grader.errors import CourseError, ExchangeError, Exit
from grader.gradebook.filling import Filling
from grader.gradebook.late import Policy
from grader.gradebook.marks import Mark

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)

reports = click.option(
    "--reports",
    type=_FOLDER,
    default=Path("reports"),
    show_default=True,
    help="What 'grader grade' wrote.",
)
submissions = click.option(
    "--submissions",
    type=_FOLDER,
    default=Path("submissions"),
    show_default=True,
    help="What 'grader collect' wrote: it tells students apart and knows their times.",
)
output = click.option(
    "-o", "--output", "output", type=_FILE, required=True, help="The file to write."
)


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="ZIP|FOLDER")
@click.option(
    "--out",
    type=_FOLDER,
    default=Path("submissions"),
    show_default=True,
    help="Where the copies go.",
)
@click.option("--roster", type=_FILE, help="A table of who should have handed in.")
@click.option(
    "--pattern",
    help="How files are named, as a regular expression with nbgrader's groups: student_id, and "
    "perhaps file_id, first_name, last_name, email, timestamp.  "
    "By default [collect] pattern in course.toml.",
)
@options.course
def collect(
    source: Path, out: Path, roster: Path | None, pattern: str | None, course_root: Path | None
) -> int:
    """Copy a platform's download into a folder per student and attempt.

    \b
    ZIP|FOLDER is what one of these hands out, zipped or unpacked:
      Canvas       Download Submissions
      Moodle       Download all submissions, in folders or not, with groups
                   or without names
      Gradescope   Export Submissions
      other        a folder (or a zip, or a notebook) for each student

    Nothing is renamed or changed in place.  Collecting a later download again
    adds attempts, of which the latest counts; another assignment wants a folder
    of its own.  The roster may be any table with names, numbers or addresses,
    such as a gradebook that the platform exported.
    """  # noqa: D301
    from grader import collect as collecting
    from grader.collect import roster as rosters
    from grader.render import collection

    found = collecting.collect(
        source,
        out,
        roster=rosters.read(roster) if roster else None,
        pattern=_pattern(pattern, course_root),
    )
    collection.table(found, out)
    return Exit.UNREADABLE if found.failed else Exit.OK


@click.group()
def export() -> None:
    """Fill grades into the file that a platform exported, to upload it again.

    Points are what the reports say, less what course.toml takes off for late
    work; the reports keep what was earned.  Reports that are not final are left
    out, and named.

    \b
    [course]
    due = 2026-11-23T23:59:00+01:00
    [due]                             an exercise's own date
    q05_activations = 2026-11-30T23:59:00+01:00
    [late]
    grace_minutes = 15
    per_day_percent = 10              of what was earned, for each day begun
    floor_percent = 50                of what was earned, kept in any case
    """  # noqa: D301


@export.command(short_help="A gradebook with one column of grades.")
@click.option("--gradebook", type=_FILE, required=True, help="The CSV that Canvas exported.")
@click.option("--column", help="The assignment, by its title or number; needless if there is one.")
@output
@reports
@submissions
@options.course
def canvas(
    gradebook: Path,
    column: str | None,
    output: Path,
    reports: Path,
    submissions: Path,
    course_root: Path | None,
) -> int:
    """Write a gradebook for Canvas: the student columns, and one of grades.

    In Canvas, export the gradebook first: Grades, Export.  Upload what this
    command writes under Grades, Import.  No other column can be changed by it.
    """
    from grader import sheet
    from grader.gradebook import canvas as gradebooks

    _require_other(gradebook, output)
    policy, collected = _known(submissions, course_root)
    marks = _marks(reports, collected, policy)
    return _fill(gradebooks.fill(sheet.read(gradebook), column, marks), output, marks)


@export.command(short_help="A grading worksheet, and a zip of reports.")
@click.option("--worksheet", type=_FILE, required=True, help="The CSV that Moodle exported.")
@click.option("--grade-column", type=click.IntRange(min=1), help="Which column is the grade.")
@click.option("--feedback-zip", type=_FILE, help="Write a zip of the reports as well.")
@output
@reports
@submissions
@options.course
def moodle(
    worksheet: Path,
    grade_column: int | None,
    feedback_zip: Path | None,
    output: Path,
    reports: Path,
    submissions: Path,
    course_root: Path | None,
) -> int:
    """Fill in a grading worksheet of Moodle, and change nothing else in it.

    In Moodle, download it first: View all submissions, Download grading
    worksheet.  Upload what this command writes under Upload grading worksheet,
    and the zip under Upload multiple feedback files in a zip.
    """
    from grader import sheet, whole_file
    from grader.gradebook import feedback, times
    from grader.gradebook import moodle as worksheets
    from grader.gradebook.worksheet import understand
    from grader.render import handback

    _require_other(worksheet, output)
    work = understand(sheet.read(worksheet), grade_column)
    policy, collected = _known(submissions, course_root)
    if policy.zone is not None:
        collected = times.timed(collected, work, policy.zone)
    marks = _marks(reports, collected, policy)
    code = _fill(worksheets.fill(work, marks), output, marks)
    if feedback_zip is not None:
        packed = feedback.pack(marks)
        whole_file.write(feedback_zip, packed.data)
        handback.packed(packed.count, packed.absent, feedback_zip)
    return code


@export.command(short_help="A table with a row per exercise and student.")
@click.option(
    "--flavour",
    type=click.Choice(["nbgrader"]),
    default="nbgrader",
    show_default=True,
    expose_value=False,  # there is one
    help="Whose columns.",
)
@output
@reports
@submissions
@options.course
def csv(output: Path, reports: Path, submissions: Path, course_root: Path | None) -> int:
    """Write a table with a row per exercise and student, as nbgrader does.

    It has raw points, what lateness took off, and what is left.
    """
    from grader import whole_file
    from grader.gradebook import nbgrader
    from grader.render import handback

    policy, collected = _known(submissions, course_root)
    marks = _marks(reports, collected, policy)
    whole_file.write(output, nbgrader.table(marks, policy).encode())
    handback.tabled(marks, output)
    handback.lateness(marks)
    return Exit.OK if all(mark.final for mark in marks) else Exit.WRONG


def _known(submissions: Path, course_root: Path | None) -> tuple[Policy, Ledger]:
    """Return what is known of lateness and of the students, beside the reports."""
    from grader.collect import ledger
    from grader.gradebook import late

    root = _root(course_root)
    return (late.load(root) if root else Policy()), ledger.read(submissions)


def _marks(reports: Path, collected: Ledger, policy: Policy) -> list[Mark]:
    from grader.gradebook import marks

    return marks.read(reports, collected, policy)


def _fill(filling: Filling, output: Path, marks: Sequence[Mark]) -> int:
    from grader import whole_file
    from grader.render import handback

    whole_file.write(output, filling.data)
    handback.filled(filling, output)
    handback.lateness(marks)
    return Exit.WRONG if filling.absent else Exit.OK


def _pattern(given: str | None, course_root: Path | None) -> re.Pattern[str] | None:
    from grader.collect.folders import compiled

    if given is not None:
        return compiled(given, "--pattern")
    root = _root(course_root)
    section = course.settings(root, "collect") if root else {}
    if not section:
        return None
    where = f"{(root or Path()) / course.SETTINGS}: [collect] pattern"
    if set(section) != {"pattern"} or not isinstance(section["pattern"], str):
        raise CourseError(
            f"{where} must be a regular expression in quotes, and [collect] holds nothing else\n"
            r"  next: write pattern = '(?P<student_id>\w+)_(?P<file_id>.+)'"
        )
    return compiled(section["pattern"], where)


def _root(given: Path | None) -> Path | None:
    """Return the course whose settings count: collecting needs no exercises."""
    here = Path.cwd()
    return given or (course.nearest(here) if course.is_inside(here) else None)


def _require_other(exported: Path, output: Path) -> None:
    if exported.resolve() == output.resolve():
        raise ExchangeError(
            f"{output} is the export itself\n  next: name another file with -o, and keep the export"
        )
