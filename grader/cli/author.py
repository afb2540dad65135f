"""Commands for the author of a course: prove that it judges well."""

from __future__ import annotations

import os
from pathlib import Path

import click

from grader import course
from grader.cli import options
from grader.errors import Exit


@click.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE…]")
@options.course
@options.jobs
def verify(exercises: tuple[str, ...], course_root: Path | None, jobs: int | None) -> int:
    """Prove that a course judges well.

    Every reference must earn everything, with two seeds; every stub nothing; and every recorded
    mistake must lose exactly the checks that it names, with the words that it asks for.
    """
    from grader import verify as proof
    from grader.render import proof as shown
    from grader.sandbox import Sandbox
    from grader.sandbox.preload import needed

    the_course = course.load(course_root or course.nearest(Path.cwd()))
    wanted = [course.find_exercise(the_course, word) for word in exercises]
    cases = [case for one in wanted or the_course.exercises for case in proof.cases(one)]
    workers = min(jobs or os.cpu_count() or 1, len(cases))
    threads = max(1, (os.cpu_count() or 1) // workers)
    preload = needed(one.exercise for one in cases)
    with (
        Sandbox(threads=threads, preload=preload) as sandbox,
        shown.Progress(len(cases)) as progress,
    ):
        verified = proof.verify(cases, sandbox, workers, progress.done)
    shown.table(verified)
    return Exit.OK if all(not one.faults for one in verified) else Exit.WRONG
