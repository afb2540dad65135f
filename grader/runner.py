"""Grading: put an exercise's questions to a submission and write down what came of each."""

from __future__ import annotations

import hashlib
import importlib.metadata
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from grader import __version__, source, wording
from grader.draws import derive
from grader.evidence import Evidence
from grader.model import (
    Check,
    Course,
    Exercise,
    Finding,
    Outcome,
    Place,
    Provenance,
    Report,
    Result,
    Source,
    Submission,
    Verdict,
)
from grader.sandbox import Sandbox, Session
from grader.sandbox.remote import Fault, StudentFault, student_of

MAX_FINDINGS = 1000
Outcomes = dict[Check, tuple[Outcome, Any]]


class Watcher(Protocol):
    """Told what is under way, for a line of progress."""

    def __call__(self, exercise: Exercise, check: Check | None, printed: str) -> None:
        """Note that a check of an exercise runs, and the last thing the code printed."""


def grade(
    course: Course,
    submission: Submission,
    sandbox: Sandbox,
    *,
    seed: int,
    only: Iterable[str] = (),
    watch: Watcher | None = None,
) -> Report:
    """Grade a submission on all exercises of a course, or on those whose ids ``only`` names."""
    wanted = set(only)
    started, clock = datetime.now(UTC), time.monotonic()
    results = tuple(
        grade_exercise(exercise, submission, sandbox, seed=seed, watch=watch)
        for exercise in course.exercises
        if not wanted or exercise.id in wanted
    )
    provenance = Provenance(
        grader=__version__,
        course=course.title,
        sandbox=sandbox.description,
        seed=seed,
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - clock, 3),
        sources={
            name: hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
            for name, text in submission.sources.items()
        },
        versions=versions(sandbox),
    )
    return Report(
        submission.student, submission.attempt, submission.path.name, results, provenance, submission.notes
    )


def grade_exercise(
    exercise: Exercise,
    submission: Submission,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    watch: Watcher | None = None,
) -> Result:
    """Grade one exercise; whatever the student's code does, a result comes back.

    Only :class:`~grader.errors.SandboxError` is raised: then the wall failed, not the student.
    """
    text = submission.sources.get(exercise.id)
    if text is None:
        return _unasked(exercise, None)
    fault = text.problem or source.syntax_problem(text)
    if fault:
        problem, place = (fault, None) if isinstance(fault, str) else fault
        return _unasked(exercise, text, problem, place)
    session = sandbox.open(
        exercise.module,
        text,
        provided=exercise.provided,
        seed=derive(seed, "student", exercise.id),
        draws=derive(seed, "judge", exercise.id, text.text),
        on_progress=_forward(exercise, watch),
    )
    with session:
        try:
            if watch:
                watch(exercise, None, "")
            session.load()
        except StudentFault as error:
            place = _innermost(text, error.fault)
            problem = wording.of_problem(error.fault)
            return _unasked(exercise, text, problem, place, session.output)
        outcomes = ask(exercise.checks, session, _forward_check(exercise, watch))
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=True,
        outcomes=outcomes,
        printed=session.output,
        source=text,
    )


def ask(
    checks: Sequence[Check],
    session: Session,
    before: Callable[[Check], None] = lambda check: None,
) -> tuple[Outcome, ...]:
    """Put the questions to a loaded session, in order."""
    done: Outcomes = {}
    for check in checks:
        before(check)
        done[check] = _ask_one(check, session, done)
    return tuple(outcome for outcome, _ in done.values())


def _ask_one(check: Check, session: Session, done: Outcomes) -> tuple[Outcome, Any]:
    value = None
    if check.after is not None:
        earlier, value = done[check.after]
        if earlier.verdict is not Verdict.PASSED:
            message = f"Not checked: it comes after “{earlier.title}”."
            return _outcome(check, Verdict.SKIPPED, message=message), None
    session.allow(check.seconds, check.cpu_seconds)
    clock = time.monotonic()
    findings: list[Finding] = []
    evidence: list[Evidence] = []
    returned = None
    fault: StudentFault | None = None
    try:
        returned = _collect(check.run(student_of(session), value), findings, evidence)
    except StudentFault as error:
        fault = error
    except Exception as error:  # noqa: BLE001  the check is at fault: the instructor's turn
        message = f"The checker itself failed ({_at_fault(error)}). This costs no points; the instructor has to look."
        return _outcome(check, Verdict.BROKEN, tuple(findings), tuple(evidence), message), None
    seconds = round(time.monotonic() - clock, 4)
    if fault is not None:
        # What a partial check found before the fault counts; the question that met it does not.
        findings.append(_unanswered(fault))
    verdict = _verdict(check, findings, fault)
    message, place = _say(verdict, findings, fault, session.source)
    return (
        _outcome(check, verdict, tuple(findings), tuple(evidence), message, place, seconds),
        returned,
    )


