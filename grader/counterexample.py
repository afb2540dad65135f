"""The smallest input on which a student's function differs from the true one.

Hand-picked inputs come first, in friendly order; a drawn input that fails is made smaller,
by halving its rows and rounding its numbers, for as long as it still fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.diagnose import recognise
from grader.expect import (
    RECOGNISED,
    TOLERANCE,
    as_numbers,
    close,
    differing,
    near,
    precision,
    type_remark,
)
from grader.model import Finding
from grader.sandbox.remote import (
    Remote,
    StudentFault,
    each,
    fault_of,
    fetch,
    shown,
    subject,
    warnings_of,
)
from grader.show import show
from grader.smaller import Inputs, smaller

MAX_SHRINKS = 40  # calls spent on making one counterexample smaller
NOISY = ("overflow", "invalid value", "divide by zero")

Truth = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a function is compared: what is true, and what is known of mistakes."""

    function: Remote
    truth: Truth
    within: float
    known: Mapping[str, Truth]
    raising: Mapping[str, str]
    parts: tuple[str, ...]
    quiet: bool
    squeeze: bool


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What came of one call.  Compared by identity: arrays are neither true nor false."""

    inputs: Inputs
    call: Remote
    finding: Finding
    value: Any  # None where the call raised


def computes(  # noqa: PLR0913  options by name
    function: Any,
    truth: Truth,
    *,
    on: Sequence[Inputs] = (),
    drawn: Sequence[Inputs] = (),
    within: float = TOLERANCE,
    known: Mapping[str, Truth] | None = None,
    raising: Mapping[str, str] | None = None,
    parts: Sequence[str] = (),
    quiet: bool = False,
    squeeze: bool = False,
) -> Iterator[Finding]:
    """Compare a student's function with ``truth`` on tuples of arguments; yields findings.

    ``function`` may also be the check's own, which asks the student's and returns a part of it.
    ``on`` holds hand-picked inputs, the friendliest first, and ``drawn`` random ones.  A right
    function gives one finding for each input.  A wrong one gives those that are right up to its
    smallest failing input, and that one: with the sentence of the first of the ``known`` wrong
    functions that gives the student's answers on *every* input, else of a general relation.

    ``truth`` may return a tuple or list of arrays; then ``parts`` names them.  ``raising`` maps a
    fragment of ``Type: message`` of an exception to a sentence.  With ``quiet``, a warning of
    overflow, of an invalid value or of a division by zero is a finding of its own, for which
    ``raising`` may have a sentence too.  With ``squeeze``, axes of length 1 do not matter:
    (n, 1) counts as (n,), with a remark.

    Raises :class:`~grader.sandbox.remote.StudentFault` for an exception that ``raising`` does not
    know.
    """
    how = Comparison(
        function, truth, within, known or {}, raising or {}, tuple(parts), quiet, squeeze
    )
    inputs = [*on, *drawn]
    asked = isinstance(function, Remote)
    calls = each(function, inputs) if asked else (function(*one) for one in inputs)
    answers = [_answer(how, one, call) for one, call in zip(inputs, calls, strict=True)]
    failing = next((answer for answer in answers if not answer.finding.ok), None)
    if failing is None:
        yield from _remarked_once(answer.finding for answer in answers)
        return
    diagnosis = failing.finding.diagnosis if failing.value is None else None
    diagnosis = (
        diagnosis or _known(how, answers) or failing.finding.diagnosis or _related(how, answers)
    )
    smallest = _shrunk(how, failing) if answers.index(failing) >= len(on) else failing
    yield from (answer.finding for answer in answers[: answers.index(failing)])
    yield replace(smallest.finding, diagnosis=_counted(how, failing, smallest, diagnosis))


def _answer(how: Comparison, inputs: Inputs, call: Remote) -> Answer:
    fault = fault_of(call)
    sentence = _said(how, f"{fault.type}: {fault.message}") if fault else None
    if fault and sentence:
        expected = show(how.truth(*inputs))
        got = f"{fault.type}: {fault.message}"[:200]
        finding = Finding(
            shown(call), expected, got, ok=False, diagnosis=sentence, subject=subject(call)
        )
        return Answer(inputs, call, finding, None)
    truth = how.truth(*inputs)
    value, remark = fetch(call), None
    if isinstance(truth, (tuple, list)) and isinstance(value, np.ndarray) and value.ndim:
        value = list(value)  # a pair of numbers comes as an array as well
    if how.squeeze:
        value, remark = _squeezed(value, truth)
    finding = _compare(how, call, value, truth)
    if finding.ok and how.quiet and (noise := _noise(call)):
        said = _said(how, noise) or "The answer is right, but Python warns on the way there."
        finding = replace(finding, ok=False, expected="no warning", got=noise, diagnosis=said)
    elif finding.ok and remark:
        finding = replace(finding, diagnosis=remark)
    return Answer(inputs, call, finding, value)


def _compare(how: Comparison, call: Remote, value: Any, truth: Any) -> Finding:
    """Compare one answer, part by part where it has several."""
    if not isinstance(truth, (tuple, list)):
        return replace(
            close(value, truth, within=how.within), shown=shown(call), subject=subject(call)
        )
    names = how.parts or tuple(f"part {number + 1}" for number in range(len(truth)))
    if not isinstance(value, (tuple, list)) or len(value) != len(truth):
        wanted = f"{len(truth)} values: {', '.join(names)}"
        said = type_remark(value, truth)
        return Finding(
            shown(call), wanted, show(value), ok=False, diagnosis=said, subject=subject(call)
        )
    for name, got, expected in zip(names, value, truth, strict=True):
        finding = close(got, expected, within=how.within)
        if not finding.ok:
            return replace(finding, shown=f"{name} of {shown(call)}", subject=subject(call))
    return Finding(shown(call), show(truth), show(value), ok=True, subject=subject(call))


def _squeezed(value: Any, truth: Any) -> tuple[Any, str | None]:
    """Return an answer in the true shape where only axes of length 1 differ; then with a remark."""
    if isinstance(truth, (tuple, list)):
        if not isinstance(value, (tuple, list)) or len(value) != len(truth):
            return value, None
        parts = [_squeezed(got, expected) for got, expected in zip(value, truth, strict=True)]
        remark = next((said for _, said in parts if said), None)
        return tuple(part for part, _ in parts) if remark else value, remark
    array, _ = as_numbers(value)
    shape = np.shape(truth)
    if array is None or array.shape == shape:
        return value, None
    if [size for size in array.shape if size != 1] != [size for size in shape if size != 1]:
        return value, None
    meant = f"shape {show(shape)}" if shape else "a number"
    remark = f"It counts, but its shape is {show(array.shape)}: {meant} is meant."
    return array.reshape(shape), remark


def _remarked_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield right findings with the first of their remarks: the others say the same."""
    said = False
    for finding in findings:
        yield replace(finding, diagnosis=None) if said else finding
        said = said or finding.diagnosis is not None


