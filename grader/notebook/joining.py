"""The text of one exercise, joined from the cells for all, those it borrows, and its own."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grader.model import Course, Exercise, Source
from grader.notebook.answers import NOTES, answer
from grader.notebook.belonging import Belonging, stub_names
from grader.notebook.cells import Cell
from grader.notebook.code import STAND_IN, Code, definitions, is_stub
from grader.notebook.remarks import borrowings, double, guessed, left_out

ALWAYS_THERE = {*dir(builtins), STAND_IN, "display"}


@dataclass(frozen=True, slots=True)
class Joined:
    """An exercise's source, and what was guessed or left out while joining it."""

    source: Source
    remarks: tuple[str, ...] = ()


def joined(
    file: str,
    exercise: Exercise,
    course: Course,
    cells: Sequence[Cell],
    codes: Sequence[Code],
    where: Belonging,
) -> Joined | None:
    """Return the text of an exercise, or None where no cell of code belongs to it."""
    numbers = where.of(exercise)
    own = [code for code in codes if code.number in numbers]
    if not any(code.defines & stub_names(exercise.stub) or not code.tree for code in own):
        return None
    shared = [code for code in codes if code.number < where.start and code.tree]
    readable = [code for code in own if code.tree]
    if not readable:
        return Joined(source_of(file, [*shared, *own]))
    broken = [left_out(file, code) for code in own if not code.tree]
    settled, twice = _settled(readable)
    others = [one for one in codes if one.number not in numbers and one.number >= where.start]
    borrowed = borrow(shared + settled, others)
    notes = answer(exercise, course, [one for one in cells if one.number in numbers], settled)
    remarks = [*broken, *twice, *guessed(own, where), *borrowings(borrowed, shared + settled)]
    return Joined(source_of(file, [*shared, *borrowed, *settled], notes), tuple(remarks))


def borrow(having: Sequence[Code], others: Sequence[Code]) -> list[Code]:
    """Return those of the other cells that give what is needed and not there, and so on.

    Of several that give a name, it is the last one above the cells at hand, else the first below.
    """
    last = max((code.number for code in having), default=0)
    readable = [code for code in others if code.tree]
    above = [code for code in readable if code.number < last]
    below = [code for code in readable if code.number > last]
    needed = _union(code.needs for code in having)
    there = _union(code.gives for code in having)
    return gathered(needed - there, [*reversed(below), *above], there)


def gathered(names: Iterable[str], offers: Iterable[Code], there: Iterable[str] = ()) -> list[Code]:
    """Return the cells that give these names, the last offer of each, and what those need."""
    givers: dict[str, Code] = {}
    for code in offers:
        givers |= dict.fromkeys(code.gives, code)
    taken: dict[int, Code] = {}
    waiting, there = set(names), ALWAYS_THERE | set(there)
    while waiting:
        name = waiting.pop()
        giver = None if name in there else givers.get(name)
        if giver and giver.number not in taken:
            taken[giver.number] = giver
            there |= giver.gives
            waiting |= giver.needs
    return [taken[number] for number in sorted(taken)]


def source_of(file: str, codes: Iterable[Code], notes: tuple[int, str] | None = None) -> Source:
    """Return cells as one text, every line of which knows its cell; ``notes`` become a last one."""
    ordered = list(codes)
    lines = [line for code in ordered for line in code.lines]
    texts = [code.text for code in ordered]
    if notes:
        lines.append((notes[0], 1))
        texts.append(f"{NOTES} = {notes[1]!r}")
    return Source(file, "\n".join([*texts, ""]), lines=tuple(lines))


def _settled(own: Sequence[Code]) -> tuple[list[Code], list[str]]:
    """Return the cells without stubs that stand below what they ask for, and say what is double."""
    codes = {code.number: code for code in own}
    found: dict[str, list[tuple[int, ast.stmt]]] = {}
    for code in own:
        for name, node in definitions(code.tree or ast.Module([], [])).items():
            if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
                found.setdefault(name, []).append((code.number, node))
    said: list[str] = []
    for name, places in found.items():
        if len(places) == 1:
            continue
        written = [number for number, node in places if not is_stub(node)]
        counts = written[-1] if written else places[-1][0]
        for number, node in places:
            if written and number > counts:
                codes[number] = _without(codes[number], node)
        said.append(double(name, [number for number, _ in places], counts))
    return list(codes.values()), said


def _without(code: Code, node: ast.stmt) -> Code:
    """Return a cell with a definition's lines blank."""
    lines = code.text.split("\n")
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    end = node.end_lineno or node.lineno
    lines[first - 1 : end] = [""] * (end - first + 1)
    return replace(code, text="\n".join(lines))


def _union(parts: Iterable[Iterable[str]]) -> set[str]:
    return set().union(*parts)
