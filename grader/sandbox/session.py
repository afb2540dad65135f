"""One submission's code for one exercise behind the wall, as the judge sees it.

A session starts a child when it is first asked, and a fresh one after a child has died: what
one check does to the process is never held against the next.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import secrets
import select
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from grader.errors import SandboxError
from grader.model import Source, Verdict
from grader.sandbox import wire
from grader.sandbox.plan import Limits
from grader.sandbox.remote import Fault, StudentFault, read_fault

STARTING = 30.0  # seconds that a new child has to stand behind its wall
BURIAL = 10.0  # seconds that a warden has to report how its child ended
TICK = 0.25  # seconds between looks at the clock while waiting
CHUNK = 1 << 20
CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Module:
    """What a child has to load: the student's text under the exercise's module name."""

    name: str
    source: Source
    seed: int


@dataclass(slots=True)
class Budget:
    """The student's time for one check: only waiting for their code uses it up."""

    seconds: float
    cpu_seconds: float | None = None
    used: float = 0.0
    since: float | None = None  # when the wait that is under way began

    def start(self) -> None:
        """Begin to wait."""
        self.since = time.monotonic()

    def stop(self) -> None:
        """End the wait and count it."""
        self.used, self.since = self.seconds - self.left, None

    @property
    def left(self) -> float:
        """Seconds that remain."""
        waiting = 0.0 if self.since is None else time.monotonic() - self.since
        return self.seconds - self.used - waiting


@dataclass(slots=True)
class Line:
    """The judge's ends of the descriptors that it shares with one child and its warden."""

    channel: socket.socket
    output: int
    leash: socket.socket
    release: Callable[[], None]  # gives the child's place back
    pid: int = 0  # the child's, as the host numbers it

    def close(self) -> None:
        """Drop everything; a warden whose leash is dropped kills its child."""
        self.channel.close()
        self.leash.close()
        os.close(self.output)
        self.release()


