"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.errors import GraderError

PART = ".part"  # ends the name of a file that is being written
ADVICE = "free some room, or name another place"


def write(path: Path, data: bytes, mode: int = 0o666, advice: str = ADVICE) -> None:
    """Write a file so that a reader, or a crash, never meets half of it.

    It has a passing name until it is whole, which is drawn, because two machines may write to one
    folder.  Raises :class:`~grader.errors.GraderError`, with ``advice`` as the next step, where
    there is no room or no right to write.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(number, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GraderError(
            f"{path}: the file cannot be written ({error.strerror})\n  next: {advice}"
        ) from error
