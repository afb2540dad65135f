"""Run a command of the grader as on a system that has neither fork nor walls.

    python tests/elsewhere.py check circle.py

Unix's own modules cannot be imported, those of the wall neither, and what Windows lacks in the
others is taken away before anything of the grader is imported.
"""

from __future__ import annotations

import importlib.abc
import os
import select
import signal
import socket
import subprocess  # noqa: F401  before there is an msvcrt, which it takes for the sign of Windows
import sys
from types import ModuleType

UNIX = {"fcntl", "grp", "pwd", "resource", "termios", "tty"}
WALL = {"cgroup", "fork_launcher", "forkserver", "jail", "kernel", "landlock", "layers",
        "namespaces", "seccomp", "warden"}  # fmt: skip
LACKING: dict[ModuleType, tuple[str, ...]] = {
    os: ("fork", "forkpty", "getegid", "geteuid", "getgid", "getuid", "killpg", "nice",
         "pidfd_open", "setresuid", "setsid", "sysconf", "wait4"),
    select: ("epoll", "poll"),
    signal: ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGPIPE", "alarm"),
    socket: ("AF_UNIX", "MSG_DONTWAIT", "SOCK_SEQPACKET", "recv_fds", "send_fds"),
}  # fmt: skip


class Elsewhere(importlib.abc.MetaPathFinder):
    """Finds nothing of Unix."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse what is not there on other systems."""
        if name in UNIX or name in {f"grader.sandbox.{part}" for part in WALL}:
            raise ModuleNotFoundError(f"No module named {name!r} elsewhere", name=name)


def main() -> None:
    """Take away what is not there, then run the command."""
    for name in UNIX:
        sys.modules.pop(name, None)
    for module, names in LACKING.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    sys.meta_path.insert(0, Elsewhere())
    locks = ModuleType("msvcrt")  # what Windows locks files by; nobody else is there to hold one
    vars(locks).update(LK_NBLCK=2, locking=lambda descriptor, mode, count: None)
    sys.modules[locks.__name__] = locks
    from grader.cli import main as command

    command(sys.argv[1:])


if __name__ == "__main__":
    main()
