"""The process between server and child: it walls the child in, watches it, and buries it.

A warden runs no student code and is the child's parent, so its account of how the child ended
cannot be forged.  It talks to the judge over its leash; when the leash is dropped, because the
judge wants an end or has met its own, the child dies.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from grader.sandbox import cgroup, child, jail, scratch
from grader.sandbox.plan import Plan

POLL_MS = 20
LOOKS = 10  # between two measurements of the scratch folder, which take longer
SLACK = 64 << 20  # bytes: the resource limit comes first, since a MemoryError says where
READY = b"R"


def run(plan: Plan, channel: int, output: int, leash: int) -> NoReturn:
    """Start one child, watch it to its end and report that; never returns."""
    try:
        channel, output, leash = keep_only(channel, output, leash)
        limits = plan.limits
        cgroup.make(plan.groups, limits.memory + limits.scratch_bytes + SLACK, limits.processes)
        jail.warden_prepare(wall_of(plan))
        pid = os.fork()
        if pid == 0:
            inside(plan, channel, output, leash)
        os.close(channel)
        os.close(output)
        with contextlib.suppress(ProcessLookupError):  # the child may have failed already
            cgroup.move(plan.groups, pid)  # before the judge hears of it, and so before any code
        watch(pid, leash, plan)
    except BaseException as error:  # noqa: BLE001  the judge must hear of every failure of ours
        tell(leash, {"broken": f"{type(error).__name__}: {error}"})
    os._exit(0)


def inside(plan: Plan, channel: int, output: int, leash: int) -> NoReturn:
    """Become the child: enter the wall, forget what was inherited, answer the judge."""
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        jail.enter(wall_of(plan))
        forget_the_server(plan)
        tell(leash, {"ready": os.getpid()})
        os.close(leash)
    except BaseException as error:  # noqa: BLE001
        tell(leash, {"broken": f"{type(error).__name__}: {error}"})
        os._exit(70)
    try:
        child.serve(socket.socket(fileno=channel))
    except BaseException:  # noqa: BLE001  the student's code may have changed anything
        child.leave(child.SPOILT)
    child.leave(0)


def forget_the_server(plan: Plan) -> None:
    """Reset what a fork inherits: environment, paths, cached folders, signals, buffers."""
    os.environ.clear()
    os.environ.update(plan.environment)
    os.chdir(plan.scratch)
    tempfile.tempdir = None
    sys.path.insert(0, plan.scratch)
    sys.argv = [""]
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(one, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    # By lines: what was printed before a child is killed is what its author needs to see.
    sys.stdout, sys.stderr = (
        open(number, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        for number in (1, 2)
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]


def watch(pid: int, leash: int, plan: Plan) -> None:
    """Wait for the child's end, the judge's wish for one, or too much of something; then report."""
    handle = os.pidfd_open(pid)
    poller = select.poll()
    poller.register(handle, select.POLLIN)
    poller.register(leash, select.POLLIN | select.POLLHUP)
    shared = resident(pid)  # pages of the server that the child has not copied
    killed_for = ""
    tell(leash, {"watching": pid})
    for look in itertools.count():
        events = dict(poller.poll(POLL_MS))
        if handle in events:
            break
        if leash in events:
            killed_for = "judge"
        elif resident(pid) - shared > plan.limits.memory:
            killed_for = "memory"
        elif look % LOOKS == 0 and fills_disk(plan):
            killed_for = "disk"
        else:
            continue
        os.kill(pid, signal.SIGKILL)
        break
    _, status, usage = os.wait4(pid, 0)
    if not killed_for and cgroup.ran_out(plan.groups):
        killed_for = "memory"
    bury_descendants()
    cgroup.remove(plan.groups)
    if "mount" not in plan.layers:
        scratch.remove(plan.scratch)
    tell(leash, {"ended": account(status, usage, killed_for)})


def fills_disk(plan: Plan) -> bool:
    """Tell whether the child has filled its folder, where no mount of its own stops it."""
    limits = plan.limits
    return "mount" not in plan.layers and scratch.is_full(
        plan.scratch, limits.scratch_bytes, limits.scratch_inodes
    )


def account(status: int, usage: resource.struct_rusage, killed_for: str) -> dict[str, Any]:
    """Say how the child ended, in words that a judge can turn into a verdict."""
    code = os.waitstatus_to_exitcode(status)
    return {
        "exit": code if code >= 0 else None,
        "signal": -code if code < 0 else None,
        "killed_for": killed_for,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * 1024,
    }


def bury_descendants() -> None:
    """Kill and reap what outlives the child where no pid namespace does it."""
    with contextlib.suppress(ChildProcessError, OSError):
        while True:
            for pid in descendants():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            os.waitpid(-1, 0)


def descendants() -> list[int]:
    """Return the pids of this process's children."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in children.read_text(encoding="ascii").split()]


def resident(pid: int) -> int:
    """Return the anonymous and shared memory of a process, in bytes; 0 once it is gone."""
    total = 0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                total += int(line.split()[1]) * 1024
    return total


def keep_only(*descriptors: int) -> tuple[int, ...]:
    """Close every descriptor but these, and give them the numbers from 3 on."""
    os.closerange(0, 3)
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        if number != null:
            os.dup2(null, number)
    high = [os.dup2(one, 200 + n) for n, one in enumerate(descriptors)]
    os.closerange(3, 200)
    kept = tuple(os.dup2(one, 3 + n, inheritable=False) for n, one in enumerate(high))
    os.closerange(3 + len(kept), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return kept


def tell(leash: int, message: dict[str, Any]) -> None:
    """Send the judge one line."""
    with contextlib.suppress(OSError):
        os.write(leash, json.dumps(message).encode() + b"\n")


def wall_of(plan: Plan) -> jail.Wall:
    """Return the jail's view of a plan."""
    limits = plan.limits
    return jail.Wall(
        scratch=plan.scratch,
        scratch_bytes=limits.scratch_bytes,
        scratch_inodes=limits.scratch_inodes,
        provided=plan.provided,
        readable=plan.readable,
        memory=limits.memory,
        cpu_seconds=limits.cpu_seconds,
        file_bytes=limits.file_bytes,
        descriptors=limits.descriptors,
        processes=limits.processes,
        slot=plan.slot,
        layers=frozenset(plan.layers),
        covered=plan.covered,
    )
