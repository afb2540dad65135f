"""The command that lays out what others run: Gradescope's autograder."""

from __future__ import annotations

from pathlib import Path

import click

from grader import course
from grader.cli import options
from grader.errors import Exit


@click.command()
@click.option(
    "--gradescope",
    "archive",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="OUT.zip",
    help="Build Gradescope's autograder of the course.",
)
@options.course
def start(archive: Path, course_root: Path | None) -> int:
    """Lay out what others run: Gradescope's autograder, with the course inside."""
    from grader import gradescope_zip

    gradescope_zip.build(course.load(course_root or course.nearest(Path.cwd())), archive)
    click.echo(f"{archive}\n\nNext: upload it as the autograder of a programming assignment")
    return Exit.OK
