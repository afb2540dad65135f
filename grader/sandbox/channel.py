"""Where the judge's requests go, and the form that replies must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from grader.model import Source
from grader.sandbox.fault import StudentFault, no_answer

NO_VALUE = "a reply without a value"
ANSWERS = frozenset({"value", "later", "raised", "missing"})  # a reply holds one of them


class Channel(Protocol):
    """Where requests go: a child behind the wall, or a module in this process."""

    @property
    def source(self) -> Source:
        """The text that answers."""

    @property
    def draws(self) -> int:
        """Seeds what the judge draws; never crosses."""

    def ask(self, request: Mapping[str, Any], replies: int = 1) -> Iterator[dict[str, Any]]:
        """Send one request and yield its replies, all to be taken; raises StudentFault."""

    @property
    def generation(self) -> int:
        """Which child answers: a new one remembers nothing of the one before."""


def ask_once(channel: Channel, request: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Send a request that has one reply, and return that."""
    answers, fault = ask(channel, request, [text])
    if fault:
        raise fault
    return answers[0]


def ask(
    channel: Channel, request: Mapping[str, Any], texts: Sequence[str]
) -> tuple[list[dict[str, Any]], StudentFault | None]:
    """Send a request; return the replies, one for each text, and why there are no more.

    The form of each is checked, for a child may send anything.
    """
    answers: list[dict[str, Any]] = []
    fault: StudentFault | None = None
    try:
        for reply in channel.ask(request, len(texts)):
            if type(reply.get("number", 0)) is not int or not ANSWERS & reply.keys():
                fault = fault or StudentFault(no_answer(NO_VALUE), texts[len(answers)])
            if fault is None:
                answers.append(reply)
    except StudentFault as error:
        error.call = error.call or texts[len(answers)]
        fault = fault or error
    return answers, fault
