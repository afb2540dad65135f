"""The wall: a judge asks, a child answers, and only values come back."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.model import NOT_SANDBOXED, Source
from grader.sandbox.launcher import Launcher, has_walls
from grader.sandbox.plan import Limits
from grader.sandbox.preload import EVERYTHING
from grader.sandbox.session import Module, Session

__all__ = ["SAFE", "Limits", "Sandbox", "Session"]

SAFE = frozenset({"A", "B"})  # profiles that hold the code of strangers


class Sandbox:
    """What students' code runs in: children behind a wall, where the system has walls.

    Use it as a context manager.  ``threads`` caps the threads of TensorFlow in each child, so
    that time limits do not measure the neighbours.  ``preload`` names the modules that children
    find imported already; whatever else they import costs each of them its own time.  ``without``
    names layers of the wall that are not to be used: to try what holds where they are missing.
    ``walled`` is false for children that are merely processes of their own, as they are on every
    system but Linux: good enough for one's own work.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        threads: int | None = None,
        preload: Sequence[str] = EVERYTHING,
        without: Collection[str] = (),
        *,
        walled: bool | None = None,
    ) -> None:
        """Get ready to start children; what they need is imported while the judge goes on."""
        self.limits = limits or Limits()
        self.launcher: Launcher
        threads = threads or os.cpu_count() or 1
        if has_walls() if walled is None else walled:
            from grader.sandbox.fork_launcher import ForkLauncher

            self.launcher = ForkLauncher(self.limits, threads, preload, without)
        else:
            from grader.sandbox.spawn_launcher import SpawnLauncher

            self.launcher = SpawnLauncher(threads, preload)

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
        """Start no more children; those that there are end with their sessions."""
        self.launcher.close()

    @property
    def versions(self) -> dict[str, str]:
        """Versions of what children find imported."""
        return self.launcher.versions()

    @property
    def profile(self) -> str:
        """The wall that there is: "A", "B" or "C"."""
        return self.launcher.profile

    @property
    def description(self) -> str:
        """The profile of the wall and its layers, as reports state it."""
        layers = ", ".join(self.launcher.layers) or "no layers"
        said = f"profile {self.profile} ({layers})"
        return said if self.profile in SAFE else f"{NOT_SANDBOXED}: {said}"

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
        spawn = self.launcher.prepare(provided, private)
        return Session(Module(name, source, seed), self.limits, draws, spawn, on_progress)
