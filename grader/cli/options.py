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


def percent(_: click.Context, __: click.Parameter, text: str | None) -> float | None:
    """Read a share of a hundred, written ``60`` or ``60%``."""
    try:
        number = None if text is None else float(text.strip().removesuffix("%"))
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number <= 100:  # noqa: PLR2004 percent
        raise click.BadParameter(f"{text!r} is no percentage: write 60 or 60%")
    return number


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
    help="How many submissions at once; by default what suits the cores.",
)
seed = click.option(
    "--seed",
    type=int,
    help="What random inputs are drawn from; by default a secret one, kept with the results.",
)


def fresh_seed() -> int:
    """Return a seed that nobody can foresee."""
    return secrets.randbelow(2**31)
