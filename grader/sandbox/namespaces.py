"""A view of the machine of its own: namespaces, and a root folder that holds only what is listed.

Python, its packages and the provided files are bound read-only; everything else in the new root
lives in memory and goes when the process goes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from grader.sandbox import kernel

# In this order: a new user namespace gives an ordinary user the right to the others.
NAMESPACES = {
    "user": 0x10000000,
    "mount": 0x00020000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
}
INSIDE_UID = 1000  # what an ordinary user's id becomes in a user namespace
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SHARED_MEMORY = "/dev/shm"  # noqa: S108  the locks of `multiprocessing` want a page of it

_BASE = "/tmp"  # noqa: S108  where the new root is put together; exists everywhere
_QUIET = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
_READ_ONLY = kernel.ATTR_RDONLY | kernel.ATTR_NOSUID


def leave(name: str) -> None:
    """Leave one namespace for a new one; for "pid" only later children are in it."""
    uid, gid = os.getuid(), os.getgid()
    kernel.unshare(NAMESPACES[name])
    if name == "user":
        # Who is not dumpable, as after a change of user, does not own these files.
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
        Path("/proc/self/setgroups").write_text("deny", encoding="utf-8")
        Path("/proc/self/uid_map").write_text(f"{INSIDE_UID} {uid} 1", encoding="utf-8")
        Path("/proc/self/gid_map").write_text(f"{INSIDE_UID} {gid} 1", encoding="utf-8")


def keep_mounts_private() -> None:
    """Keep what is mounted from here on out of the host's sight."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)


def build_root(
    bound: Mapping[str, str],
    scratch: str,
    scratch_options: str,
    uid: int,
    covered: Collection[str] = (),
) -> None:
    """Make a new root folder and move into it; nothing of the old one can be reached afterwards.

    Args:
        bound: host file or folder, with all below it, by its path inside, absolute and
            without `..`; becomes read-only.
        scratch: path inside of the one folder that can be written to.
        scratch_options: mount options of its tmpfs: size, number of files, owner.
        uid: the one user that /etc/passwd knows.
        covered: folders in bound ones that are to be empty.

    Raises:
        OSError: a host path does not exist or cannot be reached, or the kernel refuses a mount.
    """
    keep_mounts_private()
    # Copied before anything is covered, and read-only from the first moment.
    trees = {
        inside: kernel.clone_mount(host, _READ_ONLY | kernel.ATTR_NODEV)
        for inside, host in bound.items()
        if not _lies_in(bound, inside)
    }
    trees |= {path: kernel.clone_mount(path, _READ_ONLY | kernel.ATTR_NOEXEC) for path in DEVICES}
    kernel.mount("tmpfs", _BASE, "tmpfs", _QUIET, "size=1m,mode=755")
    _write_passwd(scratch, uid)
    for path in sorted({*trees, scratch}):  # a folder comes before what lies in it
        if path == scratch:
            _mount_new("tmpfs", scratch, _QUIET, scratch_options)
        else:
            _place(trees[path], path)
    for path in covered:
        kernel.mount("tmpfs", f"{_BASE}{path}", "tmpfs", _QUIET | kernel.MS_RDONLY, "size=4k")
    _mount_new("tmpfs", SHARED_MEMORY, _QUIET, "size=1m,nr_inodes=64,mode=1777")
    _mount_proc()
    kernel.make_root(_BASE)
    kernel.protect_mount("/", kernel.ATTR_RDONLY)


def _lies_in(folders: Collection[str], path: str) -> bool:
    return any(str(parent) in folders for parent in Path(path).parents)


def _write_passwd(home: str, uid: int) -> None:
    passwd = Path(f"{_BASE}/etc/passwd")
    passwd.parent.mkdir()
    passwd.write_text(f"student:x:{uid}:{uid}::{home}:/bin/false\n", encoding="utf-8")


def _place(tree: int, path: str) -> None:
    # The parents are made anew with mode 755: /root may be closed, Python below it must not be.
    target = Path(f"{_BASE}{path}")
    target.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISDIR(os.fstat(tree).st_mode):
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.place_mount(tree, str(target))


def _mount_new(kind: str, path: str, flags: int, options: str = "") -> None:
    target = f"{_BASE}{path}"
    Path(target).mkdir(parents=True, exist_ok=True)
    kernel.mount(kind, target, kind, flags, options)


def _mount_proc() -> None:
    """Mount a new /proc, or the host's, where a container forbids a new one.

    TensorFlow aborts without /proc/self/exe.  In the host's the list of processes can be seen.
    """
    try:
        _mount_new("proc", "/proc", _QUIET | kernel.MS_RDONLY)
    except PermissionError:
        hidden = _READ_ONLY | kernel.ATTR_NODEV | kernel.ATTR_NOEXEC
        _place(kernel.clone_mount("/proc", hidden), "/proc")
