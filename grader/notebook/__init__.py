"""Notebooks: the cells of an ``.ipynb`` become the text of each exercise, and back.

The text is what a module would hold.  Each of its lines knows its cell, so that every message can
say "cell 7, line 3".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.model import Course, Exercise, Source
from grader.notebook.belonging import belonging
from grader.notebook.cells import LIMIT, NotebookError, cells_of
from grader.notebook.code import code_of
from grader.notebook.joining import joined
from grader.notebook.remarks import unrun

__all__ = ["LIMIT", "Notebook", "NotebookError", "read"]


@dataclass(frozen=True, slots=True)
class Notebook:
    """What a notebook holds for a course."""

    sources: Mapping[str, Source]  # by exercise id
    remarks: Mapping[str, tuple[str, ...]]  # what was guessed or left out, by exercise id
    guessed: frozenset[str]  # exercises of which only names told the cells
    notes: tuple[str, ...] = ()  # what concerns the notebook as a whole


def read(data: bytes, file: str, course: Course, named: Exercise | None = None) -> Notebook:
    """Read the bytes of a notebook; ``named`` is the exercise that the file is named after.

    Nothing is run.  Raises :class:`NotebookError`, whose message completes "work.ipynb …".
    """
    cells = cells_of(data)
    codes = [code_of(cell) for cell in cells if cell.is_code and cell.text.strip()]
    where = belonging(cells, codes, course, named)
    found = {
        exercise.id: one
        for exercise in course.exercises
        if (one := joined(file, exercise, course, cells, codes, where))
    }
    sure = {owner for number, owner in where.owners.items() if number not in where.guessed}
    return Notebook(
        {exercise: one.source for exercise, one in found.items()},
        {exercise: one.remarks for exercise, one in found.items()},
        frozenset(found) - sure,
        tuple(unrun(file, codes)),
    )