def _collect(answers: Any, findings: list[Finding], evidence: list[Evidence]) -> Any:
    while True:
        try:
            answer = next(answers)
        except StopIteration as end:
            if not findings:
                raise ValueError("it yielded no finding") from None
            return end.value
        if isinstance(answer, Finding):
            findings.append(answer)
        elif isinstance(answer, Evidence):
            evidence.append(answer)
        else:
            raise TypeError(f"it yielded {type(answer).__name__}, which is no finding and no evidence")
        if len(findings) > MAX_FINDINGS:
            raise ValueError(f"it yielded more than {MAX_FINDINGS} findings")


def _verdict(check: Check, findings: Sequence[Finding], fault: StudentFault | None) -> Verdict:
    judged = [finding for finding in findings if not finding.awaiting]
    right = any(finding.ok and finding.weight > 0 for finding in judged)
    if fault is not None:
        partly = check.partial and right and fault.fault.verdict is not Verdict.TODO
        return Verdict.PARTLY if partly else fault.fault.verdict
    if all(finding.ok for finding in judged):
        return Verdict.AWAITING if len(judged) < len(findings) else Verdict.PASSED
    return Verdict.PARTLY if check.partial and right else Verdict.FAILED


def _say(
    verdict: Verdict, findings: Sequence[Finding], fault: StudentFault | None, text: Source
) -> tuple[str | None, Place | None]:
    if fault is not None:
        return wording.of_fault(fault.fault, fault.call), _innermost(text, fault.fault)
    if verdict in {Verdict.FAILED, Verdict.PARTLY}:
        wrong = next(finding for finding in findings if not finding.ok)
        place = source.place_of(text, wrong.subject) if wrong.subject else None
        return wording.of_finding(wrong), place
    if verdict is Verdict.AWAITING:
        return "A person reads this answer.", None
    return None, None


def _unanswered(fault: StudentFault) -> Finding:
    return Finding(fault.call or "the file", "an answer", wording.of_fault(fault.fault, ""), ok=False)


def _innermost(text: Source, fault: Fault) -> Place | None:
    return source.place_at(text, fault.lines[-1]) if fault.lines else None


def _outcome(
    check: Check,
    verdict: Verdict,
    findings: tuple[Finding, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    message: str | None = None,
    place: Place | None = None,
    seconds: float = 0.0,
) -> Outcome:
    return Outcome(
        name=check.name,
        title=check.title,
        hints=check.hints,
        out_of=check.points,
        partial=check.partial,
        hidden=check.hidden,
        verdict=verdict,
        findings=findings,
        evidence=evidence,
        message=message,
        place=place,
        seconds=seconds,
    )


def _unasked(
    exercise: Exercise,
    text: Source | None,
    problem: str | None = None,
    place: Place | None = None,
    printed: str = "",
) -> Result:
    return Result(
        exercise.id,
        exercise.label,
        exercise.title,
        submitted=text is not None,
        outcomes=tuple(_outcome(check, Verdict.SKIPPED) for check in exercise.checks),
        problem=problem,
        place=place,
        printed=printed,
        source=text,
    )


def _forward(exercise: Exercise, watch: Watcher | None) -> Callable[[str], None] | None:
    return None if watch is None else lambda printed: watch(exercise, None, printed)


def _forward_check(exercise: Exercise, watch: Watcher | None) -> Callable[[Check], None]:
    return lambda check: watch(exercise, check, "") if watch else None


def _at_fault(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}, {Path(last.filename).name} line {last.lineno}"


def versions(sandbox: Sandbox) -> dict[str, str]:
    """Return the versions that a report states: of the server's libraries and of SymPy here."""
    named = dict(sandbox.versions)
    named.setdefault("sympy", importlib.metadata.version("sympy"))
    return {name: version for name, version in sorted(named.items()) if version}
