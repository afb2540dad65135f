"""Children behind the wall: a fork server imports what they need once and forks each of them."""

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
from typing import Any

from platformdirs import user_cache_path

from grader.carried import CARRIED
from grader.errors import SandboxError
from grader.sandbox import cgroup, jail, scratch
from grader.sandbox.launcher import STARTING, libraries
from grader.sandbox.line import WalledLine
from grader.sandbox.plan import SCRATCH, Limits, Plan, exposed, first_closed, readable

SERVER = "grader.sandbox.forkserver"

_SLOTS: set[int] = set()  # spare users that children have, whichever server they come from
_CHOOSING = threading.Lock()


class ForkLauncher:
    """A running fork server; see :class:`~grader.sandbox.launcher.Launcher`."""

    def __init__(
        self, limits: Limits, threads: int, preload: Sequence[str], without: Collection[str]
    ) -> None:
        """Start the fork server; it imports what it must while the judge goes on."""
        missing = jail.probe() | dict.fromkeys(without, "left out on request")
        self.layers = tuple(sorted(layer for layer, fault in missing.items() if not fault))
        self.profile = jail.profile(frozenset(self.layers))
        self._homes = cgroup.homes() if "cgroup" in self.layers else ()
        cgroup.sweep(self._homes)
        self._limits = limits
        self._threads = threads
        self._lock = threading.Lock()
        self._first_slot = os.getpid()  # two judges at once use different spare users
        self._versions: dict[str, str] | None = None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed with the server
        with theirs:
            self.server = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-m", SERVER, str(theirs.fileno()), *preload],
                env=environment(cache(), threads),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
                cwd="/",
            )

    def close(self) -> None:
        """Stop the server; its children end with their sessions."""
        self._control.close()
        self._errors.close()
        try:
            self.server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()

    def versions(self) -> dict[str, str]:
        """Return the versions of what the server imported; waits until it has."""
        with self._lock:
            return dict(self._ready())

    def prepare(
        self, provided: tuple[Path, ...], private: tuple[Path, ...]
    ) -> Callable[[], WalledLine]:
        """Return what starts a child beside these files and out of reach of these folders."""
        files = tuple((str(path.resolve()), path.name) for path in provided)
        open_to_all = exposed(private)
        if open_to_all and "mount" not in self.layers:
            raise SandboxError(
                f"{open_to_all[0]} lies where students' code may read, and this machine cannot "
                "hide it\n  next: move the course into a folder of your own"
            )
        self._require_reachable()
        return functools.partial(self._spawn, files, (*open_to_all, *exposed([CARRIED])))

    def _spawn(self, provided: tuple[tuple[str, str], ...], covered: tuple[str, ...]) -> WalledLine:
        with self._lock:
            self._ready()
            slot = take_slot()
            home = SCRATCH if "mount" in self.layers else scratch.make()
            groups = cgroup.name_groups(self._homes)

            def release() -> None:
                _SLOTS.discard(slot)
                cgroup.remove(groups)  # its warden has done both, unless that was killed
                if home != SCRATCH:
                    scratch.remove(home)

            plan = Plan(
                self._limits,
                self.layers,
                (slot + self._first_slot) % jail.UIDS,
                provided,
                readable(),
                environment(home, self._threads),
                home,
                covered,
                groups,
            )
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
            leash, held = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            output, printed = os.pipe()
            os.set_blocking(output, False)
            ours.settimeout(0)
            line = WalledLine(ours, output, leash, release)
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
        self._control.settimeout(STARTING)
        try:
            data = self._control.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            raise SandboxError(f"the fork server ended: {self._last_error()}")
        message: dict[str, Any] = json.loads(data)
        return message

    def _last_error(self) -> str:
        self.server.kill()
        self._errors.seek(0)
        text = self._errors.read().decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"

    def _require_reachable(self) -> None:
        """Refuse where a spare user could not reach Python and has no root folder of its own."""
        if "uid" not in self.layers or "mount" in self.layers:
            return
        closed = next(filter(None, map(first_closed, map(Path, readable()))), None)
        if closed:
            raise SandboxError(
                f"{closed} is closed to other users, and the Python that runs students' code lies "
                "below it\n  next: run the grader as an ordinary user, use a Python outside "
                f"{closed}, or let others pass through (chmod o+x {closed})"
            )


def take_slot() -> int:
    """Return a spare user that no child of this process has."""
    with _CHOOSING:
        slot = next(n for n in range(jail.UIDS) if n not in _SLOTS)
        _SLOTS.add(slot)
        return slot


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
    own = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}
    return own | libraries(threads)