def _known(how: Comparison, answers: Sequence[Answer]) -> str | None:
    """Return the sentence of the wrong function that explains every answer."""
    given = [answer for answer in answers if answer.value is not None]
    for sentence, wrong in how.known.items():
        with np.errstate(all="ignore"):
            if given and all(_alike(answer.value, wrong, answer.inputs) for answer in given):
                return sentence
    return None


def _alike(value: Any, wrong: Truth, inputs: Inputs) -> bool:
    try:
        expected = wrong(*inputs)
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return False  # the wrong way does not work on this input, so it is not the student's
    if isinstance(expected, (tuple, list)):
        return (
            isinstance(value, (tuple, list))
            and len(value) == len(expected)
            and all(_near(got, one) for got, one in zip(value, expected, strict=True))
        )
    return _near(value, expected)


def _near(value: Any, expected: Any) -> bool:
    array, _ = as_numbers(value)
    return array is not None and near(value, expected, max(RECOGNISED, precision(array)))


def _related(how: Comparison, answers: Sequence[Answer]) -> str | None:
    """Return the general relation that holds between all answers and the truth."""
    pairs = []
    for answer in answers:
        if answer.value is None:
            continue
        truth = how.truth(*answer.inputs)
        several = isinstance(truth, (tuple, list))
        if several and not isinstance(answer.value, (tuple, list)):
            return None
        for expected, got in (
            zip(truth, answer.value, strict=False) if several else [(truth, answer.value)]
        ):
            array, _ = as_numbers(got)
            if array is None:
                return None
            pairs.append((np.asarray(expected), array))
    return recognise(pairs, max((precision(got) for _, got in pairs), default=0.0))


def _shrunk(how: Comparison, failing: Answer) -> Answer:
    """Return the smallest answer that still fails, found by a bounded search."""
    tried, progress = 0, True
    while progress:
        progress = False
        for inputs in smaller(failing.inputs):
            tried += 1
            if tried > MAX_SHRINKS:
                return failing
            try:
                answer = _answer(how, inputs, how.function(*inputs))
            except (StudentFault, ValueError, IndexError):
                continue  # not every smaller input is a lawful one
            if not answer.finding.ok and answer.value is not None:
                failing, progress = answer, True
                break
    return failing


def _counted(
    how: Comparison, failing: Answer, smallest: Answer, diagnosis: str | None
) -> str | None:
    """Add how many values of the drawn input differ, where a smaller one is shown."""
    if smallest is failing or failing.value is None:
        return diagnosis
    array, _ = as_numbers(failing.value)
    truth = np.asarray(how.truth(*failing.inputs)) if not how.parts else None
    if array is None or truth is None or array.shape != truth.shape or array.size == 1:
        return diagnosis
    count = int(differing(array, truth, how.within).sum())
    told = f"{count} of {array.size} values of a larger input differ as well."
    return f"{diagnosis} {told}" if diagnosis else told


def _said(how: Comparison, text: str) -> str | None:
    return next((said for fragment, said in how.raising.items() if fragment in text), None)


def _noise(call: Remote) -> str | None:
    for category, message in warnings_of(call):
        if category == "RuntimeWarning" and any(word in message for word in NOISY):
            return f"{category}: {message}"
    return None
