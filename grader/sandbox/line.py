"""The judge's ends of what it shares with one child and its warden: channel, output, leash."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grader.errors import SandboxError
from grader.model import Verdict
from grader.sandbox.child import SPOILT
from grader.sandbox.fault import Fault
from grader.sandbox.plan import Limits

STARTING = 30.0  # seconds that a new child has to stand behind its wall
GRACE = 2.0  # seconds from a channel's end to the account of the child's
BURIAL = 10.0  # seconds that a warden has to bury a child and report
CHUNK = 1 << 16
PAUSE_MS = 2  # between looks at what is printed
READS = 64  # so much is taken at once: a flood must not hold the judge


@dataclass(slots=True)
class WalledLine:
    """Three descriptors; a warden whose leash is dropped kills its child.

    See :class:`~grader.sandbox.launcher.Line`.
    """

    channel: socket.socket
    output: int
    leash: socket.socket
    release: Callable[[], None]  # gives the child's place back
    pid: int = 0  # the child's, as the host numbers it
    mute: bool = False  # the child has closed its output

    def await_wall(self) -> None:
        """Wait until the child stands behind its wall.

        Raises :class:`~grader.errors.SandboxError` where it does not get that far.
        """
        ready = False
        until = time.monotonic() + STARTING
        while not (ready and self.pid):
            message = self._hear(until)
            if message is None or "broken" in message or "ended" in message:
                reason = (message or {"broken": "its warden said nothing in time"}).get(
                    "broken", "the child ended before it stood there"
                )
                raise SandboxError(
                    f"the wall could not be built: {reason}\n  next: run 'grader doctor'"
                )
            ready = ready or "ready" in message
            self.pid = message.get("watching", self.pid)

    def wait(self, seconds: float, *, to_send: bool) -> None:
        """Wait until bytes can be sent, or have come; less long where something is printed."""
        poller = select.poll()
        poller.register(self.channel, select.POLLOUT if to_send else select.POLLIN)
        if not self.mute:
            poller.register(self.output, select.POLLIN)
        ready = dict(poller.poll(1000 * seconds))
        if self.output in ready:
            # Not at once for the next line: a loop that prints would keep the judge as busy.
            poller.unregister(self.output)
            poller.poll(PAUSE_MS)

    def send(self, data: memoryview) -> int:
        """Send the first bytes and return how many."""
        return self.channel.send(data)

    def receive_into(self, view: memoryview) -> int:
        """Take bytes that have come and return how many."""
        return self.channel.recv_into(view)

    def printed(self) -> bytes:
        """Return what the child has written since the last look, or the first part of it."""
        pieces: list[bytes] = []
        with contextlib.suppress(BlockingIOError):
            while not self.mute and len(pieces) < READS:
                pieces.append(os.read(self.output, CHUNK))
                self.mute = not pieces[-1]
        return b"".join(pieces)

    def last_words(self, seconds: float) -> dict[str, Any]:
        """Return the warden's account of the child's end, or ``{}`` where none comes in time."""
        until = time.monotonic() + seconds
        while (message := self._hear(until)) is not None:
            if "ended" in message:
                ended: dict[str, Any] = message["ended"]
                return ended
        return {}

    def end(self) -> dict[str, Any]:
        """Have the child ended and buried; return the account of that."""
        # A message that its reader leaves unread would cost the answer: ECONNRESET comes first.
        with contextlib.suppress(OSError):
            self.leash.shutdown(socket.SHUT_WR)
        return self.last_words(BURIAL)

    def close(self) -> None:
        """Drop everything."""
        self.channel.close()
        self.leash.close()
        os.close(self.output)
        self.release()

    def _hear(self, until: float) -> dict[str, Any] | None:
        self.leash.settimeout(max(0.001, until - time.monotonic()))
        with contextlib.suppress(OSError, ValueError):
            data = self.leash.recv(4096)
            message = json.loads(data) if data else None
            return message if isinstance(message, dict) else None
        return None


def cause_of_death(ended: Mapping[str, Any], limits: Limits) -> Fault:
    """Turn a warden's account into a fault with a sentence for the student."""
    number, code = ended.get("signal"), ended.get("exit")
    if ended.get("killed_for") == "memory":
        size = limits.memory / (1 << 30)
        return Fault(Verdict.MEMORY, "", f"Stopped: it used more than {size:.3g} GiB of memory.")
    if ended.get("killed_for") == "disk":
        room = f"{limits.scratch_bytes >> 20} MiB or {limits.scratch_inodes:,} files"
        return Fault(Verdict.CRASHED, "", f"Stopped: it left more than {room} in its folder.")
    if number is not None and ended.get("cpu_seconds", 0) >= limits.cpu_seconds:
        said = f"Stopped: it used all of its {limits.cpu_seconds} seconds of processor time."
        return Fault(Verdict.TIMEOUT, "", said)
    if ended.get("killed_for") == "judge":
        said = "It closed the connection on which its answer should have come."
    elif number is not None:
        name = signal.strsignal(number)
        known = f" ({name[0].lower()}{name[1:]})" if name else ""
        said = f"Its process was ended by signal {number}{known}."
    elif code == SPOILT:
        said = "It changed or closed what Python needs for sending an answer."
    elif code is not None:
        said = f"It ended its own process (exit code {code}) before it gave an answer."
    else:
        said = "Its process ended before it gave an answer."
    return Fault(Verdict.CRASHED, "", said)
