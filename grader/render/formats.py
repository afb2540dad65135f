"""The formats in which a student's report can be written: one dict, a pure function each."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from grader.model import Report
from grader.render import classroom50 as classroom
from grader.render.exercism import exercism
from grader.render.gradescope import gradescope
from grader.render.junit import junit
from grader.render.markdown import markdown
from grader.render.page import page
from grader.render.prairielearn import prairielearn
from grader.render.record import dumps


@dataclass(frozen=True, slots=True)
class Format:
    """A renderer, how its files' names end, and the variables that it is filled in from."""

    ending: str
    render: Callable[[Report], str]
    needs: tuple[str, ...] = ()


FORMATS = {
    "html": Format(".html", page),
    "json": Format(".json", dumps),
    "junit": Format(".junit.xml", junit),
    "markdown": Format(".md", markdown),
    "gradescope": Format(".gradescope.json", gradescope),
    "classroom50": Format(
        ".classroom50.json",
        lambda report: classroom.classroom50(report, os.environ),
        classroom.NEEDS,
    ),
    "exercism": Format(".exercism.json", exercism),
    "prairielearn": Format(".prairielearn.json", prairielearn),
}
GITHUB = "github"  # is written for all students at once: annotations.txt and summary.md
