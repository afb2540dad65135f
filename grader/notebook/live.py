"""A notebook that is running: the cells that were run so far, as the text of one exercise."""

from __future__ import annotations

from collections.abc import Iterable

from grader.model import Exercise, Source
from grader.notebook.belonging import stub_names
from grader.notebook.cells import Cell
from grader.notebook.code import code_of
from grader.notebook.joining import gathered, source_of

FILE = "this notebook"


def source_from(history: Iterable[tuple[int, str]], exercise: Exercise) -> Source | None:
    """Return what the running notebook holds of an exercise; None where that is nothing.

    ``history`` has the number and the text of each cell that was run, in that order.  Of several
    that define a name it is the last that counts, as it does for the notebook itself.
    """
    codes = [code_of(Cell(number, is_code=True, text=text)) for number, text in history]
    names = stub_names(exercise.stub)
    taken = gathered(names, (code for code in codes if code.tree))
    if not any(code.defines & names for code in taken):
        return None
    return source_of(FILE, taken)
