"""Commands for the author of a course: prove that it judges well."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from grader import course
from grader.cli import options
from grader.errors import Exit
from grader.model import Course, Exercise


@click.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE…]", shell_complete=options.exercise_ids)
@click.option("--mutants", is_flag=True, help="Grade mutants of the references instead.")
@click.option("--sample", type=click.IntRange(min=1), help="So many mutants an exercise only.")
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How often each reference is graded, every time on other inputs.",
)
@options.course
@options.jobs
def verify(
    exercises: tuple[str, ...],
    mutants: bool,
    sample: int | None,
    draws: int,
    course_root: Path | None,
    jobs: int | None,
) -> int:
    """Prove that a course judges well.

    Every reference must earn everything, on two draws of the inputs or more; every stub nothing;
    and every recorded mistake must lose exactly the checks that it names, with the words that it
    asks for.

    With --mutants, small changes of each reference are graded: one that earns everything is a
    question to the author.  Exercises that train are left out unless they are named.
    """
    the_course = course.load(course_root or course.nearest(Path.cwd()))
    wanted = [course.find_exercise(the_course, word) for word in exercises]
    workers = jobs or os.cpu_count() or 1
    if mutants:
        return _mutants(the_course, wanted, sample, workers)
    return _claims(wanted or the_course.exercises, draws, workers)


def _claims(exercises: Sequence[Exercise], draws: int, jobs: int) -> int:
    from grader import verify as proof
    from grader.render import proof as shown
    from grader.sandbox import Sandbox
    from grader.sandbox.preload import needed

    cases = [case for one in exercises for case in proof.cases(one, draws)]
    with (
        Sandbox(threads=_threads(jobs), preload=needed(exercises)) as sandbox,
        shown.Progress(len(cases)) as progress,
    ):
        verified = proof.verify(
            cases, sandbox, jobs, lambda one: progress.done(one.case.exercise, one.case.name)
        )
    shown.claims(verified)
    return Exit.OK if all(not one.faults for one in verified) else Exit.WRONG


def _mutants(the_course: Course, named: Sequence[Exercise], sample: int | None, jobs: int) -> int:
    from grader.render import proof as shown
    from grader.sandbox import Sandbox
    from grader.sandbox.preload import needed
    from grader.verify import survival

    exercises = named or [one for one in the_course.exercises if not survival.trains(one)]
    tasks = [(one, mutant) for one in exercises for mutant in survival.sampled(one, sample)]
    known = survival.equivalents(the_course)
    with (
        Sandbox(threads=_threads(jobs), preload=needed(exercises)) as sandbox,
        shown.Progress(len(tasks)) as progress,
    ):
        trials = survival.survive(
            tasks,
            known,
            sandbox,
            jobs,
            lambda one: progress.done(one.exercise, f"line {one.mutant.line}"),
        )
    shown.survivors(trials)
    return Exit.OK if all(one.killed_by or one.reason for one in trials) else Exit.WRONG


def _threads(jobs: int) -> int:
    return max(1, (os.cpu_count() or 1) // jobs)


@click.command()
@click.argument("name", metavar="ID")
@options.course
def new(name: str, course_root: Path | None) -> int:
    """Start a new exercise, such as q11_perceptron, that verifies from the first moment."""
    from grader import scaffold

    root = course_root or course.nearest(Path.cwd())
    for path in scaffold.create(root, name):
        click.echo(path.relative_to(root))
    click.echo(f"\nNext: change these files, and run: grader verify {name.split('_', 1)[0]}")
    return Exit.OK
