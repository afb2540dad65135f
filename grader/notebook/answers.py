"""Answers in words: what the text cells under an exercise's heading add to its code."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from grader.model import Course, Exercise
from grader.notebook.belonging import stub_names
from grader.notebook.cells import Cell
from grader.notebook.code import Code, definitions
from grader.notebook.headings import headings

NOTES = "NOTES"


def answer(
    exercise: Exercise, course: Course, cells: Sequence[Cell], own: Sequence[Code]
) -> tuple[int, str] | None:
    """Return what the exercise's text cells answer, and the first of them.

    The statement, headings of exercises and what the stub says are not the student's words.  A
    student who wrote into ``NOTES`` answered there.
    """
    if NOTES not in stub_names(exercise.stub) or any(_has_notes(code) for code in own):
        return None
    given = {line.strip() for line in exercise.statement.split("\n")}
    answers: list[tuple[int, str]] = []
    for cell in cells:
        if cell.is_code:
            continue
        lines = cell.text.split("\n")
        kept = [
            line
            for line in lines
            if line.strip() not in given and not any(one for _, one in headings(line, course))
        ]
        if any(line.strip() for line in kept):
            answers.append((cell.number, "\n".join(kept).strip()))
    return (answers[0][0], "\n\n".join(text for _, text in answers)) if answers else None


def _has_notes(code: Code) -> bool:
    node = definitions(code.tree).get(NOTES) if code.tree else None
    value = getattr(node, "value", None)
    return node is not None and not (isinstance(value, ast.Constant) and not value.value)
