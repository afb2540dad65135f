"""One submission's code for one exercise behind the wall, as the judge sees it.

A session starts a child when it is first asked, and a fresh one after a child has died: what
one check does to the process is never held against the next.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, NoReturn, Self

import numpy as np

from grader.errors import SandboxError
from grader.model import Source, Verdict
from grader.sandbox import wire
from grader.sandbox.budget import Budget
from grader.sandbox.fault import Fault, StudentFault, no_answer, read_fault
from grader.sandbox.launcher import Line
from grader.sandbox.line import GRACE, cause_of_death
from grader.sandbox.plan import Limits

TICK = 0.25  # seconds between looks at the clock while waiting
CHUNK = 1 << 20
NONCE_BITS = 48
MAX_CELLS = 20  # of which it is said that they raised
AGAIN = "It had loaded before, but a fresh process was needed after an earlier question."


@dataclass(frozen=True, slots=True)
class Module:
    """What a child has to load: the student's text under the exercise's module name."""

    name: str
    source: Source
    seed: int


@dataclass(slots=True)
class Session:
    """A student's module behind the wall; see :class:`~grader.sandbox.channel.Channel`."""

    module: Module
    limits: Limits
    draws: int  # seeds what the judge draws; never crosses
    spawn: Callable[[], Line]  # starts a child and returns the judge's ends
    on_progress: Callable[[str], None] | None = None  # given the last line that was printed
    generation: int = 1  # counts the children: what one held is gone with it
    printed: bytearray = field(default_factory=bytearray)
    unkept: int = 0  # bytes that were printed beyond the limit
    budget: Budget = field(default_factory=lambda: Budget(10.0))
    raised: tuple[Fault, ...] = ()  # by cells of a notebook, which stopped nothing but their cell
    _line: Line | None = None
    _unloadable: Fault | None = None

    @property
    def source(self) -> Source:
        """The text that this session runs."""
        return self.module.source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if there is one, and wait until its warden has buried it."""
        if self._line is not None:
            self._line.end()
            self._drop(self._line)

    def beside(self, module: Module) -> Session:
        """Return a session for another module, in a child that never meets the code of this one.

        The time that it takes is this one's.
        """
        return Session(module, self.limits, self.draws, self.spawn, budget=self.budget)

    def allow(self, seconds: float, cpu_seconds: float | None = None) -> None:
        """Give the student's code so much time for what is asked from now on."""
        self.budget = Budget(seconds, cpu_seconds)

    def load(self) -> None:
        """Start a child if there is none and run the module's top level in it.

        That has a limit of its own and costs the question at hand nothing.  Raises
        :class:`~grader.sandbox.remote.StudentFault` where it gives no module, now and from then
        on: it is not tried a second time.
        """
        if self._line is not None:
            return
        if self._unloadable is None:
            before = self.generation
            asked, self.budget = self.budget, Budget(self.limits.load_seconds)
            try:
                self._load()
            except StudentFault as error:
                self.close()
                self._unloadable = replace(error.fault, note=AGAIN if before > 1 else "")
            finally:
                self.budget = asked
        if self._unloadable is not None:
            raise StudentFault(self._unloadable, f"import {self.module.name}")

    def ask(self, request: Mapping[str, Any], replies: int = 1) -> Iterator[dict[str, Any]]:
        """Send one request to the child and yield its replies, all of which must be taken.

        Raises :class:`~grader.sandbox.remote.StudentFault` where a reply does not come in time,
        and :class:`~grader.sandbox.wire.WireError` for a request that cannot be sent.
        """
        if self.budget.left <= 0:
            self._overran(self.budget.overrun)
        self.load()
        return self._exchange(request, replies)

    @property
    def output(self) -> str:
        """What the student's code has printed so far, capped."""
        text = bytes(self.printed).decode("utf-8", "replace")
        return f"{text}\n… and {self.unkept:,} more bytes" if self.unkept else text

    def _load(self) -> None:
        self._line = self.spawn()
        try:
            self._line.await_wall()
        except SandboxError:
            self._drop(self._line)
            raise
        text = self.module.source.text.encode("utf-8", "surrogatepass")
        (reply,) = self._exchange(
            {
                "op": "load",
                "module": self.module.name,
                "file": self.module.source.file,
                "source": wire.Encoded({"$bytes": 0}, [np.frombuffer(text, dtype=np.uint8)]),
                "seed": self.module.seed,
                "cells": list(self.module.source.cells),
            },
            replies=1,
        )
        if "raised" in reply:
            raise StudentFault(read_fault(reply["raised"]))
        raised = reply.get("value")
        self.raised = tuple(map(read_fault, raised[:MAX_CELLS])) if isinstance(raised, list) else ()

    def _exchange(self, request: Mapping[str, Any], replies: int) -> Iterator[dict[str, Any]]:
        line = self._line
        if line is None:
            raise SandboxError("a request to a session without a child")
        nonce = secrets.randbits(NONCE_BITS)
        pieces = wire.pack({**request, "nonce": nonce}, wire.Encoder(whole=True))
        self.budget.start(line.pid)
        try:
            for piece in pieces:
                self._send(line, memoryview(piece))
            for _ in range(replies):
                header, body = wire.lengths(bytes(self._receive(line, wire.PREFIX.size)))
                reply = wire.unpack(bytes(self._receive(line, header)), self._receive(line, body))
                if reply.get("nonce") != nonce:
                    raise wire.WireError("an answer to another question")
                yield reply
        except wire.WireError as error:
            self.close()
            raise StudentFault(no_answer(str(error))) from None
        finally:
            self.budget.stop()
        self._take(line)

    def _send(self, line: Line, data: memoryview) -> None:
        while data:
            try:
                data = data[line.send(data[:CHUNK]) :]
            except BlockingIOError:
                self._wait(line, to_send=True)
            except OSError:
                self._died(line)

    def _receive(self, line: Line, count: int) -> memoryview:
        # Not yet filled, so that an announced length costs nothing until its bytes have come.
        data = np.empty(count, dtype=np.uint8).data
        view = data
        while view:
            try:
                received = line.receive_into(view)
            except BlockingIOError:
                self._wait(line, to_send=False)
                continue
            except OSError:
                received = 0
            if received == 0:
                self._died(line)
            view = view[received:]
            if view:
                self._in_time()  # also where a next byte is always there
        return data

    def _wait(self, line: Line, *, to_send: bool) -> None:
        """Wait a moment for the channel; take what was printed; raise where time is up."""
        line.wait(max(0.0, min(self.budget.left, TICK)), to_send=to_send)
        self._take(line)
        self._in_time()

    def _in_time(self) -> None:
        """Raise where time is up."""
        over = self.budget.overrun
        if over:
            self._overran(over)

    def _overran(self, limit: str) -> NoReturn:
        self.close()
        raise StudentFault(Fault(Verdict.TIMEOUT, "", f"Stopped after {limit}."))

    def _died(self, line: Line) -> NoReturn:
        ended = line.last_words(GRACE) or line.end()
        self._drop(line)
        raise StudentFault(cause_of_death(ended, self.limits))

    def _drop(self, line: Line) -> None:
        """Forget a child that is buried, once its last output is taken."""
        self._take(line)
        line.close()
        self._line = None
        self.generation += 1

    def _take(self, line: Line) -> None:
        """Keep the first part of what was printed, and let the rest go."""
        data = line.printed()
        room = max(0, self.limits.printed - len(self.printed))
        self.printed += data[:room]
        self.unkept += len(data[room:])
        if data and self.on_progress:
            self.on_progress(data[-400:].decode("utf-8", "replace"))
