"""Writing files so that a reader, or a crash, never meets half of one."""

from __future__ import annotations

from pathlib import Path

from grader import whole_file
from grader.errors import GraderError

ADVICE = "free some room, or name another folder with --out; what is graded is kept"


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
    """Write a text whole or not at all."""
    whole_file.write(path, text.encode("utf-8"), mode, ADVICE)


def sweep(folder: Path) -> None:
    """Remove what a killed run was writing in a folder when it ended."""
    for left in folder.glob(f".*{whole_file.PART}"):
        left.unlink(missing_ok=True)
