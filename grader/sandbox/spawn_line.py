"""The judge's ends of what it shares with a child that has no wall: a connection and two pipes."""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import select
import shutil
import signal
import socket
import subprocess
import threading
import time
from typing import IO, Any

from grader.errors import SandboxError
from grader.sandbox.launcher import STARTING

LOOK = 0.2  # seconds between looks whether a child that is starting still lives
CHUNK = 1 << 16
CHUNKS = 64  # of output that wait to be taken; then the child waits, as it would with a pipe
LAST = 1.0  # seconds that the last output has to arrive


class SpawnedLine:
    """A process, the connection to it and its output; see :class:`~grader.sandbox.launcher.Line`.

    Its standard input is its leash: when the judge drops that, or has met its end, it ends.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], listener: socket.socket, token: bytes, folder: str
    ) -> None:
        """Send the token to a process that was just started and begin to take its output."""
        self.pid = process.pid
        self._process = process
        self._socket = listener
        self._token = token
        self._folder = folder
        self._killed = False
        self._waiting: queue.Queue[bytes] = queue.Queue(CHUNKS)
        self._closed = threading.Event()
        leash, output = process.stdin, process.stdout
        if leash is None or output is None:
            raise SandboxError("a process was started without pipes")
        self._leash = leash
        self._drain = threading.Thread(target=self._take, args=[output], daemon=True)
        self._drain.start()
        with contextlib.suppress(OSError):  # it may have ended already
            leash.write(token + b"\n")
            leash.flush()

    def await_wall(self) -> None:
        """Wait until the child has imported what it must and shows the token."""
        listener, until = self._socket, time.monotonic() + STARTING
        listener.settimeout(LOOK)
        with listener:
            while self._process.poll() is None and time.monotonic() < until:
                with contextlib.suppress(OSError):
                    channel, _ = listener.accept()
                    channel.settimeout(LOOK)
                    said = channel.recv(len(self._token))
                    if secrets.compare_digest(said, self._token):
                        channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        channel.settimeout(0)
                        self._socket = channel
                        return
                    channel.close()
        self.end()
        last = self.printed().decode(errors="replace").strip().rpartition("\n")[2]
        raise SandboxError(f"a process for the code did not start: {last or 'it said nothing'}")

    def wait(self, seconds: float, *, to_send: bool) -> None:
        """Wait until bytes can be sent, or have come."""
        one = [self._socket]
        select.select([] if to_send else one, one if to_send else [], [], seconds)

    def send(self, data: memoryview) -> int:
        """Send the first bytes and return how many."""
        return self._socket.send(data)

    def receive_into(self, view: memoryview) -> int:
        """Take bytes that have come and return how many."""
        return self._socket.recv_into(view)

    def printed(self) -> bytes:
        """Return what the child has written since the last look, or the first part of it."""
        pieces: list[bytes] = []
        with contextlib.suppress(queue.Empty):
            while len(pieces) < CHUNKS:
                pieces.append(self._waiting.get_nowait())
        return b"".join(pieces)

    def last_words(self, seconds: float) -> dict[str, Any]:
        """Return how the process ended, or ``{}`` where it does not end in time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(seconds)
            self._drain.join(LAST)
            return {
                "exit": code if code >= 0 else None,
                "signal": -code if code < 0 else None,
                "killed_for": "judge" if self._killed else "",
            }
        return {}

    def end(self) -> dict[str, Any]:
        """Kill the process, and where the system has groups of processes what it started."""
        self._killed = self._process.poll() is None
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        return self.last_words(LAST)

    def close(self) -> None:
        """Drop everything."""
        self._closed.set()
        self._socket.close()
        with contextlib.suppress(OSError):
            self._leash.close()
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _take(self, output: IO[bytes]) -> None:
        with output:
            while data := os.read(output.fileno(), CHUNK):
                while not self._closed.is_set():
                    with contextlib.suppress(queue.Full):
                        self._waiting.put(data, timeout=LOOK)
                        break
