"""Commands for anyone: what works on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import options
from grader.errors import Exit


@click.command()
@options.course
def doctor(course_root: Path | None) -> int:
    """Say what works on this machine, what does not, and what to do about it.

    Exits 0 where the work of strangers can be graded safely, and 1 where it cannot.
    """
    from grader import health
    from grader.render import checkup

    findings = health.examine(course_root)
    checkup.table(findings)
    return Exit.OK if findings.safe else Exit.WRONG
