"""The wall: a judge asks, a fork server forks, a child answers, and only values come back."""

from __future__ import annotations

import functools
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from platformdirs import user_cache_path

from grader.carried import CARRIED
from grader.errors import SandboxError
from grader.model import Source
from grader.sandbox import jail, scratch
from grader.sandbox.line import Line
from grader.sandbox.plan import SCRATCH, Limits, Plan, exposed, readable
from grader.sandbox.preload import EVERYTHING
from grader.sandbox.session import Module, Session

__all__ = ["SAFE", "Limits", "Sandbox", "Session"]

SAFE = frozenset({"A", "B"})  # profiles that hold the code of strangers

SERVER = "grader.sandbox.forkserver"
SERVER_START = 180.0  # seconds: TensorFlow's first import on a cold, loaded disk is slow


class Sandbox:
    """A running fork server and the wall that its children stand behind.

    Use it as a context manager.  ``threads`` caps the threads of TensorFlow in each child, so
    that time limits do not measure the neighbours.  ``preload`` names the modules that children
    find imported already; whatever else they import costs each of them its own time.  ``without``
    names layers of the wall that are not to be used: to try what holds where they are missing.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        threads: int | None = None,
        preload: Sequence[str] = EVERYTHING,
        without: Collection[str] = (),
    ) -> None:
        """Start the fork server; it imports what it must while the judge goes on."""
        self.limits = limits or Limits()
        self.missing = jail.probe() | dict.fromkeys(without, "left out on request")
        works = {layer for layer, fault in self.missing.items() if not fault}
        self.layers = tuple(sorted(works - {"cgroup"}))  # limits and polling hold memory so far
        self.profile = jail.profile(frozenset(self.layers))
        self._threads = threads or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._slots: set[int] = set()
        self._first_slot = os.getpid()  # two judges at once use different spare users
        self._versions: dict[str, str] | None = None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed with the server
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-m", SERVER, str(theirs.fileno()), *preload],
                env=environment(cache(), self._threads),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                cwd="/",
            )

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
        """Stop the server; its children end with their sessions."""
        self._control.close()
        self._errors.close()
        try:
            self._server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    @property
    def versions(self) -> dict[str, str]:
        """Versions of what the server imported; waits until it has."""
        with self._lock:
            return dict(self._ready())

    @property
    def description(self) -> str:
        """The profile of the wall and its layers, as reports state it."""
        return f"profile {self.profile} ({', '.join(self.layers) or 'no layers'})"

    def open(
        self,
        name: str,
        source: Source,
        *,
        provided: tuple[Path, ...] = (),
        private: tuple[Path, ...] = (),
        seed: int = 0,
        draws: int = 0,
        on_progress: Callable[[str], None] | None = None,
    ) -> Session:
        """Return a session for a student's text under a module name; no child runs yet.

        ``provided`` files lie beside the module, read-only.  ``private`` folders must not be read,
        even where they lie among what Python needs.  ``seed`` is the student's, who may
        learn it; ``draws`` is the judge's own and never crosses.
        """
        files = tuple((str(path.resolve()), path.name) for path in provided)
        open_to_all = exposed(private)
        if open_to_all and "mount" not in self.layers:
            raise SandboxError(
                f"{open_to_all[0]} lies where students' code may read, and this machine cannot "
                "hide it\n  next: move the course into a folder of your own"
            )
        covered = (*open_to_all, *exposed([CARRIED]))
        spawn = functools.partial(self._spawn, files, covered)
        return Session(Module(name, source, seed), self.limits, draws, spawn, on_progress)

    def _spawn(self, provided: tuple[tuple[str, str], ...], covered: tuple[str, ...]) -> Line:
        with self._lock:
            self._ready()
            slot = next(n for n in range(jail.UIDS) if n not in self._slots)
            self._slots.add(slot)
            home = SCRATCH if "mount" in self.layers else scratch.make()

            def release() -> None:
                self._slots.discard(slot)
                if home != SCRATCH:
                    scratch.remove(home)  # its warden has done so, unless that was killed

            plan = Plan(
                self.limits,
                self.layers,
                (slot + self._first_slot) % jail.UIDS,
                provided,
                readable(),
                environment(home, self._threads),
                home,
                covered,
            )
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
            leash, held = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            output, printed = os.pipe()
            os.set_blocking(output, False)
            line = Line(ours, output, leash, release)
            with theirs, held:
                try:
                    descriptors = [theirs.fileno(), printed, held.fileno()]
                    socket.send_fds(self._control, [plan.to_json().encode()], descriptors)
                    self._hear()
                except (OSError, SandboxError) as error:
                    line.close()
                    raise SandboxError(f"no child could be started: {error}") from error
                finally:
                    os.close(printed)
            return line

    def _ready(self) -> dict[str, str]:
        if self._versions is None:
            self._versions = dict(self._hear()["versions"])
        return self._versions

    def _hear(self) -> dict[str, Any]:
        self._control.settimeout(SERVER_START)
        try:
            data = self._control.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            raise SandboxError(f"the fork server ended: {self._last_error()}")
        message: dict[str, Any] = json.loads(data)
        return message

    def _last_error(self) -> str:
        self._server.kill()
        self._errors.seek(0)
        text = self._errors.read().decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"


def cache() -> str:
    """Return a folder of the user's own where libraries keep what they work out once."""
    try:
        return str(user_cache_path("grader", ensure_exists=True))
    except (OSError, RuntimeError):  # it cannot be made, or nobody knows where home is
        return tempfile.gettempdir()


def environment(folder: str, threads: int) -> dict[str, str]:
    """Return the whole environment of a server or a child: nothing is inherited.

    ``folder`` is home and the place for temporary files.
    """
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "MPLBACKEND": "Agg",
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "TF_NUM_INTEROP_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
