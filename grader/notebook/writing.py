"""One notebook for a whole course: of each exercise the task, its stub in cells, and a check."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from typing import Any

from grader.model import Course, Exercise

INTRODUCTION = """\
# {title}

Work in the cells below each task. The last cell of an exercise checks what you have run so far;
what counts is the saved notebook. Answer in words in `NOTES`, or in a text cell of your own.
"""


def notebook_of(course: Course) -> str:
    """Return the text of an ``.ipynb`` file; the same course always gives the same text."""
    nbformat: Any = importlib.import_module("nbformat")  # without type information
    make = nbformat.v4
    cells = [
        make.new_markdown_cell(INTRODUCTION.format(title=course.title).strip(), id="introduction"),
        make.new_code_cell("%load_ext grader", id="load"),
    ]
    for exercise in course.exercises:
        for number, (is_code, text) in enumerate(_cells(exercise), 1):
            new = make.new_code_cell if is_code else make.new_markdown_cell
            mark = {"grader": {"exercise": exercise.id}}
            cells.append(new(text, id=f"{exercise.id[:56]}-{number}", metadata=mark))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return f"{nbformat.writes(make.new_notebook(cells=cells, metadata=metadata))}\n"


def _cells(exercise: Exercise) -> Iterator[tuple[bool, str]]:
    """Yield whether each cell of an exercise holds code, and its text."""
    heading = rf"\g<1>{exercise.label}: "
    statement = re.sub(r"^(# +)", heading, exercise.statement.strip(), count=1, flags=re.MULTILINE)
    yield False, statement
    yield from ((True, text) for text in pieces(exercise.stub))
    yield True, f"%grade {exercise.label.lower()}"


def pieces(stub: str) -> list[str]:
    """Return a stub's text in pieces: its head, then each function with the comments above it."""
    lines = stub.strip("\n").split("\n")
    tree = ast.parse("\n".join(lines))
    said = ast.get_docstring(tree)
    if said:  # as a comment: a cell that is a text alone would answer with it
        lines[: tree.body[0].end_lineno] = [f"# {line}".rstrip() for line in said.split("\n")]
        tree = ast.parse("\n".join(lines))
    starts = [0]
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            line = min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1
            while line > starts[-1] and lines[line - 1].startswith("#"):
                line -= 1
            starts.append(line)
    ends = [*starts[1:], len(lines)]
    spans = zip(starts, ends, strict=True)
    texts = ("\n".join(lines[start:end]).strip("\n") for start, end in spans)
    return [text for text in texts if text]
