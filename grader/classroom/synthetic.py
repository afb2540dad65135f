"""A class that nobody has taught: made of references, known mistakes and mutants, by a seed.

For rehearsals, tests and measurements.  Students differ in how much they can, so that exercises
correlate as in a real class; each text is its author's own except where two hand in the same one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError
from grader.model import Exercise
from grader.verify.mutations import mutants

# Of what is not right: how often it is a known mistake, a mutant, the untouched stub, absent, or
# no Python.
WRONG = {"mistake": 0.72, "mutant": 0.03, "stub": 0.12, "absent": 0.10, "syntax": 0.03}
COPIES = 0.02  # of the texts are somebody else's


@dataclass(frozen=True, slots=True)
class Kit:
    """What can be handed in for an exercise."""

    exercise: Exercise
    right: str
    mistakes: tuple[str, ...]
    mutants: tuple[str, ...]


def write_class(exercises: Sequence[Exercise], folder: Path, students: int, seed: int) -> None:
    """Write so many submissions into a folder, one folder each: ``student-0001`` and so on.

    The same seed makes the same files.  Raises :class:`~grader.errors.CourseError` for an
    exercise without solutions.
    """
    kits = [_kit(exercise) for exercise in exercises]
    rng = random.Random(seed)  # noqa: S311 nothing secret
    handed_in: dict[str, list[str]] = {kit.exercise.id: [] for kit in kits}
    for number in range(1, students + 1):
        home = folder / f"student-{number:04}"
        home.mkdir(parents=True)
        skill = rng.betavariate(4, 2)
        for kit in kits:
            earlier = handed_in[kit.exercise.id]
            text = _text(kit, skill, rng)
            if earlier and rng.random() < COPIES:
                text = rng.choice(earlier)
            elif text is not None:
                text += f"\n# {home.name}\n"
                earlier.append(text)
            if text is not None:
                (home / f"{kit.exercise.module}.py").write_text(text, encoding="utf-8")


def _kit(exercise: Exercise) -> Kit:
    if exercise.private is None:
        raise CourseError(f"{exercise.folder}: a class is made of solutions/, and it has none")
    right = (exercise.private / f"{exercise.module}.py").read_text(encoding="utf-8")
    mistakes = sorted((exercise.private / "mistakes").glob("*.py"))
    return Kit(
        exercise,
        right,
        tuple(path.read_text(encoding="utf-8") for path in mistakes),
        tuple(mutant.text for mutant in mutants(right)),
    )


def _text(kit: Kit, skill: float, rng: random.Random) -> str | None:
    """Return what a student of some skill hands in; None is nothing."""
    if rng.random() < skill:
        return kit.right
    kind = rng.choices(list(WRONG), list(WRONG.values()))[0]
    if kind == "absent":
        return None
    texts = {
        "mistake": kit.mistakes or (kit.exercise.stub,),
        "mutant": kit.mutants or (kit.right,),
        "stub": (kit.exercise.stub,),
        "syntax": (kit.right.replace("):", ")", 1),),
    }
    return rng.choice(texts[kind])
