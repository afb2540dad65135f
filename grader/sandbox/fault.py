"""What happened in a student's code instead of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.model import Verdict

MAX_NAME = 200
MAX_MESSAGE = 2000
FAULTS = {
    "NotImplementedError": Verdict.TODO,
    "MemoryError": Verdict.MEMORY,
    "ResourceExhaustedError": Verdict.MEMORY,  # TensorFlow's
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What happened in the student's code instead of an answer."""

    verdict: Verdict
    type: str  # the exception's type, or ""
    message: str
    lines: tuple[int, ...] = ()  # of the student's source, innermost last
    kinds: tuple[str, ...] = ()  # the exception's type and those that it derives from
    note: str = ""  # what led to it, as a sentence


class StudentFault(Exception):  # noqa: N818  no error of ours: a verdict on its way
    """The student's code gave no value: it raised, never came back, or took its process down."""

    def __init__(self, fault: Fault, call: str = "") -> None:
        """Hold the fault and the call that met it."""
        super().__init__(fault.message)
        self.fault = fault
        self.call = call


def fault_in(answer: Mapping[str, Any]) -> Fault | None:
    """Return the fault that a child's reply tells of, or None where it holds a value."""
    if "missing" in answer:
        name = _words(answer["missing"], MAX_NAME)
        return Fault(Verdict.TODO, "", f"`{name}` is not defined yet.")
    return read_fault(answer["raised"]) if "raised" in answer else None


def no_answer(why: str) -> Fault:
    """Return the fault of a process that broke the rules of the channel."""
    message = f"Its process sent something that is no answer: {why}."
    return Fault(Verdict.CRASHED, "", message)


def read_fault(raised: Any) -> Fault:
    """Read the description of an exception that a child sent."""
    raised = raised if isinstance(raised, dict) else {}
    kind = _words(raised.get("type"), MAX_NAME) or "an exception"
    message = _words(raised.get("message"), MAX_MESSAGE)
    frames, kinds = raised.get("frames"), raised.get("kinds")
    lines = tuple(
        frame[0]
        for frame in (frames if isinstance(frames, list) else [])
        if isinstance(frame, list) and frame and type(frame[0]) is int
    )
    named = kinds if isinstance(kinds, list) else []
    family = (kind, *(_words(name, MAX_NAME) for name in named))
    verdict = next((FAULTS[name] for name in family if name in FAULTS), Verdict.ERROR)
    if verdict is Verdict.TODO:
        message = "Still to do: it raises NotImplementedError."
    elif verdict is Verdict.MEMORY:
        message = "It asked for more memory than there is."
    return Fault(verdict, kind, message, lines, family)


def _words(said: Any, limit: int) -> str:
    """Return a text; anything else is none, for half a gigabyte of bytes would become two."""
    return said[:limit] if isinstance(said, str) else ""
