"""Writing files so that a reader, or a crash, never meets half of one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.errors import GraderError

PART = ".part"  # ends the name of a file that is being written


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, or say why not."""
    try:
        folder.mkdir(mode, parents=True, exist_ok=True)
    except OSError as error:
        raise GraderError(
            f"{folder}: the folder cannot be made ({error.strerror})\n"
            "  next: name another one with --out"
        ) from error


def write(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a text under a passing name and give it its own once it is whole.

    The passing name is drawn, because two machines may write to one folder.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GraderError(
            f"{path}: the file cannot be written ({error.strerror})\n"
            "  next: free some room, or name another folder with --out; what is graded is kept"
        ) from error


def sweep(folder: Path) -> None:
    """Remove what a killed run was writing in a folder when it ended."""
    for left in folder.glob(f".*{PART}"):
        left.unlink(missing_ok=True)
