"""The author's handle on a student's module: ``student.f(x)`` runs behind the wall.

A handle has no public word of its own: every attribute is the student's.  What can be done
with handles is said by functions: :func:`fetch`, :func:`shown`, :func:`warnings_of`.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.model import Verdict
from grader.sandbox import wire
from grader.sandbox.channel import NO_VALUE, Channel, ask, ask_once
from grader.sandbox.fault import Fault, StudentFault, fault_in, no_answer
from grader.show import call_text

__all__ = [
    "Fault",
    "Remote",
    "StudentFault",
    "as_student",
    "channel_of",
    "draws_of",
    "each",
    "fault_of",
    "fetch",
    "reference_to",
    "shown",
    "student_of",
    "subject",
    "warnings_of",
]

NESTING = frozenset({list, tuple, dict, wire.Tagged})
AT_ONCE = 256  # calls in one request


@dataclass(frozen=True, slots=True)
class _State:
    """What a handle knows; kept apart so that the handle's own names stay free."""

    channel: Channel
    text: str  # how a student would type it
    number: int = 0
    path: tuple[tuple[str, Any], ...] = ()
    generation: int = 0
    answer: dict[str, Any] | None = None  # the reply to a call
    subject: str | None = None
    arguments: tuple[tuple[Any, ...], dict[str, Any]] = field(default=((), {}))


class Remote:
    """Something of the student's: a name, a call's answer, or a part of either."""

    __slots__ = ("__state",)
    __state: _State

    def __init__(self, state: _State) -> None:
        """Wrap a state; authors never call this."""
        object.__setattr__(self, "_Remote__state", state)

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self.__step("attribute", name, f".{name}")

    def __getitem__(self, key: Any) -> Remote:
        return self.__step("item", key, f"[{key!r}]")

    def __iter__(self) -> Any:
        raise TypeError("a handle cannot be iterated over: fetch(...) it first")

    def __bool__(self) -> bool:
        raise TypeError("a handle is neither true nor false: fetch(...) it first")

    def __call__(self, *args: Any, **kwargs: Any) -> Remote:
        """Call the student's function; what it raises waits in the handle until it is fetched."""
        (answer,) = each(self, [args], kwargs)
        return answer

    def __repr__(self) -> str:
        return f"<student's {self.__state.text or 'module'}>"

    def __step(self, kind: str, key: Any, text: str) -> Remote:
        state = self.__state
        _require_value(state)
        return Remote(
            _State(
                state.channel,
                (state.text + text).removeprefix(".") if kind == "attribute" else state.text + text,
                state.number,
                (*state.path, (kind, key)),
                state.generation or state.channel.generation,
                subject=state.subject or (key if kind == "attribute" else None),
            )
        )


def each(
    function: Remote, calls: Iterable[Sequence[Any]], options: Mapping[str, Any] | None = None
) -> Iterator[Remote]:
    """Call a student's function with each of several tuples of arguments, in order.

    Yields a handle for each call, as if they had been made one by one; but a request carries
    hundreds of them, and a round trip is most of what a small call costs.  ``options`` are
    arguments by name, the same for every call.  Where a call never comes back, the handles of
    those before it are yielded first, and then :class:`StudentFault` is raised.
    """
    state, kwargs = _state(function), dict(options or {})
    sent = {key: _plain(item) for key, item in kwargs.items()}
    waiting = [tuple(args) for args in calls]
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        texts = [call_text(state.text, args, kwargs) for args in some]
        request = {
            "op": "call",
            "of": reference_to(function),
            "calls": [[[_plain(item) for item in args], sent] for args in some],
        }
        answers, fault = ask(state.channel, request, texts)
        generation = state.channel.generation
        for args, text, answer in zip(some, texts, answers, strict=False):
            yield Remote(
                _State(
                    state.channel,
                    text,
                    number=answer.get("number", -1),
                    generation=generation,
                    answer=answer,
                    subject=state.subject,
                    arguments=(args, kwargs),
                )
            )
        if fault:
            raise fault


