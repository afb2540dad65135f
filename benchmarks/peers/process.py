"""One command under watch: how long it takes, how much processor time, how much memory."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PR_SET_CHILD_SUBREAPER = 36
KEPT = 4000  # characters of what a command prints
POLL = 0.02  # seconds between looks at a command
LOOK = 0.1  # seconds between looks at its memory, which costs a millisecond a process


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and where."""

    words: Sequence[str]
    folder: Path
    programs: Path = Path(sys.executable).parent  # bin/ of the environment to be active

    @property
    def environment(self) -> dict[str, str]:
        """The variables of an activated environment."""
        return {**os.environ, "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}"}


@dataclass(frozen=True, slots=True)
class Run:
    """What came of some commands, one after the other."""

    seconds: float
    cpu: float  # user and system seconds of every process that they started
    peak: float | None  # MiB of all processes together, shared pages counted once
    codes: tuple[int | None, ...]  # exit codes; None where time was up
    output: str  # the end of what they printed

    @property
    def in_time(self) -> bool:
        """Tell whether every command came to its own end."""
        return None not in self.codes


def adopt() -> None:
    """Make this process the parent of orphans: their time counts, and none outlives a SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(
    commands: Sequence[Command], seconds: float, data: int | None = None, *, memory: bool = False
) -> Run:
    """Run commands in order, the lot of them for so many seconds at most.

    ``data`` is a limit on each process's memory in bytes (RLIMIT_DATA).  ``memory`` asks for the
    peak, which disturbs the times a little.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    codes: list[int | None] = []
    peak = 0.0
    with tempfile.TemporaryFile() as output:
        for command in commands:
            code, most = _one(command, begun + seconds, data, output.fileno(), memory=memory)
            codes.append(code)
            peak = max(peak, most)
        taken = time.monotonic() - begun
        output.seek(0)
        said = output.read().decode(errors="replace")[-KEPT:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(taken, cpu, peak if memory else None, tuple(codes), said)


def _one(
    command: Command, until: float, data: int | None, output: int, *, memory: bool
) -> tuple[int | None, float]:
    def limit() -> None:
        if data:
            resource.setrlimit(resource.RLIMIT_DATA, (data, data))

    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=limit,  # noqa: PLW1509  this process has one thread
    )
    peak, looked = 0.0, 0.0
    try:
        while (code := process.poll()) is None and time.monotonic() < until:
            if memory and time.monotonic() - looked > LOOK:
                looked = time.monotonic()
                peak = max(peak, sum(map(_proportional, _below(process.pid))))
            time.sleep(POLL)
    finally:
        bury()
    return code, peak


def bury() -> None:
    """End whatever is left and wait for it: a measured command leaves nothing running."""
    while True:
        for child in psutil.Process().children(recursive=True):
            try:
                child.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _below(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _proportional(process: psutil.Process) -> float:
    """Return a process's share of memory in MiB: a page that n processes share counts 1/n."""
    try:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return (
        next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    )
