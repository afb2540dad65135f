"""Children without a wall: a process of its own for each, which a deadline can end.

For systems that have no walls, and for one's own work alone.  Values cross by the same frames as
through the wall, over a connection inside the machine: no other kind exists everywhere.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import os
import platform
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.sandbox.launcher import libraries
from grader.sandbox.spawn_line import SpawnedLine

CHILD = "grader.sandbox.spawned"
HERE = "127.0.0.1"


class SpawnLauncher:
    """Starts a Python for each child; see :class:`~grader.sandbox.launcher.Launcher`."""

    profile = "C"
    layers: tuple[str, ...] = ()

    def __init__(self, threads: int, preload: Sequence[str]) -> None:
        """Remember what each child has to import before it is asked anything."""
        self._threads = threads
        self._preload = tuple(preload)

    def versions(self) -> dict[str, str]:
        """Return the versions of Python and of what children import."""
        found = {"python": platform.python_version()}
        for name in self._preload:
            top = name.partition(".")[0]
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):
                found[top] = importlib.metadata.version(top)
        return found

    def prepare(
        self,
        provided: tuple[Path, ...],
        private: tuple[Path, ...],  # noqa: ARG002  nothing is out of reach here
    ) -> Callable[[], SpawnedLine]:
        """Return what starts a child beside these files."""
        return functools.partial(self._spawn, provided)

    def close(self) -> None:
        """Do nothing: between two children nothing runs."""

    def _spawn(self, provided: tuple[Path, ...]) -> SpawnedLine:
        folder = tempfile.mkdtemp(prefix="grader-")
        for path in provided:
            if path.is_dir():
                shutil.copytree(path, Path(folder, path.name))
            else:
                shutil.copyfile(path, Path(folder, path.name))
        listener = socket.create_server((HERE, 0))
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-m", CHILD, str(listener.getsockname()[1]), *self._preload],
            env=os.environ | libraries(self._threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            start_new_session=True,  # Ctrl-C is the judge's to answer
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        # Others on this machine may knock; whoever knows the token is the child.
        return SpawnedLine(process, listener, secrets.token_hex().encode(), folder)