def fetch(thing: Any) -> Any:
    """Bring a handle across as plain data; anything else comes back as it is.

    Returns numbers, strings, lists, dicts, read-only arrays, an
    :class:`~grader.expression.Expression` or a :class:`~grader.keras_model.Model`; what cannot
    cross comes as :class:`~grader.sandbox.wire.Opaque`.  Raises :class:`StudentFault` where the
    student's code gave no value.
    """
    if not isinstance(thing, Remote):
        return thing
    state = _state(thing)
    answer = state.answer
    if answer is None or "later" in answer:
        answer = ask_once(state.channel, {"op": "get", "of": reference_to(thing)}, state.text)
    fault = fault_in(answer)
    if fault:
        raise StudentFault(fault, state.text)
    if "value" not in answer:
        raise StudentFault(no_answer(NO_VALUE), state.text)
    try:
        return _interpret(answer["value"])
    except wire.WireError as error:
        raise StudentFault(no_answer(str(error)), state.text) from None


def fault_of(thing: Any) -> Fault | None:
    """Return what a call raised, or None where it gave a value."""
    answer = _state(thing).answer if isinstance(thing, Remote) else None
    return None if answer is None else fault_in(answer)


def shown(thing: Any) -> str:
    """Return a handle as the student would type it: ``sigmoid(710.0)``."""
    return _state(thing).text if isinstance(thing, Remote) else "the value"


def subject(thing: Any) -> str | None:
    """Return the student's own name that a handle starts from."""
    return _state(thing).subject if isinstance(thing, Remote) else None


def warnings_of(thing: Any) -> list[tuple[str, str]]:
    """Return the (category, message) of every warning that a call gave."""
    answer = _state(thing).answer if isinstance(thing, Remote) else None
    given = (answer or {}).get("warnings")
    return [
        (str(item[0]), str(item[1]))
        for item in (given if isinstance(given, list) else [])
        if isinstance(item, list) and len(item) == 2  # noqa: PLR2004
    ]


def channel_of(thing: Remote) -> Channel:
    """Return where a handle's requests go."""
    return _state(thing).channel


def draws_of(thing: Any) -> int:
    """Return the seed of what the judge draws for a handle's submission."""
    return _state(thing).channel.draws if isinstance(thing, Remote) else 0


def student_of(channel: Channel) -> Remote:
    """Return the handle on a channel's whole module."""
    return Remote(_State(channel, ""))


def as_student(thing: Any) -> Any:
    """Let any plain module serve as a student, without a wall: for authors at a prompt."""
    if not isinstance(thing, types.ModuleType):
        return thing
    from grader.sandbox.local import LocalChannel

    return student_of(LocalChannel(thing))


def _state(thing: Remote) -> _State:
    state: _State = object.__getattribute__(thing, "_Remote__state")
    return state


def _require_value(state: _State) -> None:
    """Raise what a call raised: nothing can be done with an answer that never came."""
    fault = fault_in(state.answer or {})
    if fault:
        raise StudentFault(fault, state.text)


def reference_to(thing: Remote) -> wire.Reference:
    """Return how a request names what a handle stands for; raises StudentFault where it is gone."""
    state = _state(thing)
    _require_value(state)
    if state.number and state.generation != state.channel.generation:
        message = f"Not checked: the process that held `{state.text}` is gone, its answer with it."
        raise StudentFault(Fault(Verdict.SKIPPED, "", message))
    return wire.Reference(max(state.number, 0), state.path)


def _plain(thing: Any) -> Any:
    return reference_to(thing) if isinstance(thing, Remote) else thing


def _interpret(value: Any) -> Any:
    """Read what only its own module can: expressions and models, also inside of containers."""
    if isinstance(value, (list, tuple)):
        return type(value)(_interpret(item) if type(item) in NESTING else item for item in value)
    if isinstance(value, dict):
        return {key: _interpret(item) for key, item in value.items()}
    if not isinstance(value, wire.Tagged):
        return value
    if value.kind == "sympy":
        from grader.expression import read as read_expression

        return read_expression(value.data)
    from grader.keras_model import read as read_model

    return read_model(value.data)
