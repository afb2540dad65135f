"""Answers in words: collected with their rubric for a person to read, never scored by a machine."""

from __future__ import annotations

from typing import Any

from grader.model import Finding, Verdict
from grader.sandbox.remote import StudentFault, fetch, shown, subject
from grader.show import show

MAX_ANSWER = 20_000  # characters that are kept


def prose(answer: Any, rubric: str, question: str = "") -> Finding:
    """Collect an answer in words; the finding awaits a person, who goes by the ``rubric``.

    A name that is not there, or holds nothing, is an empty answer.  Raises
    :class:`~grader.sandbox.remote.StudentFault` where the student's code died.
    """
    text = _text(answer)
    return Finding(
        shown=question or shown(answer),
        expected=rubric,
        got=text[:MAX_ANSWER],
        ok=False,
        subject=subject(answer),
        awaiting=True,
    )


def _text(answer: Any) -> str:
    try:
        value = fetch(answer)
    except StudentFault as error:
        if error.fault.verdict is Verdict.TODO:
            return ""
        raise
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else show(value)
