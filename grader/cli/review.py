"""Commands for whoever reads answers in words, and for whoever watches a class being graded."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import click

from grader.cli import options
from grader.errors import Exit, GraderError

NEEDS = "starlette, uvicorn and python-multipart"

_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Where the reports are.",
)


@click.command()
@_out
@click.option("--csv", "sheet", type=click.Path(path_type=Path), help="Write a sheet to fill in.")
@click.option("--read", "filled", type=click.Path(path_type=Path), help="Read a filled sheet back.")
@click.option("--publish", is_flag=True, help="Only write the pages anew, with the reviews in.")
@options.course
def review(
    out: Path, sheet: Path | None, filled: Path | None, publish: bool, course_root: Path | None
) -> int:
    """Read the answers in words, in the browser or in a spreadsheet.

    Every decision is saved at once, beside the reports.  When the command ends, the pages, records
    and grades of those whose reviews changed are written anew.
    """
    if sheet or filled:
        _sheet(out, sheet, filled)
    elif not publish:
        _browse(out, course_root)
    from grader.review.publish import publish as write_pages

    if sheet and not filled:
        return Exit.OK
    written = write_pages(out)
    click.echo(f"{written} {'page' if written == 1 else 'pages'} written anew in {out}.")
    return Exit.OK


@click.command()
@_out
def serve(out: Path) -> int:
    """Show the class page while 'grader grade' fills it."""
    _require_server()
    from grader.web.live import live
    from grader.web.serving import serve as run

    run(live(out), lambda link: click.echo(f"{link}\n\nCtrl-C ends it."))
    return Exit.OK


def _browse(out: Path, course_root: Path | None) -> None:
    _require_server()
    from grader import course
    from grader.review.desk import Desk
    from grader.review.model_answer import model_answers
    from grader.review.records import record_paths
    from grader.review.site import site
    from grader.web.serving import serve as run

    record_paths(out)
    desk = Desk(out, model_answers(course_root or course.nearest(Path.cwd())))
    Thread(target=desk.prepare, daemon=True).start()
    run(site(desk), lambda link: click.echo(f"{link}\n\nEverything is saved at once; Ctrl-C ends."))


def _sheet(out: Path, sheet: Path | None, filled: Path | None) -> None:
    from grader.review import sheet as sheets

    if filled:
        click.echo(f"{sheets.take(out, filled)} reviews read from {filled}.")
    if sheet:
        click.echo(f"{sheets.give(out, sheet)} answers written to {sheet}.")


def _require_server() -> None:
    try:
        import python_multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        wrong = GraderError(
            f"reviewing in the browser needs {NEEDS} ({error.name} is missing)\n"
            "  next: pip install 'neural-exercise-grader[review]'"
        )
        wrong.code = Exit.USAGE
        raise wrong from error
