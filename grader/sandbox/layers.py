"""Which layers of the wall work on this machine, found by trying each one."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import pwd
import resource
import socket
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

from grader.sandbox import cgroup, kernel, landlock, seccomp
from grader.sandbox.namespaces import NAMESPACES, keep_mounts_private, leave

# Regular users end at 60000; systemd's table of user ids (docs/UIDS-GIDS.md) has nothing from 60578
# to 61183, Debian's register (base-passwd, README) nothing from 60000 to 63433; and a container
# that maps the usual 65536 ids still has these.
FIRST_UID = 60600
UIDS = 500

_TRIAL_BYTES, _TRIAL_TASKS = 1 << 30, 16


def profile(layers: frozenset[str]) -> str:
    """Name the wall that these layers make.

    "A": the submission has a view of the machine of its own.  "B": it sees the host, but Landlock
    and seccomp keep its hands off.  "C": neither; code of strangers must not run.
    """
    root = os.geteuid() == 0
    always = {"seccomp", "rlimits"}
    own_view = {*NAMESPACES, "mount_setattr"} - {"user"} | {"uid" if root else "user"}
    if layers >= always | own_view:
        return "A"
    return "B" if layers >= always | {"landlock"} | ({"uid"} if root else set()) else "C"


def probe() -> dict[str, str]:
    """Try each layer in a process of its own; return why not, or "" where it works, by layer.

    Versions prove nothing: a security policy can let a namespace be made and then forbid its use.
    """
    trials: dict[str, Callable[[], None]] = {
        **{name: partial(_try_namespace, name) for name in NAMESPACES},
        "mount": _try_mount,
        "mount_setattr": _try_mount_setattr,
        "pid": _try_pid,
        "landlock": _try_landlock,
        "seccomp": _try_seccomp,
        "uid": _try_uid,
        "rlimits": _try_rlimits,
        "cgroup": _try_cgroup,
    }
    root = os.geteuid() == 0
    needless = {"user": "root needs none"} if root else {"uid": "only root can change its user id"}
    return {name: needless.get(name) or _tried(trial) for name, trial in trials.items()}


def _tried(trial: Callable[[], None]) -> str:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of forks beside threads: the child makes a few system calls and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            trial()
        except BaseException as error:  # noqa: BLE001  whatever it is, it is the answer
            os.write(writing, (str(error) or type(error).__name__).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as answer:
        reason = answer.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return reason if code == 0 else f"the trial ended with code {code}"


def _try_namespace(name: str) -> None:
    if name != "user" and os.geteuid() != 0:
        leave("user")
    leave(name)


def _try_mount() -> None:
    _try_namespace("mount")
    keep_mounts_private()
    base = "/tmp"  # noqa: S108
    kernel.mount("tmpfs", base, "tmpfs", 0, "size=1m")
    kernel.make_root(base)
    if any(Path("/").iterdir()):
        raise OSError("the old root can still be seen")


def _try_mount_setattr() -> None:
    _try_namespace("mount")
    tree = kernel.clone_mount("/dev", kernel.ATTR_RDONLY)
    if not os.fstatvfs(tree).f_flag & os.ST_RDONLY:
        raise OSError("a mount that was made read-only is writable")


def _try_pid() -> None:
    _try_namespace("pid")
    pid = os.fork()
    if pid == 0:
        os._exit(0 if os.getpid() == 1 else 1)
    if os.waitpid(pid, 0)[1] != 0:
        raise OSError("a child in a new namespace is not its first process")


def _try_landlock() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict([("/dev/null", landlock.READ)])
    Path("/dev/null").read_bytes()
    _must_refuse(partial(os.open, "/dev/zero", os.O_RDONLY), "reading a file that is not listed")


def _try_seccomp() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(own_pid=None)
    _must_refuse(partial(socket.socket, socket.AF_INET), "opening a network socket")


def _try_uid() -> None:
    try:
        name = pwd.getpwuid(FIRST_UID).pw_name
    except KeyError:
        pass
    else:
        raise OSError(f"user id {FIRST_UID} belongs to {name}")
    os.setgroups([])
    os.setresgid(FIRST_UID, FIRST_UID, FIRST_UID)
    os.setresuid(FIRST_UID, FIRST_UID, FIRST_UID)
    _must_refuse(partial(os.setuid, 0), "becoming root again")


def _try_rlimits() -> None:
    kernel.limit(resource.RLIMIT_DATA, _TRIAL_BYTES)
    try:
        mmap.mmap(-1, 2 * _TRIAL_BYTES, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            return
        raise
    raise OSError("memory above the limit was given")


def _try_cgroup() -> None:
    """Have a process move into groups with limits: the only proof that they can be used."""
    groups = cgroup.name_groups(cgroup.homes())
    try:
        cgroup.make(groups, _TRIAL_BYTES, _TRIAL_TASKS)
        pid = os.fork()
        if pid == 0:
            code = 1
            with contextlib.suppress(OSError):
                cgroup.move(groups, os.getpid())
                code = 0
            os._exit(code)
        if os.waitpid(pid, 0)[1] != 0:
            raise OSError("a process may not move into a group of its own")
    finally:
        cgroup.remove(groups)


def _must_refuse(action: Callable[[], object], what: str) -> None:
    try:
        action()
    except PermissionError:
        return
    raise OSError(f"{what} was not refused")
