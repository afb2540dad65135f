"""Is the course sound?  What the reference, the stub and each known mistake must and do earn."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path

from grader import runner
from grader.errors import CourseError
from grader.model import Exercise, Result, Source, Submission, Verdict
from grader.sandbox import Sandbox

SEEDS = (20261, 90210)  # two seeds, so that no verdict rests on one lucky draw; then 1, 2, 3 …
UNHURT = frozenset({Verdict.PASSED, Verdict.AWAITING})


@dataclass(frozen=True, slots=True)
class Case:
    """One submission whose outcome is known beforehand."""

    exercise: Exercise
    kind: str  # "reference", "stub" or "mistake"
    file: Path
    seed: int
    loses: frozenset[str] | None  # names of the checks; None means all of them
    says: str = ""  # what one of the lost checks must tell the student

    @property
    def name(self) -> str:
        """How a table names the case."""
        if self.kind == "reference":
            return f"reference, seed {self.seed}"
        return f"mistakes/{self.file.name}" if self.kind == "mistake" else self.kind


@dataclass(frozen=True, slots=True)
class Verified:
    """A case, what came of it, and what is wrong with that: nothing, if the course is sound."""

    case: Case
    result: Result
    faults: tuple[str, ...]


def cases(exercise: Exercise, draws: int = len(SEEDS)) -> Iterator[Case]:
    """Yield what an exercise claims about itself, its reference on so many draws of the inputs.

    Raises :class:`~grader.errors.CourseError` where it has no reference, or a mistake does not
    say what it loses.
    """
    if exercise.private is None:
        raise CourseError(
            f"{exercise.id}: there is no solutions/{exercise.id}, so nothing can be verified\n"
            "  next: verify a copy of the course that has its solutions"
        )
    reference = exercise.private / f"{exercise.module}.py"
    if not reference.is_file():
        raise CourseError(f"{reference}: the reference is missing\n  next: write it")
    for seed in islice(chain(SEEDS, count(1)), draws):
        yield Case(exercise, "reference", reference, seed, frozenset())
    yield Case(exercise, "stub", exercise.folder / f"{exercise.module}.py", SEEDS[0], None)
    for file in sorted((exercise.private / "mistakes").glob("*.py")):
        yield mistake(exercise, file)


def mistake(exercise: Exercise, file: Path) -> Case:
    """Read what a known mistake says it loses, and what the student must be told."""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    loses = re.search(r"^loses:\s*(.+)$", text, re.MULTILINE)
    says = re.search(r"^says:\s*(.+)$", text, re.MULTILINE)
    if not loses:
        raise CourseError(
            f"{file}: the docstring does not say what the mistake loses\n"
            "  fix: add a line such as 'loses: truth_table'"
        )
    names = frozenset(re.findall(r"\w+", loses[1]))
    unknown = names - {check.name for check in exercise.checks}
    if unknown:
        raise CourseError(
            f"{file}: loses {', '.join(sorted(unknown))}, which is no check of {exercise.id}"
        )
    return Case(exercise, "mistake", file, SEEDS[0], names, says[1].strip() if says else "")


def verify(
    wanted: Sequence[Case], sandbox: Sandbox, jobs: int, done: Callable[[Verified], None]
) -> list[Verified]:
    """Grade every case behind the wall and compare; ``done`` is told of each as it ends."""

    def one(case: Case) -> Verified:
        verified = judge(case, sandbox)
        done(verified)
        return verified

    with ThreadPoolExecutor(jobs, thread_name_prefix="verify") as pool:
        return list(pool.map(one, wanted))


def judge(case: Case, sandbox: Sandbox) -> Verified:
    """Grade one case and list what is not as it claims."""
    text = Source(f"{case.exercise.module}.py", case.file.read_text(encoding="utf-8"))
    submission = Submission(case.name, case.file, {case.exercise.id: text})
    result = runner.grade_exercise(case.exercise, submission, sandbox, seed=case.seed)
    return Verified(case, result, tuple(faults(case, result)))


def faults(case: Case, result: Result) -> Iterator[str]:
    """Yield what an author has to mend, one sentence each."""
    scored = [one for one in result.outcomes if one.out_of]  # what is worth nothing loses nothing
    lost = {one.name for one in scored if one.verdict not in UNHURT}
    expected = {one.name for one in scored if one.verdict is not Verdict.AWAITING}
    wanted = expected if case.loses is None else case.loses
    if result.problem and case.kind != "mistake":
        yield f"does not load: {result.problem}"
    for outcome in result.outcomes:
        if outcome.verdict is Verdict.BROKEN:
            yield f"{outcome.name} is broken: {outcome.message}"
        elif outcome.name in lost - wanted:
            said = outcome.message or result.problem
            yield f"{outcome.name} should pass: {outcome.verdict}, {said}"
        elif outcome.name in wanted - lost:
            yield f"{outcome.name} should not pass"
    if case.loses is None and result.points:
        yield f"earns {result.points:g} points; a stub must earn none"
    if case.says and case.says.casefold() not in told(result).casefold():
        yield f"does not say “{case.says}”; it says: {told(result)}"


def told(result: Result) -> str:
    """Return everything that a student is told about what did not pass."""
    texts = [result.problem or ""]
    for outcome in result.outcomes:
        if outcome.verdict not in UNHURT:
            texts += [outcome.message or "", *(f.diagnosis or "" for f in outcome.findings)]
    return " ".join(text for text in texts if text)
