"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import GraderError


def write(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, never meets half of it.

    Raises :class:`~grader.errors.GraderError` where there is no room or no right to write.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise GraderError(
            f"{path} cannot be written ({error.strerror})\n"
            "  next: free some room, or name another place"
        ) from error
