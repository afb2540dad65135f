"""Commands for the student: the public questions, on one's own machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from grader import course, progress
from grader import submission as submissions
from grader.cli import options
from grader.errors import Exit, SubmissionError
from grader.model import Check, Course, Exercise
from grader.own_work import Desk, public


@click.command()
@click.argument(
    "words", nargs=-1, metavar="[EXERCISE…] [PATH]", shell_complete=options.exercise_ids
)
@options.course
def check(words: tuple[str, ...], course_root: Path | None) -> int:
    """Ask the public questions of your own files.

    EXERCISE is q5, 5 or a module's name; PATH is a file or a folder, by default this one.
    """
    from grader.render import terminal
    from grader.render.advice import tally
    from grader.render.progress import Shown

    names, path = _split(words)
    the_course = _course(course_root, path)
    named = [course.find_exercise(the_course, word) for word in names]
    submission = submissions.read(path, the_course)
    wanted = named or [one for one in the_course.exercises if one.id in submission.sources]
    with Desk(the_course) as desk:
        with Shown() as shown:
            shown.begin(1)

            def watch(exercise: Exercise, asked: Check | None, printed: str) -> None:
                shown.working(submission.student, exercise, asked, printed)

            report = desk.ask(submission, wanted, watch)
        terminal.summary([report], None)
        click.echo(f"\n {tally(report.results, desk.later(wanted))}")
    known = progress.load(progress.home(path))
    for result in report.results:
        known = known.after(result)
    progress.save(known, progress.home(path))
    return Exit.OK if all(result.passed for result in report.results) else Exit.WRONG


@click.command()
@click.argument("words", nargs=-1, metavar="[EXERCISE] [PATH]")
@options.course
def watch(words: tuple[str, ...], course_root: Path | None) -> int:
    """Check again on every save; n next exercise, h hint, l list, q quit.

    It starts with EXERCISE, or with the first that does not pass yet, and follows you to the file
    that you save.
    """
    from rich.console import Console

    from grader import keyboard
    from grader.watch import Watch, first_open

    names, path = _split(words)
    the_course = _course(course_root, path)
    named = _at_most_one(names, the_course)
    known = progress.load(progress.home(path))
    with Desk(the_course) as desk, keyboard.listening() as pressed:
        start = named or first_open(desk, known)
        Watch(desk, path, start, known, Console(highlight=False)).run(pressed)
    return Exit.OK


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="EXERCISE [PATH]")
@options.course
def hint(words: tuple[str, ...], course_root: Path | None) -> int:
    """Show the next hint for an exercise, one level at a time.

    It is about the first question that did not pass when the exercise was last checked.
    """
    from rich.console import Console

    from grader.render import student_screens as screens

    names, path = _split(words)
    the_course = public(_course(course_root, path))
    exercise = _at_most_one(names, the_course)
    if exercise is None:
        raise click.UsageError("Name an exercise, such as q1.")
    known = progress.load(progress.home(path))
    asked = known.asked(exercise)
    if asked is None:
        passed = known.passes(exercise)
        click.echo(
            f"{exercise.label} {'passes' if passed else 'has no hints'}: nothing to hint at."
        )
        return Exit.OK
    known = known.after_hint(exercise, asked)
    progress.save(known, progress.home(path))
    level = known.read(exercise, asked)
    Console(highlight=False).print(screens.hinted(exercise, asked, level))
    return Exit.OK


@click.command("list")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@options.course
def list_(path: Path, course_root: Path | None) -> int:
    """List the exercises, how each ended when you last checked it, and its points."""
    from rich.console import Console

    from grader.render import student_screens as screens
    from grader.render import terminal

    the_course = public(_course(course_root, path))
    try:
        submission = submissions.read(path, the_course)
    except SubmissionError:
        submission = None  # a folder without work yet
    console = Console(highlight=False)
    known = progress.load(progress.home(path))
    console.print(screens.listing(the_course, submission, known, fancy=terminal.fancy(console)))
    return Exit.OK


def _split(words: Sequence[str]) -> tuple[Sequence[str], Path]:
    """Return the exercises and the path among words: the last one, if it is there."""
    if words and Path(words[-1]).exists():
        return words[:-1], Path(words[-1])
    return words, Path.cwd()


def _course(root: Path | None, path: Path) -> Course:
    return course.load(root or course.nearest(path))


def _at_most_one(names: Sequence[str], the_course: Course) -> Exercise | None:
    if len(names) > 1:
        raise click.UsageError(f"Name one exercise, not {len(names)}.")
    return course.find_exercise(the_course, names[0]) if names else None
