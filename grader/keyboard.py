"""Single keys, read without waiting for them or for the Enter key."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Pressed = Callable[[], str]  # returns the keys that were pressed since the last call


@contextmanager
def listening() -> Iterator[Pressed | None]:
    """Give a function that returns the keys pressed so far; None where there is no keyboard.

    Keys come one by one, without an echo; afterwards the terminal is as it was.  Ctrl-C still
    interrupts.
    """
    if not sys.stdin.isatty():
        yield None
    elif sys.platform == "win32":
        yield _from_windows()
    else:
        with _one_by_one(sys.stdin.fileno()) as pressed:
            yield pressed


@contextmanager
def _one_by_one(descriptor: int) -> Iterator[Pressed]:
    import os
    import select
    import termios
    import tty

    def pressed() -> str:
        ready, _, _ = select.select([descriptor], [], [], 0)
        return os.read(descriptor, 64).decode(errors="ignore") if ready else ""

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield pressed
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _from_windows() -> Pressed:
    import importlib

    msvcrt = importlib.import_module("msvcrt")

    def pressed() -> str:
        keys = ""
        while msvcrt.kbhit():
            keys += msvcrt.getwch()
        return keys

    return pressed
