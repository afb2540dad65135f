"""The magic ``%grade``: a notebook that is running asks the public questions of itself.

What was run so far is run again in a sandbox, so nothing that a check does touches the notebook.
The answer is advice: what counts is the saved file.
"""

from __future__ import annotations

import atexit
import importlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader import course, progress
from grader.errors import CourseError, GraderError
from grader.model import Exercise, Report, Submission
from grader.notebook.live import FILE, source_from
from grader.own_work import Desk

USAGE = "write %grade q1, %grade q1 --hint, or %grade --all"


@dataclass(frozen=True, slots=True)
class Shown:
    """Something for a notebook to show, as HTML and as plain text."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> Mapping[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


class Magic:
    """The magic of one running notebook, and its warm fork server."""

    def __init__(self, shell: Any) -> None:
        """Take the notebook's shell; nothing is started before the first question."""
        self._shell = shell
        self._desk: Desk | None = None
        self._known = progress.Progress()

    def grade(self, line: str) -> None:
        """Check an exercise: ``%grade q1``, ``%grade q1 --hint``, ``%grade --all``."""
        display: Any = importlib.import_module("IPython.display").display  # without types
        try:
            shown = self._answer(shlex.split(line))
        except (GraderError, ValueError) as error:
            from grader.render import cell_output

            shown = Shown(*cell_output.said(f"error: {error}"))
        except BaseException:
            self.close()  # it was interrupted in the middle of a question
            raise
        display(shown)

    def close(self) -> None:
        """Stop the fork server; the next question starts another."""
        if self._desk is not None:
            self._desk.close()

    def _answer(self, words: Sequence[str]) -> Shown:
        from grader.render import cell_output

        if self._desk is None:
            self._desk = Desk(course.load(course.nearest(Path.cwd())))
            self._known = progress.load(Path.cwd())
        the_course = self._desk.course
        if list(words) == ["--all"]:
            return self._checked(the_course.exercises)
        names = [word for word in words if word != "--hint"]
        if len(names) != 1 or names[0].startswith("-"):
            raise CourseError(f"%grade takes one exercise\n  fix: {USAGE}")
        exercise = course.find_exercise(the_course, names[0])
        if "--hint" not in words:
            return self._checked([exercise])
        asked = self._known.asked(exercise)
        if asked is None:
            return Shown(*cell_output.said(f"{exercise.label}: there is nothing to hint at."))
        self._known = self._known.after_hint(exercise, asked)
        kept = replace(progress.load(Path.cwd()), hints=self._known.hints)
        progress.save(kept, Path.cwd())
        level = self._known.read(exercise, asked)
        return Shown(*cell_output.hint(exercise, asked, level))

    def _checked(self, exercises: Sequence[Exercise]) -> Shown:
        from grader.render import cell_output
        from grader.render.advice import tally

        desk = self._desk
        report = self._report(exercises)
        if report is None or desk is None:
            labels = ", ".join(exercise.label for exercise in exercises)
            return Shown(*cell_output.said(f"Nothing of {labels} has been run yet: run its cells."))
        for result in report.results:
            self._known = self._known.after(result)
        later = {one.id: desk.later([one]) for one in exercises}
        tallies = [tally([one], later[one.exercise]) for one in report.results]
        return Shown(*cell_output.report(report, tallies))

    def _report(self, exercises: Sequence[Exercise]) -> Report | None:
        history = list(enumerate(self._shell.history_manager.input_hist_raw))[1:]
        found = {one.id: source_from(history, one) for one in exercises}
        sources = {name: source for name, source in found.items() if source is not None}
        if not sources or self._desk is None:
            return None
        submission = Submission(FILE, Path(FILE), sources)
        return self._desk.ask(submission, [one for one in exercises if one.id in sources])


def load_ipython_extension(shell: Any) -> None:
    """Make ``%grade`` known to a notebook: ``%load_ext grader``."""
    magic = Magic(shell)
    atexit.register(magic.close)
    shell.register_magic_function(magic.grade, "line", "grade")
