"""The system calls of Linux that Python's standard library lacks, one function each.

Every function raises `OSError` with the call and its object in the message.  Numbers and flags are
those of the kernel's own headers (include/uapi); from 424 on, a system call has the same number on
every machine.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_REC, MS_PRIVATE, MS_RDONLY = 1 << 14, 1 << 18, 1
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_SET_NO_NEW_PRIVS = 38
_PR_CAPBSET_DROP = 24
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE = 1
_MOVE_MOUNT_FROM_ITSELF = 4
_MNT_DETACH = 2
_CAPABILITY_VERSION = 0x20080522
_CAPABILITIES = 64

_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_BY_MACHINE = {"x86_64": {"pivot_root": 155, "capset": 126},
               "aarch64": {"pivot_root": 41, "capset": 91}}  # fmt: skip

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result


def syscall(number: int, *arguments: int | bytes | None, what: str = "") -> int:
    """Make a system call by its number; bytes go as a pointer to them, None as a null pointer."""
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *passed), what or f"system call {number}")


def _number(name: str) -> int:
    machine = os.uname().machine
    if machine not in _BY_MACHINE:
        raise OSError(f"the number of {name} is not known for {machine} processors")
    return _BY_MACHINE[machine][name]


def prctl(option: int, *arguments: int | ctypes.c_void_p, what: str = "") -> int:
    """Change a trait of this process; the kernel wants the arguments left out to be 0."""
    passed = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    passed += [ctypes.c_ulong(0)] * (4 - len(passed))
    return _checked(_libc.prctl(ctypes.c_int(option), *passed), what or f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave the namespaces that the CLONE_NEW* flags name, for new ones."""
    _checked(_libc.unshare(ctypes.c_int(flags)), f"unshare {flags:#x}")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    """Mount a new file system of a kind, or change how mounts spread from one to another."""
    passed = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    result = _libc.mount(*passed, ctypes.c_ulong(flags), data.encode())
    _checked(result, f"mount {kind} on {target}")


def clone_mount(path: str, attributes: int) -> int:
    """Copy the mount of a file or folder, with all below it, as a descriptor yet to be placed.

    The attributes hold before anything can be reached through the copy: no moment is writable.
    """
    flags = _OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC
    tree = syscall(_OPEN_TREE, _AT_FDCWD, os.fsencode(path), flags, what=path)
    try:
        _set_attributes(tree, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, attributes, path)
    except OSError:
        os.close(tree)
        raise
    return tree


def place_mount(tree: int, target: str) -> None:
    """Put a copied mount over an existing file or folder, and close its descriptor."""
    try:
        flags = _MOVE_MOUNT_FROM_ITSELF
        syscall(_MOVE_MOUNT, tree, b"", _AT_FDCWD, os.fsencode(target), flags, what=target)
    finally:
        os.close(tree)


def protect_mount(path: str, attributes: int) -> None:
    """Add attributes to the mount at a path, not to those below it."""
    _set_attributes(_AT_FDCWD, os.fsencode(path), 0, attributes, path)


def _set_attributes(folder: int, path: bytes, flags: int, attributes: int, what: str) -> None:
    wanted = struct.pack("QQQQ", attributes, 0, 0, 0)  # set, clear, propagation, user namespace
    syscall(_MOUNT_SETATTR, folder, path, flags, wanted, len(wanted), what=f"protect {what}")


def make_root(folder: str) -> None:
    """Make a mount the root of this mount namespace and drop the old one (pivot_root(2), NOTES)."""
    os.chdir(folder)
    syscall(_number("pivot_root"), b".", b".", what=f"pivot_root {folder}")
    _checked(_libc.umount2(b".", ctypes.c_int(_MNT_DETACH)), "umount of the old root")
    os.chdir("/")


def drop_bounding_set() -> None:
    """Give up every capability for good, whatever is executed later."""
    for capability in range(_CAPABILITIES):
        try:
            prctl(_PR_CAPBSET_DROP, capability, what="capability bounding set")
        except OSError as error:
            if error.errno != errno.EINVAL:  # past the last capability that this kernel has
                raise


def drop_capabilities() -> None:
    """Empty the effective, permitted, inheritable and ambient sets of this process."""
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, what="ambient capabilities")
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    syscall(_number("capset"), header, bytes(24), what="capset")


def limit(what: int, value: int) -> None:
    """Set a resource limit, soft and hard, or keep the one in force where that is lower."""
    _, hard = resource.getrlimit(what)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))
