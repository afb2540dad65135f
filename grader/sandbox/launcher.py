"""How children are started: one protocol, for systems that can build a wall and for others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

STARTING = 180.0  # seconds: TensorFlow's first import on a cold, loaded disk is slow


class Line(Protocol):
    """The judge's ends of what it shares with one child."""

    pid: int  # the child's, as the host numbers it

    def await_wall(self) -> None:
        """Wait until the child is ready; raises :class:`~grader.errors.SandboxError`."""

    def wait(self, seconds: float, *, to_send: bool) -> None:
        """Wait until bytes can be sent, or have come; it may be less long."""

    def send(self, data: memoryview) -> int:
        """Send the first bytes, return how many; raises ``OSError`` where the child is gone."""

    def receive_into(self, view: memoryview) -> int:
        """Take bytes that have come, return how many; 0 where the child has hung up."""

    def printed(self) -> bytes:
        """Return what the child has written since the last look, or the first part of it."""

    def last_words(self, seconds: float) -> dict[str, Any]:
        """Return an account of the child's end, or ``{}`` where it does not end in time."""

    def end(self) -> dict[str, Any]:
        """Have the child ended and cleared away; return the account of that."""

    def close(self) -> None:
        """Drop everything."""


class Launcher(Protocol):
    """Starts children, behind a wall or without one."""

    profile: str  # of the wall: "A", "B" or "C"
    layers: tuple[str, ...]  # of the wall

    def versions(self) -> dict[str, str]:
        """Return the versions of Python and of what children find imported."""

    def prepare(self, provided: tuple[Path, ...], private: tuple[Path, ...]) -> Callable[[], Line]:
        """Return what starts a child beside these files and out of reach of these folders.

        Raises :class:`~grader.errors.SandboxError` where the folders cannot be hidden.
        """

    def close(self) -> None:
        """Stop what starts children; they end with their sessions."""


def has_walls() -> bool:
    """Tell whether this system has what walls are made of."""
    return sys.platform == "linux" and hasattr(os, "fork")


def libraries(threads: int) -> dict[str, str]:
    """Return the environment variables that tell students' libraries how to behave."""
    return {
        "MPLBACKEND": "Agg",
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # oneDNN's rewriting looks through all kernels for every new operation: a third of a small
        # model's time, and training is no slower without it.
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "TF_NUM_INTEROP_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
