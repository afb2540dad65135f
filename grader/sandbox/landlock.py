"""Landlock: a process gives up, for good, every file that is not on its list.

Numbers from include/uapi/linux/landlock.h.  Landlock does not cover stat, chmod, chown, times and
extended attributes, nor files that are already open: see `grader.sandbox.seccomp`.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from grader.sandbox import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = _READ_FILE | _READ_DIR
# No symbolic links, devices, pipes or sockets: what a submission writes are files and folders.
WRITE = READ | _WRITE_FILE | _TRUNCATE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER
_ON_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE

_FROM_THE_START = (1 << 13) - 1
_SINCE = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEV}  # interface version: right
_TCP, _TCP_SINCE = 0b11, 4  # bind, connect
_SCOPES, _SCOPES_SINCE = 0b11, 6  # abstract unix sockets, signals


def version() -> int:
    """Ask which Landlock interface this kernel has (1 in Linux 5.13).

    Raises:
        OSError: Landlock is not built in, or not switched on at boot.
    """
    return kernel.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION, what="Landlock")


def restrict(rules: Iterable[tuple[str, int]]) -> None:
    """Keep the rights of each (path, READ or WRITE), below the path too, and no other file's.

    TCP, abstract sockets and signals to processes outside are given up as well where the kernel
    knows how.  Nothing may be executed.  The process must have set no_new_privs.

    Raises:
        OSError: a path does not exist, or Landlock does not work here.
    """
    offered = version()
    handled = _FROM_THE_START
    for since, right in _SINCE.items():
        handled |= right if offered >= since else 0
    attributes = struct.pack("Q", handled)
    attributes += struct.pack("Q", _TCP) if offered >= _TCP_SINCE else b""
    attributes += struct.pack("Q", _SCOPES) if offered >= _SCOPES_SINCE else b""
    ruleset = kernel.syscall(_CREATE_RULESET, attributes, len(attributes), 0, what="Landlock")
    try:
        for path, rights in rules:
            _allow(ruleset, path, rights & handled)
        kernel.syscall(_RESTRICT_SELF, ruleset, 0, what="Landlock")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _ON_A_FILE  # the kernel refuses a folder's rights on a file
        rule = struct.pack("=Qi", rights, place)
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0, what=f"Landlock rule for {path}")
    finally:
        os.close(place)
