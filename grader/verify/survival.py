"""Do the checks catch small wrong turns?  Every mutant of a reference is graded like a student.

A mutant that earns everything is a question to the author: a check is missing, or the change
makes no difference.  Those that make none are recorded once, with the reason.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader import runner
from grader.errors import CourseError
from grader.model import Course, Exercise, Source, Submission
from grader.sandbox import Sandbox
from grader.verify import SEEDS, UNHURT
from grader.verify.mutations import Mutant, mutants

RECORD = "equivalent_mutants.toml"
PATIENCE = 5.0  # seconds a check of a mutant: those that loop are many, and caught all the same
TRAINING = 60.0  # a check that may take longer trains: its exercise is left out unless asked for


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant of one exercise, and what became of it."""

    exercise: Exercise
    mutant: Mutant
    killed_by: str | None  # the check that it lost, or "import"; None where it survived
    reason: str | None = None  # why it is equivalent, as the author recorded it


def trains(exercise: Exercise) -> bool:
    """Tell whether an exercise trains for so long that its mutants take hours."""
    return any(check.seconds > TRAINING for check in exercise.checks)


def equivalents(course: Course) -> Mapping[tuple[str, str, str], str]:
    """Return the recorded reasons by (exercise, line before, line after).

    An entry lists all that its line ``becomes`` for the same reason.  Raises
    :class:`~grader.errors.CourseError` for an entry without a reason.
    """
    path = course.root / "solutions" / RECORD
    if not path.is_file():
        return {}
    found: dict[tuple[str, str, str], str] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []):
        missing = {"exercise", "was", "becomes", "reason"} - entry.keys()
        if missing:
            raise CourseError(f"{path}: an entry has no {', '.join(sorted(missing))}: {entry}")
        if not isinstance(entry["becomes"], list):
            raise CourseError(f"{path}: becomes is no list: {entry}\n  fix: becomes = ['…']")
        for becomes in entry["becomes"]:
            found[entry["exercise"], entry["was"], becomes] = entry["reason"]
    return found


def sampled(exercise: Exercise, sample: int | None) -> list[Mutant]:
    """Return the mutants of a reference, or so many of them, always the same ones."""
    if exercise.private is None:
        raise CourseError(f"{exercise.id}: there is no solutions/{exercise.id} to mutate")
    path = exercise.private / f"{exercise.module}.py"
    found = list(mutants(path.read_text(encoding="utf-8")))
    if sample is None or sample >= len(found):
        return found
    return random.Random(exercise.id).sample(found, sample)  # noqa: S311  no secret


def survive(
    wanted: Sequence[tuple[Exercise, Mutant]],
    known: Mapping[tuple[str, str, str], str],
    sandbox: Sandbox,
    jobs: int,
    done: Callable[[Trial], None],
) -> list[Trial]:
    """Grade every mutant behind the wall; ``done`` is told of each as it ends."""

    def one(task: tuple[Exercise, Mutant]) -> Trial:
        exercise, mutant = task
        killed_by = killer(exercise, mutant, sandbox)
        reason = known.get((exercise.id, mutant.was, mutant.becomes))
        trial = Trial(exercise, mutant, killed_by, None if killed_by else reason)
        done(trial)
        return trial

    with ThreadPoolExecutor(jobs, thread_name_prefix="mutants") as pool:
        return list(pool.map(one, wanted))


def killer(exercise: Exercise, mutant: Mutant, sandbox: Sandbox) -> str | None:
    """Return the first check that a mutant loses, or None where it earns everything."""
    source = Source(f"{exercise.module}.py", mutant.text)
    submission = Submission("a mutant", Path(source.file), {exercise.id: source})
    hurry = None if trains(exercise) else PATIENCE
    result = runner.grade_exercise(exercise, submission, sandbox, seed=SEEDS[0], hurry=hurry)
    if result.problem:
        return "import"
    lost = (one for one in result.outcomes if one.out_of and one.verdict not in UNHURT)
    return next((one.name for one in lost), None)
