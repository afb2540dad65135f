"""The command that lays out what students get."""

from __future__ import annotations

from pathlib import Path

import click

from grader import course, handout
from grader.cli import options
from grader.errors import Exit


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--notebook", is_flag=True, help="One notebook instead of a file an exercise.")
@options.course
def start(folder: Path, notebook: bool, course_root: Path | None) -> int:
    """Lay out what students get: stubs, provided files and tasks, or one notebook.

    What is in the folder already is never touched, so that a second run only adds what is missing.
    """
    the_course = course.load(course_root or course.nearest(Path.cwd()))
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
