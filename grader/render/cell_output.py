"""What a notebook shows below a cell: a report as a small piece of HTML, and as plain text.

The same rules hold as for pages: no script, no ``style`` attribute, nothing loaded from anywhere.
The styles reach no further than the piece itself, and take the notebook's own colours.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup
from rich.console import Console, RenderableType
from rich.text import Text

from grader.model import Check, Exercise, Report
from grader.render import states, student_screens, terminal
from grader.render.environment import environment
from grader.render.untrusted import clean

WIDTH = 80
ADVICE = (
    "Checked on what has been run so far; cells are named by the number in their brackets. "
    "What counts is the saved notebook, run from top to bottom."
)

Both = tuple[str, str]  # HTML and plain text


def report(report: Report, tallies: Sequence[str]) -> Both:
    """Return how the exercises of a running notebook stand, each with its tally."""
    counted = zip(report.results, tallies, strict=True)
    said = [(one, states.of_result(one), passing) for one, passing in counted]
    parts: list[RenderableType] = []
    for result, _, passing in said:
        parts += [terminal.exercise_panel(result, fancy=False), Text(f"\n {passing}")]
    text = _text([*parts, Text(f"\n {ADVICE}")])
    return _html("report", sections=said, advice=ADVICE), text


def hint(exercise: Exercise, check: Check, level: int) -> Both:
    """Return a hint, and whether more follow."""
    text = _text([student_screens.hinted(exercise, check, level)])
    return _html("hint", exercise=exercise, check=check, level=level), text


def said(message: str) -> Both:
    """Return a sentence instead of a report."""
    return _html("said", message=message), f"{clean(message)}\n"


def _html(kind: str, **words: Any) -> str:
    css = files("grader.render").joinpath("templates", "cell.css").read_text("utf-8")
    template = environment().get_template("cell.html.jinja")
    return template.render(kind=kind, css=Markup(css), **words)  # noqa: S704  our own file


def _text(parts: Sequence[RenderableType]) -> str:
    written = io.StringIO()
    # Inside a notebook rich would show what it prints, instead of writing it.
    console = Console(file=written, width=WIDTH, color_system=None, force_jupyter=False)
    console.print(*parts, sep="\n", highlight=False)
    return "\n".join(line.rstrip() for line in written.getvalue().split("\n"))
