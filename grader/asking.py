"""Putting an exercise's questions to a loaded submission, one after the other."""

from __future__ import annotations

import contextlib
import inspect
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader import source, wording
from grader.errors import SandboxError
from grader.evidence import Evidence
from grader.model import Check, Finding, Outcome, Place, Source, Verdict
from grader.sandbox import Session
from grader.sandbox.remote import Fault, StudentFault, student_of
from grader.sandbox.wire import Opaque

MAX_FINDINGS = 1000
MAX_SILENT = 10_000  # requests after which a check that nothing answers is given up
MAX_SHOWN = 300

Outcomes = dict[Check, tuple[Outcome, Any]]


def ask(
    checks: Sequence[Check],
    session: Session,
    before: Callable[[Check], None] | None = None,
    hurry: float | None = None,
) -> tuple[Outcome, ...]:
    """Put the questions to a loaded session, in order; ``before`` is told of each one.

    In a ``hurry``, no check has more than so many seconds, and the first that loses points is the
    last: enough for whoever only wants to know whether something is wrong.

    Only :class:`~grader.errors.SandboxError` is raised: then the wall failed, not the student.
    """
    done: Outcomes = {}
    for check in checks:
        if before:
            before(check)
        outcome = ask_one(check, session, done, hurry)
        if hurry and outcome.points < outcome.out_of and outcome.verdict is not Verdict.AWAITING:
            break
    return tuple(outcome for outcome, _ in done.values())


def ask_one(check: Check, session: Session, done: Outcomes, hurry: float | None = None) -> Outcome:
    """Put one question to a loaded session, and note how it ended in ``done``.

    What it comes after must be there already.
    """
    session.allow(min(check.seconds, hurry or check.seconds), check.cpu_seconds)
    outcome, _ = done[check] = _answer(check, session, done)
    return outcome


def outcome_of(
    check: Check,
    verdict: Verdict,
    findings: Sequence[Finding] = (),
    evidence: Sequence[Evidence] = (),
    message: str | None = None,
    place: Place | None = None,
    seconds: float = 0.0,
) -> Outcome:
    """Return how a check ended, with what a report needs to know of the check."""
    return Outcome(
        name=check.name,
        title=check.title,
        hints=check.hints,
        out_of=check.points,
        partial=check.partial,
        hidden=check.hidden,
        verdict=verdict,
        findings=tuple(findings),
        evidence=tuple(evidence),
        message=message,
        place=place,
        seconds=seconds,
    )


def innermost(text: Source, fault: Fault) -> Place | None:
    """Return the line of the student's file where an exception came from."""
    return source.place_at(text, fault.lines[-1]) if fault.lines else None


def _answer(check: Check, session: Session, done: Outcomes) -> tuple[Outcome, Any]:
    value = None
    if check.after is not None:
        earlier, value = done[check.after]
        if earlier.verdict is not Verdict.PASSED:
            said = f"Not checked: it comes after “{earlier.title}”."
            return outcome_of(check, Verdict.SKIPPED, message=said), None
    clock = time.monotonic()
    findings: list[Finding] = []
    evidence: list[Evidence] = []
    returned = None
    fault: StudentFault | None = None
    try:
        returned = _collect(check.run(student_of(session), value), findings, evidence)
    except StudentFault as error:
        fault = error
    except SandboxError:
        raise
    except Exception as error:  # noqa: BLE001  the check is at fault: the instructor's turn
        said = (
            f"The checker itself failed ({_at_fault(error, check)}). This costs no points; "
            "the instructor has to look."
        )
        return outcome_of(check, Verdict.BROKEN, findings, evidence, said), None
    seconds = round(time.monotonic() - clock, 4)
    verdict = _verdict(check, findings, fault)
    if fault is not None:
        findings.append(_unanswered(fault))
        if verdict is Verdict.PARTLY:
            findings += _unreached(check, session, value, len(findings))
    message, place = _say(verdict, findings, fault, session.source)
    return outcome_of(check, verdict, findings, evidence, message, place, seconds), returned


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
            kind = type(answer).__name__
            raise TypeError(f"it yielded {kind}, which is no finding and no evidence")
        if len(findings) > MAX_FINDINGS:
            raise ValueError(f"it yielded more than {MAX_FINDINGS} findings")


def _verdict(check: Check, findings: Sequence[Finding], fault: StudentFault | None) -> Verdict:
    judged = [finding for finding in findings if not finding.awaiting]
    right = any(finding.ok and finding.weight > 0 for finding in judged)
    if fault is not None:
        # What a partial check found before the fault counts; the question that met it does not.
        partly = check.partial and right and fault.fault.verdict is not Verdict.TODO
        return Verdict.PARTLY if partly else fault.fault.verdict
    if not judged and not any(finding.got for finding in findings):
        return Verdict.SKIPPED  # a question in words without an answer: nobody has to read it
    if all(finding.ok for finding in judged):
        return Verdict.AWAITING if len(judged) < len(findings) else Verdict.PASSED
    return Verdict.PARTLY if check.partial and right else Verdict.FAILED


def _say(
    verdict: Verdict, findings: Sequence[Finding], fault: StudentFault | None, text: Source
) -> tuple[str | None, Place | None]:
    if fault is not None:
        said = wording.of_fault(fault.fault, fault.call)
        said = f"{said} {wording.COUNTED}" if verdict is Verdict.PARTLY else said
        return said, innermost(text, fault.fault)
    if verdict in {Verdict.FAILED, Verdict.PARTLY}:
        wrong = next(finding for finding in findings if not finding.ok and not finding.awaiting)
        place = source.place_of(text, wrong.subject) if wrong.subject else None
        return wording.of_finding(wrong), place
    if verdict is Verdict.AWAITING:
        return "A person reads this answer.", None
    if verdict is Verdict.SKIPPED:
        return "There is no answer in words yet.", None
    return None, None


@dataclass(slots=True)
class _Silence:
    """A channel on which nothing answers: it tells what a check asks."""

    source: Source
    draws: int
    generation: int = 1
    asked: int = 0

    def ask(self, request: Mapping[str, Any], replies: int = 1) -> Iterator[dict[str, Any]]:  # noqa: ARG002
        for _ in range(replies):
            self.asked += 1
            if self.asked > MAX_SILENT:
                raise StudentFault(Fault(Verdict.SKIPPED, "", "Nothing answers."))
            yield {"number": 1, "value": Opaque("nothing")}


def _unreached(check: Check, session: Session, value: Any, made: int) -> list[Finding]:
    """Return what a partial check had yet to find when it met a fault, all of it not right.

    Otherwise its points would be shared among the questions before the fault: code that ends
    its process after one right answer would earn half of them.
    """
    found: list[Finding] = []
    silence = student_of(_Silence(session.source, session.draws))
    with contextlib.suppress(Exception):  # no check has to be able to do without answers
        _collect(check.run(silence, value), found, [])
    return [
        replace(finding, got="not asked", ok=False, awaiting=False, diagnosis=None, evidence=())
        for finding in found[made:]
    ]


def _unanswered(fault: StudentFault) -> Finding:
    said = wording.of_fault(fault.fault, "")
    return Finding(fault.call or "the file", "an answer", said, ok=False)


def _at_fault(error: Exception, check: Check) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    file = inspect.getfile(inspect.unwrap(check.run))
    last = next((frame for frame in reversed(frames) if frame.filename == file), frames[-1])
    said = f"{type(error).__name__}: {error}"[:MAX_SHOWN]
    return f"{said}, {Path(last.filename).name} line {last.lineno}"