@dataclass(slots=True)
class Session:
    """A student's module behind the wall; see :class:`~grader.sandbox.remote.Channel`."""

    module: Module
    limits: Limits
    draws: int  # seeds what the judge draws; never crosses
    spawn: Callable[[], Line]  # starts a child and returns the judge's ends
    on_progress: Callable[[str], None] | None = None  # given the last line that was printed
    generation: int = 0
    printed: bytearray = field(default_factory=bytearray)
    budget: Budget = field(default_factory=lambda: Budget(10.0))
    _line: Line | None = None
    _nonces: Any = field(default_factory=lambda: itertools.count(secrets.randbelow(1 << 40)))

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
        line, self._line = self._line, None
        if line is None:
            return
        self._drain(line)
        with contextlib.suppress(OSError):
            line.leash.send(b"end")
        self._last_words(line)
        line.close()

    def allow(self, seconds: float, cpu_seconds: float | None = None) -> None:
        """Give the student's code so much time for what is asked from now on."""
        self.budget = Budget(seconds, cpu_seconds)

    def load(self) -> None:
        """Start a child if there is none and run the module's top level in it.

        Raises :class:`~grader.sandbox.remote.StudentFault` where that gives no module.
        """
        if self._line is not None:
            return
        asked, self.budget = self.budget, Budget(self.limits.load_seconds)
        self._line = self.spawn()
        self.generation += 1
        self._await_wall(self._line)
        try:
            reply = self._exchange(
                {
                    "op": "load",
                    "module": self.module.name,
                    "file": self.module.source.file,
                    "source": wire.Encoded({"$bytes": 0}, [_bytes(self.module.source.text)]),
                    "seed": self.module.seed,
                }
            )
            if "raised" in reply:
                raise StudentFault(read_fault(reply["raised"]))
        except StudentFault:
            self.close()
            raise
        finally:
            self.budget = asked

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Send one request to the child and return its reply.

        Raises :class:`~grader.sandbox.remote.StudentFault` where no reply comes in time.
        """
        self.load()
        return self._exchange(request)

    @property
    def output(self) -> str:
        """What the student's code has printed so far, capped."""
        return bytes(self.printed).decode("utf-8", "replace")

    def _exchange(self, request: Mapping[str, Any]) -> dict[str, Any]:
        line = self._line
        if line is None:
            raise SandboxError("a request to a session without a child")
        nonce = next(self._nonces)
        self.budget.start()
        try:
            for piece in wire.pack({**request, "nonce": nonce}):
                self._send(line, memoryview(piece))
            header, body = wire.lengths(bytes(self._receive(line, wire.PREFIX.size)))
            reply = wire.unpack(bytes(self._receive(line, header)), self._receive(line, body))
            if reply.get("nonce") != nonce:
                raise wire.WireError("an answer to another question")
        except wire.WireError as error:
            self.close()
            raise StudentFault(
                Fault(Verdict.CRASHED, "", f"Its process sent something that is no answer: {error}.")
            ) from None
        finally:
            self.budget.stop()
        self._drain(line)
        return reply

    def _send(self, line: Line, data: memoryview) -> None:
        while data:
            if self._wait(line, select.POLLOUT):
                try:
                    data = data[line.channel.send(data[:CHUNK], socket.MSG_DONTWAIT) :]
                except BlockingIOError:
                    continue
                except OSError:
                    self._died(line)

    def _receive(self, line: Line, count: int) -> bytearray:
        data = bytearray(count)
        view = memoryview(data)
        while view:
            if self._wait(line, select.POLLIN):
                try:
                    received = line.channel.recv_into(view, 0, socket.MSG_DONTWAIT)
                except BlockingIOError:
                    continue
                except OSError:
                    received = 0
                if received == 0:
                    self._died(line)
                view = view[received:]
        return data

    def _wait(self, line: Line, events: int) -> bool:
        """Wait a moment for the channel; drain output; raise where time is up."""
        poller = select.poll()
        poller.register(line.channel, events)
        poller.register(line.output, select.POLLIN)
        ready = dict(poller.poll(max(0.0, min(self.budget.left, TICK)) * 1000))
        if line.output in ready:
            self._drain(line)
        if self.budget.left <= 0:
            self._overran(f"{self.budget.seconds:g} seconds")
        if line.channel.fileno() in ready:
            return True
        limit = self.budget.cpu_seconds
        if limit is not None and cpu_seconds(line.pid) > limit:
            self._overran(f"{limit:g} seconds of processor time")
        return False

    def _overran(self, limit: str) -> None:
        self.close()
        raise StudentFault(Fault(Verdict.TIMEOUT, "", f"Stopped after {limit}."))

    def _died(self, line: Line) -> None:
        self._drain(line)
        ended = self._last_words(line)
        line.close()
        self._line = None
        raise StudentFault(cause_of_death(ended, self.limits))

    def _await_wall(self, line: Line) -> None:
        """Read the leash until the child stands behind its wall."""
        ready = False
        until = time.monotonic() + STARTING
        while not (ready and line.pid):
            message = _hear(line.leash, until)
            if message is None or "broken" in message or "ended" in message:
                reason = (message or {}).get("broken", "its warden said nothing in time")
                self._line = None
                line.close()
                raise SandboxError(
                    f"the wall could not be built: {reason}\n  next: run 'grader doctor'"
                )
            ready = ready or "ready" in message
            line.pid = message.get("watching", line.pid)

    def _last_words(self, line: Line) -> dict[str, Any]:
        until = time.monotonic() + BURIAL
        while True:
            message = _hear(line.leash, until)
            if message is None:
                return {}
            if "ended" in message:
                ended: dict[str, Any] = message["ended"]
                return ended

    def _drain(self, line: Line) -> None:
        """Take what was printed, keep the first part of it, and let the rest go."""
        with contextlib.suppress(BlockingIOError):
            while data := os.read(line.output, CHUNK):
                room = self.limits.printed - len(self.printed)
                self.printed += data[: max(0, room)]
                if self.on_progress:
                    self.on_progress(data[-400:].decode("utf-8", "replace"))


def cause_of_death(ended: Mapping[str, Any], limits: Limits) -> Fault:
    """Turn a warden's account into a fault with a sentence for the student."""
    if ended.get("killed_for") == "memory":
        size = limits.memory / (1 << 30)
        return Fault(Verdict.MEMORY, "", f"Stopped: it used more than {size:.3g} GiB of memory.")
    number = ended.get("signal")
    if number == 24:  # noqa: PLR2004  SIGXCPU
        return Fault(Verdict.TIMEOUT, "", "Stopped: it used all of its processor time.")
    if number is not None:
        return Fault(Verdict.CRASHED, "", f"Its process was ended by signal {number}{_known(number)}.")
    return Fault(
        Verdict.CRASHED,
        "",
        f"It ended its own process (exit code {ended.get('exit')}) before it gave an answer.",
    )


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, in seconds; 0 where it is gone."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open(f"/proc/{pid}/stat", "rb") as stat:
            fields = stat.read().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
    return 0.0


def _known(number: int) -> str:
    names = {6: "aborted", 7: "bus error", 8: "arithmetic error", 9: "killed", 11: "segmentation fault"}
    return f" ({names[number]})" if number in names else ""


def _hear(leash: socket.socket, until: float) -> dict[str, Any] | None:
    """Return the next message of a warden, or None where it says nothing in time."""
    leash.settimeout(max(0.0, until - time.monotonic()) or 0.001)
    with contextlib.suppress(OSError, ValueError):
        data = leash.recv(4096)
        message = json.loads(data) if data else None
        return message if isinstance(message, dict) else None
    return None


def _bytes(text: str) -> Any:
    import numpy as np

    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
