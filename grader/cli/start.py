"""The command that lays out what others use: students their stubs, Gradescope its autograder."""

from __future__ import annotations

from pathlib import Path

import click

from grader import course
from grader.cli import options
from grader.errors import Exit
from grader.model import Course


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]"
)
@click.option("--notebook", is_flag=True, help="One notebook instead of a file an exercise.")
@click.option(
    "--gradescope",
    "archive",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.zip",
    help="Build Gradescope's autograder of the course instead.",
)
@options.course
def start(
    folder: Path | None, notebook: bool, archive: Path | None, course_root: Path | None
) -> int:
    """Lay out what students get: stubs, provided files and tasks, or one notebook.

    What is in DIR already is never touched, so that a second run only adds what is missing.
    """
    if (folder is None) == (archive is None):
        raise click.UsageError("name a folder for what students get, or --gradescope OUT.zip")
    the_course = course.load(course_root or course.nearest(Path.cwd()))
    if archive is not None:
        return _autograder(the_course, archive)
    return _handout(the_course, folder or Path(), notebook=notebook)


def _handout(the_course: Course, folder: Path, *, notebook: bool) -> int:
    from grader import handout

    files = handout.notebook(the_course) if notebook else handout.stubs(the_course)
    laid_out = handout.lay_out(files, folder)
    for path in laid_out.written:
        click.echo(path)
    if laid_out.kept:
        names = ", ".join(path.name for path in laid_out.kept)
        click.echo(f"left as it was, for it may hold your work: {names}", err=True)
    if not laid_out.written:
        click.echo("error: nothing was missing.\n  next: name an empty folder", err=True)
        return Exit.USAGE
    here = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    then = f"jupyter lab {handout.NOTEBOOK}" if notebook else "grader watch"
    click.echo(f"\nNext: {here}{then}")
    return Exit.OK


def _autograder(the_course: Course, archive: Path) -> int:
    from grader import gradescope_zip

    gradescope_zip.build(the_course, archive)
    click.echo(f"{archive}\n\nNext: upload it as the autograder of a programming assignment")
    return Exit.OK
