"""The notebooks among what was handed in, and which of them counts for which exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader import notebook
from grader.model import Course, Exercise, Source
from grader.submission.files import Member, UnreadableError
from grader.submission.names import printable, recognise


@dataclass(slots=True)
class Gathered:
    """What the notebooks of a submission hold, beside its modules."""

    sources: dict[str, Source] = field(default_factory=dict)
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def from_notebooks(
    members: Sequence[Member], course: Course, modules: Mapping[str, Source]
) -> Gathered:
    """Return the source of each exercise that no Python file was handed in for.

    Where several notebooks hold one exercise, those count that say so by headings or marks, then
    the one named after it, then the one nearest to the top, then the last.
    """
    found = Gathered()
    read: list[tuple[Member, Exercise | None, notebook.Notebook]] = []
    for member in members:
        try:
            read.append(_read(member, course))
        except UnreadableError as error:
            found.problems.append(str(error))
    for exercise in course.exercises:
        holding = [one for one in read if exercise.id in one[2].sources]
        if not holding:
            continue
        if exercise.id in modules:
            names = ", ".join(str(member) for member, _, _ in holding)
            module = modules[exercise.id].file
            found.notes.append(f"{exercise.label}: {module} counts, not its cells in {names}")
            continue
        member, _, best = max(holding, key=lambda one: _rank(exercise, *one))
        found.sources[exercise.id] = best.sources[exercise.id]
        found.remarks[exercise.id] = best.remarks[exercise.id]
        if len(holding) > 1:
            names = ", ".join(str(member) for member, _, _ in holding)
            found.notes.append(f"{exercise.label} is in {names}: {member} was read")
    counting = {source.file for source in found.sources.values()}
    for member, _, one in read:
        found.notes += one.notes if printable(member.name) in counting else []
    return found


def _read(member: Member, course: Course) -> tuple[Member, Exercise | None, notebook.Notebook]:
    match = recognise(f"{member.path.stem}.py", course)
    named = match.exercise if match else None
    data = member.load(notebook.LIMIT)
    try:
        one = notebook.read(data, printable(member.name), course, named)
    except notebook.NotebookError as error:
        raise UnreadableError(f"{member} {error}") from None
    if not one.sources:
        raise UnreadableError(
            f"{member} holds no exercise: put each one under a heading such as "
            f"“{course.exercises[0].label}”"
        )
    return member, named, one


def _rank(
    exercise: Exercise, member: Member, named: Exercise | None, one: notebook.Notebook
) -> tuple[bool, bool, int]:
    sure = exercise.id not in one.guessed
    return sure, named is exercise, -len(member.path.parts)
