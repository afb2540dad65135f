"""How much time a student's code has for one check: only waiting for that code uses it up."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True)
class Budget:
    """Seconds on the clock, and of processor time where that is limited as well.

    A child may have used much of both before, for loading the module and for other checks:
    only what passes between :meth:`start` and :meth:`stop` counts.
    """

    seconds: float
    cpu_seconds: float | None = None
    used: float = 0.0
    cpu_used: float = 0.0
    pid: int = 0  # the child that is waited for
    since: float | None = None  # when the wait that is under way began
    cpu_since: float = 0.0

    def start(self, pid: int) -> None:
        """Begin to wait for a child."""
        self.pid, self.since = pid, time.monotonic()
        self.cpu_since = 0.0 if self.cpu_seconds is None else cpu_seconds(pid)

    def stop(self) -> None:
        """End the wait and count it."""
        self.used, self.cpu_used = self.seconds - self.left, self._cpu()
        self.since = None

    @property
    def left(self) -> float:
        """Seconds that remain."""
        waiting = 0.0 if self.since is None else time.monotonic() - self.since
        return self.seconds - self.used - waiting

    @property
    def overrun(self) -> str:
        """The limit that is used up, as a sentence has it, or ``""``."""
        if self.left <= 0:
            return f"{self.seconds:g} seconds"
        if self.cpu_seconds is not None and self._cpu() > self.cpu_seconds:
            return f"{self.cpu_seconds:g} seconds of processor time"
        return ""

    def _cpu(self) -> float:
        if self.cpu_seconds is None or self.since is None:
            return self.cpu_used
        return self.cpu_used + max(0.0, cpu_seconds(self.pid) - self.cpu_since)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, in seconds; 0 where it is gone."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        # See proc_pid_stat(5): utime and stime are the 14th and 15th; a name may hold spaces.
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
    return 0.0
