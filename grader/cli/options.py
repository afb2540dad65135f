"""What several commands ask for in the same way."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

import click


def percent(_: click.Context, __: click.Parameter, text: str | None) -> float | None:
    """Read a share of a hundred, written ``60`` or ``60%``."""
    try:
        number = None if text is None else float(text.strip().removesuffix("%"))
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number <= 100:  # noqa: PLR2004 percent
        raise click.BadParameter(f"{text!r} is no percentage: write 60 or 60%")
    return number


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


def named_formats(_: click.Context, __: click.Parameter, text: str) -> frozenset[str]:
    """Read the names of formats, each of which can be filled in here."""
    from grader.render.formats import FORMATS, GITHUB

    wanted = frozenset(part.strip() for part in text.split(",") if part.strip())
    known = [*FORMATS, GITHUB]
    unknown = sorted(wanted.difference(known))
    if unknown or not wanted:
        near = get_close_matches(unknown[0], known, n=1) if unknown else []
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is not among {', '.join(known)}{hint}"
        )
    for name in sorted(wanted & FORMATS.keys()):
        missing = [one for one in FORMATS[name].needs if not os.environ.get(one)]
        if missing:
            raise click.BadParameter(
                f"{name} is filled in from {', '.join(missing)}, which its runner sets"
            )
    return wanted


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
formats = click.option(
    "--format",
    "formats",
    default="html,json",
    show_default=True,
    metavar="FORMAT,…",
    callback=named_formats,
    help="What to write: html, json, junit, markdown, gradescope, classroom50, exercism, "
    "prairielearn, github.",
)
seed = click.option(
    "--seed",
    type=int,
    help="What random inputs are drawn from; by default a secret one, kept with the results.",
)
