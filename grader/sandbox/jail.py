"""The wall around one submission: the order in which a process gives up what it could do.

Mounts need a privilege, changing the user drops it, Landlock forbids mounts and seccomp forbids
nearly all of these calls: so this order and no other.  Whatever fails stops the process, before a
line of the student's code has run.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SandboxError
from grader.sandbox import kernel, landlock, seccomp
from grader.sandbox.layers import FIRST_UID, UIDS, probe, profile
from grader.sandbox.namespaces import (
    DEVICES,
    INSIDE_UID,
    NAMESPACES,
    SHARED_MEMORY,
    build_root,
    leave,
)

__all__ = ["UIDS", "JailError", "Wall", "enter", "probe", "profile", "warden_prepare"]

_PROC_FILES = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat")
_NICE = 10  # the judge goes first
_SPARE_BYTES, _THREAD_BYTES = 1536 << 20, 80 << 20  # address space, not memory: measured


class JailError(SandboxError):
    """A layer of the wall could not be put up."""

    def __init__(self, layer: str, reason: object) -> None:
        """Name the layer and what went wrong."""
        super().__init__(f"the layer {layer!r} of the wall failed: {reason}")
        self.layer = layer


@dataclass(frozen=True, slots=True)
class Wall:
    """What the jail shall be."""

    scratch: str  # the child's folder: inside, or an existing one where there is no mount layer
    scratch_bytes: int
    scratch_inodes: int
    provided: tuple[tuple[str, str], ...]  # (host path, name in scratch), read-only
    readable: tuple[str, ...]  # host paths, read-only at the same place: Python and its packages
    memory: int  # bytes, beyond what the child inherits
    cpu_seconds: int
    file_bytes: int  # of one file
    descriptors: int
    processes: int  # threads, in effect: the wall allows no second process
    slot: int  # which spare user id; one child at a time
    layers: frozenset[str]  # those that `probe` found to work
    covered: tuple[str, ...] = ()  # folders in readable ones that are to be empty inside


def warden_prepare(wall: Wall) -> None:
    """Leave the host's namespaces; the next child that is forked is the first process of its own.

    Called in the warden, which has one thread and is no group leader yet.  From here on it dies
    with its parent and nobody may look into its memory.

    Raises:
        JailError: a layer that `wall` names does not work.
    """
    with _layer("session"):
        os.setsid()
        _die_with_parent()
    for name in NAMESPACES:
        # A new root would be the warden's too, and hide from it how much memory the child has.
        if name in wall.layers and name != "mount":
            with _layer(name):
                leave(name)
    with _layer("session"):
        # Only now: who is not dumpable may not write the maps of a user namespace.
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)


def enter(wall: Wall) -> None:
    """Put the wall around this process, layer by layer; there is no way back.

    Called in the child of a process that went through `warden_prepare`.  Descriptors that are
    open stay usable: the caller must have closed all but those that the student may have.

    Raises:
        JailError: a layer that `wall` names does not work, or a path of `wall` does not exist.
    """
    with _layer("session"):
        os.setsid()  # out of the warden's group: a signal to all of the own group stays inside
        limits = _limits(wall)
    os.umask(0o022)
    _check(wall)
    uid = _identity(wall)
    with _layer("mount"):
        _furnish(wall, uid)
        os.chdir(wall.scratch)
    if "uts" in wall.layers:
        with _layer("uts"):
            socket.sethostname("sandbox")
    with _layer("uid" if "uid" in wall.layers else "user"):
        _drop_privileges(wall, uid)
    with _layer("rlimits"):
        os.nice(_NICE)
        for what, value in limits.items():
            kernel.limit(what, value)
    with _layer("landlock"):
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if "landlock" in wall.layers:
            landlock.restrict(_rules(wall))
    with _layer("seccomp"):
        _die_with_parent()  # again: a change of user clears it
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        if "seccomp" in wall.layers:
            alone = wall.layers >= {"mount", "pid", "net", "ipc"}
            seccomp.install(own_pid=None if alone else os.getpid())


@contextmanager
def _layer(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise JailError(name, error) from error


def _die_with_parent() -> None:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def _check(wall: Wall) -> None:
    if not 0 <= wall.slot < UIDS:
        raise JailError("uid", f"slot {wall.slot} is not one of the {UIDS} spare user ids")
    names = [Path(wall.scratch, name) for _, name in wall.provided]
    for path in (*map(Path, wall.readable), *names):
        if ".." in path.parts or not path.is_absolute():
            raise JailError("mount", f"{path} is no plain absolute path")
    for path in names:
        if Path(wall.scratch) not in path.parents:
            raise JailError("mount", f"the provided file {path} lies outside {wall.scratch}")


def _identity(wall: Wall) -> int:
    """Return the user id, and group id, that the student's code runs as, as it sees it."""
    if "uid" in wall.layers:
        return FIRST_UID + wall.slot
    return INSIDE_UID if "user" in wall.layers else os.getuid()


def _furnish(wall: Wall, uid: int) -> None:
    """Make the folders that the student's code finds."""
    if "mount" in wall.layers:
        leave("mount")
        bound = {path: path for path in wall.readable}
        bound |= {f"{wall.scratch}/{name}": host for host, name in wall.provided}
        size = f"size={wall.scratch_bytes},nr_inodes={wall.scratch_inodes}"
        options = f"{size},mode=700,uid={uid},gid={uid}"
        build_root(bound, wall.scratch, options, uid, wall.covered)
        return
    for host, name in wall.provided:
        target = Path(wall.scratch, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if Path(host).is_dir():
            shutil.copytree(host, target)
        else:
            shutil.copyfile(host, target)
    if "uid" in wall.layers:
        os.chown(wall.scratch, uid, uid)


def _drop_privileges(wall: Wall, uid: int) -> None:
    if wall.layers & {"uid", "user"}:
        kernel.drop_bounding_set()  # needs a capability that the change of user takes away
    if "uid" in wall.layers:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    kernel.drop_capabilities()


def _limits(wall: Wall) -> dict[int, int]:
    """Return resource limits, on top of what this process already holds.

    RLIMIT_DATA gives students a clean MemoryError; RLIMIT_AS only stops shared memory, and must
    leave room for the stacks and arenas of TensorFlow's threads, which are mostly never touched.
    """
    if "rlimits" not in wall.layers:
        return {}
    sizes = Path("/proc/self/statm").read_text(encoding="utf-8").split()
    space, data = (int(sizes[n]) * resource.getpagesize() for n in (0, 5))
    threads = (os.cpu_count() or 1) * _THREAD_BYTES
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: wall.cpu_seconds,
        resource.RLIMIT_DATA: data + wall.memory,
        resource.RLIMIT_AS: space + wall.memory + _SPARE_BYTES + threads,
        resource.RLIMIT_FSIZE: wall.file_bytes,
        resource.RLIMIT_NOFILE: wall.descriptors,
    }
    if wall.layers & {"uid", "user"}:  # otherwise it would count all that the user runs
        limits[resource.RLIMIT_NPROC] = wall.processes
    return limits


def _rules(wall: Wall) -> Iterator[tuple[str, int]]:
    """List what Landlock leaves: the same with and without a root folder of its own."""
    for path in (*wall.readable, *_PROC_FILES):
        yield path, landlock.READ
    yield wall.scratch, landlock.WRITE
    for path in DEVICES:
        yield path, landlock.WRITE
    if "mount" in wall.layers:
        yield "/etc/passwd", landlock.READ
        yield SHARED_MEMORY, landlock.WRITE
