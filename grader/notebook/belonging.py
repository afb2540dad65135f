"""Which exercise each cell of a notebook belongs to: by its mark, its heading, or its names."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from grader.model import Course, Exercise
from grader.notebook.cells import Cell
from grader.notebook.code import Code, definitions
from grader.notebook.headings import headings


@dataclass(frozen=True, slots=True)
class Belonging:
    """The exercise of each cell, by the cell's number."""

    owners: Mapping[int, str]  # exercise ids
    guessed: frozenset[int]  # cells that only their names told
    start: int  # the first cell that belongs anywhere: what stands before it is for all

    def of(self, exercise: Exercise) -> set[int]:
        """Return the numbers of an exercise's cells."""
        return {number for number, owner in self.owners.items() if owner == exercise.id}


def belonging(
    cells: Sequence[Cell], codes: Sequence[Code], course: Course, named: Exercise | None
) -> Belonging:
    """Say where each cell belongs; ``named`` is the exercise that the file is named after.

    A mark in a cell's metadata counts before the heading above it.  The names that a cell defines
    decide where there is neither, or where both point to an exercise that has no such names while
    another one lacks exactly these: then the cell was moved.
    """
    owners = _claimed(cells, course, named)
    asked = {exercise.id: stub_names(exercise.stub) for exercise in course.exercises}
    lacked = {one: set(names) for one, names in asked.items()}
    for code in codes:
        lacked.get(owners.get(code.number, ""), set()).difference_update(code.defines)
    guessed: set[int] = set()
    for code in codes:
        claimed = owners.get(code.number, "")
        if code.defines & asked.get(claimed, frozenset()):
            continue
        lacking = {one: names & code.defines for one, names in lacked.items()}
        most = max(map(len, lacking.values()), default=0)
        fitting = [one for one, names in lacking.items() if most and len(names) == most]
        owner = _nearest(code.number, fitting, owners)
        if owner:
            owners[code.number] = owner
            guessed.add(code.number)
            lacked[owner] -= code.defines
    return Belonging(owners, frozenset(guessed), min(owners, default=0))


@cache
def stub_names(stub: str) -> frozenset[str]:
    """Return the names that an exercise asks for: what its stub defines or assigns."""
    return frozenset(definitions(ast.parse(stub)))


def _claimed(cells: Sequence[Cell], course: Course, named: Exercise | None) -> dict[int, str]:
    known = {exercise.id for exercise in course.exercises}
    owners: dict[int, str] = {}
    current, depth = named, 0
    for cell in cells:
        for level, exercise in () if cell.is_code else headings(cell.text, course):
            if exercise or level <= depth:
                current, depth = exercise or named, level if exercise else 0
        if cell.mark in known:
            owners[cell.number] = cell.mark
        elif current:
            owners[cell.number] = current.id
    return owners


def _nearest(number: int, fitting: Sequence[str], owners: Mapping[int, str]) -> str | None:
    """Return the one of several exercises whose cells are nearest, those above first."""
    if len(fitting) < 2:  # noqa: PLR2004
        return fitting[0] if fitting else None
    around = [cell for cell, owner in owners.items() if owner in fitting and cell != number]
    near = min(around, key=lambda cell: (abs(cell - number), cell > number), default=None)
    return fitting[0] if near is None else owners[near]
