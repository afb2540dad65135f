"""A lock on an open file: held until it is closed or its process ends, on every system."""

from __future__ import annotations

import importlib
import time
from typing import IO, Any

PAUSE = 0.02  # seconds between two tries


def wait_for(file: IO[Any]) -> None:
    """Take the lock of a file as soon as nobody else holds it."""
    while not taken(file):
        time.sleep(PAUSE)


def taken(file: IO[Any]) -> bool:
    """Take the lock of a file; return False where another process holds it."""
    try:
        unix: Any = importlib.import_module("fcntl")
    except ModuleNotFoundError:
        windows: Any = importlib.import_module("msvcrt")
        file.seek(0)
        try:
            windows.locking(file.fileno(), windows.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        unix.flock(file, unix.LOCK_EX | unix.LOCK_NB)
    except BlockingIOError:
        return False
    return True
