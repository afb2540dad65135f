"""Commands for the student: the public questions, on one's own machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from grader import course
from grader import submission as submissions
from grader.cli import options
from grader.errors import Exit
from grader.model import Check, Course, Exercise


@click.command()
@click.argument(
    "words", nargs=-1, metavar="[EXERCISE…] [PATH]", shell_complete=options.exercise_ids
)
@options.course
def check(words: tuple[str, ...], course_root: Path | None) -> int:
    """Ask the public questions of your own files.

    EXERCISE is q5, 5 or a module's name; PATH is a file or a folder, by default this one.
    """
    from grader import runner
    from grader.render import terminal
    from grader.render.progress import Shown
    from grader.sandbox import Sandbox
    from grader.sandbox.preload import needed

    path = Path(words[-1]) if words and Path(words[-1]).exists() else Path.cwd()
    names = words[:-1] if words and Path(words[-1]).exists() else words
    the_course = public(course.load(course_root or course.nearest(path)))
    wanted = [course.find_exercise(the_course, word).id for word in names]
    submission = submissions.read(path, the_course)
    wanted = wanted or [one.id for one in the_course.exercises if one.id in submission.sources]
    asked_for = [one for one in the_course.exercises if one.id in wanted]
    preload = needed(asked_for, [submission])
    with Sandbox(preload=preload) as sandbox, Shown() as shown:
        shown.begin(1)

        def watch(exercise: Exercise, asked: Check | None, printed: str) -> None:
            shown.working(submission.student, exercise, asked, printed)

        report = runner.grade(
            the_course, submission, sandbox, seed=options.fresh_seed(), only=wanted, watch=watch
        )
    terminal.summary([report], None)
    return Exit.OK if all(result.passed for result in report.results) else Exit.WRONG


def public(the_course: Course) -> Course:
    """Return a course without its hidden questions."""
    return replace(
        the_course,
        exercises=tuple(
            replace(one, checks=tuple(ask for ask in one.checks if not ask.hidden))
            for one in the_course.exercises
        ),
    )
