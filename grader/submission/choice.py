"""Which of the files that were handed in counts for which exercise."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model import Course, Source
from grader.submission.files import SOURCE_LIMIT, Member, UnreadableError, decoded
from grader.submission.names import (
    Match,
    is_python,
    module_files,
    printable,
    recognise,
    suggestion,
)

MAX_LISTED = 8  # names in one message
Candidate = tuple[Match, Member]


def from_modules(members: Sequence[Member], course: Course) -> tuple[dict[str, Source], list[str]]:
    """Return the source of each exercise that has a Python file, and what was guessed or ignored.

    Where several files fit one exercise, the exactly named one counts, then the one nearest to
    the top, then the last.
    """
    candidates: dict[str, list[Candidate]] = {}
    ignored: list[str] = []
    for member in members:
        match = recognise(member.name, course)
        if match:
            candidates.setdefault(match.exercise.id, []).append((match, member))
        elif is_python(member.name) and member.name not in _of_the_course(course):
            ignored.append(stray(str(member), course))
    sources: dict[str, Source] = {}
    notes: list[str] = []
    for exercise in course.exercises:
        rivals = candidates.get(exercise.id, [])
        if rivals:
            match, member = _best(rivals)
            sources[exercise.id] = _source(member)
            notes += _remarks(match, member, rivals)
    more = len(ignored) - MAX_LISTED
    rest = [f"{more} more Python files were ignored"] if more > 0 else []
    return sources, [*notes, *ignored[:MAX_LISTED], *rest]


def stray(name: str, course: Course) -> str:
    """Say that a Python file belongs to no exercise."""
    return f"{printable(name)} was ignored: no exercise has this name{suggestion(name, course)}"


def nothing_in(name: str, held: Sequence[str], course: Course) -> str:
    """Say that a folder or zip holds no exercise, what it holds instead, and what to hand in."""
    names = [f"{printable(other)}{suggestion(other, course)}" for other in held]
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    holds = f"holds no exercise, but {', '.join(names[:MAX_LISTED])}{more}" if names else "is empty"
    return f"{printable(name)} {holds}: hand in {_wanted(course)}"


def no_exercise(name: str, course: Course) -> str:
    """Say that a file is not what can be handed in, and what is."""
    named = f"is not named like an exercise{suggestion(name, course)}"
    return f"{printable(name)} {named}: hand in {_wanted(course)}"


def _wanted(course: Course) -> str:
    return f"files named {module_files(course)} or a notebook, in a folder or a zip"


def _of_the_course(course: Course) -> set[str]:
    """Return the names of files that students are given, which many hand in again."""
    provided = {path.name for exercise in course.exercises for path in exercise.provided}
    return provided | {"check.py", "__init__.py"}


def _best(rivals: Sequence[Candidate]) -> Candidate:
    order = {id(rival): place for place, rival in enumerate(rivals)}
    return max(
        rivals, key=lambda rival: (rival[0].exact, -len(rival[1].path.parts), order[id(rival)])
    )


def _remarks(match: Match, member: Member, rivals: Sequence[Candidate]) -> list[str]:
    file = f"{match.exercise.module}.py"
    if len(rivals) > 1:
        names = ", ".join(str(rival) for _, rival in rivals[:MAX_LISTED])
        return [f"{len(rivals)} files could be {file} ({names}): {member} was read"]
    return [] if match.exact else [f"{member} was read as {file}: give it that name"]


def _source(member: Member) -> Source:
    name = printable(member.name)
    try:
        return Source(name, decoded(member.load(SOURCE_LIMIT), name))
    except UnreadableError as error:
        return Source(name, "", str(error))
