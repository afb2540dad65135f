"""What several commands ask for in the same way."""

from __future__ import annotations

import secrets
from pathlib import Path

import click


def exercise_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of an exercise: of the course that is named, else of the nearest one."""
    del parameter
    from grader import course as courses
    from grader.errors import GraderError

    try:
        root = context.params.get("course_root") or courses.nearest(Path.cwd())
    except GraderError:
        return []
    found = (folder.parent.name for folder in (root / courses.EXERCISES).glob("*/check.py"))
    return sorted(name for name in found if name.startswith(incomplete.casefold()))


course = click.option(
    "--course",
    "course_root",
    type=click.Path(path_type=Path),
    help="The course's folder; by default the nearest parent folder with exercises/.",
)
only = click.option(
    "--only",
    "only",
    multiple=True,
    metavar="EXERCISE",
    shell_complete=exercise_ids,
    help="Grade this exercise only (repeatable).",
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many submissions at once; by default one per core.",
)
seed = click.option(
    "--seed",
    type=int,
    help="What random inputs are drawn from; by default a fresh one, stated in the report.",
)


def fresh_seed() -> int:
    """Return a seed that nobody can foresee."""
    return secrets.randbelow(2**31)
