"""The sentences that say what was guessed or left out while a notebook was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.model import Source
from grader.notebook.belonging import Belonging
from grader.notebook.code import Code
from grader.source import syntax_problem

MAX_NAMES = 4  # in one remark
MAX_COMMANDS = 6  # of one notebook


def unrun(file: str, codes: Sequence[Code]) -> list[str]:
    """Say which magics and shell lines are not run."""
    lines = [(code.number, line, said) for code in codes for line, said in code.unrun]
    said = [
        f"{file}, cell {cell}, line {line}: `{text.replace('`', 'ˋ')}` is not run while grading."
        for cell, line, text in lines[:MAX_COMMANDS]
    ]
    more = len(lines) - MAX_COMMANDS
    return [*said, f"{file}: {more} more such lines are not run."] if more > 0 else said


def left_out(file: str, code: Code) -> str:
    """Say why a cell does not count."""
    problem = syntax_problem(Source(file, code.text, lines=tuple(code.lines)))
    reason = problem[0] if problem else f"{file}, cell {code.number} is no Python"
    return f"{reason}. This cell was left out; the others count."


def double(name: str, cells: Sequence[int], counts: int) -> str:
    """Say which of several definitions of a name counts."""
    return f"Cells {_listed([str(cell) for cell in cells])} define `{name}`: cell {counts} counts."


def guessed(own: Sequence[Code], where: Belonging) -> list[str]:
    """Say which cells only their names told."""
    cells = [code for code in own if code.number in where.guessed]
    if not cells:
        return []
    numbers = _listed([str(code.number) for code in cells])
    kind = "Cell" if len(cells) == 1 else "Cells"
    verb = "was" if len(cells) == 1 else "were"
    names = _names(set().union(*(code.defines for code in cells)))
    return [f"{kind} {numbers} {verb} taken for this exercise by the names in it: {names}."]


def borrowings(borrowed: Sequence[Code], having: Sequence[Code]) -> list[str]:
    """Say which cells of other exercises are needed, and for what."""
    needed = set().union(*(code.needs for code in [*having, *borrowed]))
    return [
        f"Cell {code.number} was run as well, for {_names(code.gives & needed)}."
        for code in borrowed
    ]


def _names(names: Collection[str]) -> str:
    shown = [f"`{name}`" for name in sorted(names)]
    more = len(shown) - MAX_NAMES
    return _listed([*shown[:MAX_NAMES], f"{more} more"] if more > 0 else shown)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
