"""The child's folder where the wall has no mounts: a common one, to be measured and removed.

Its owner may nest folders deeper than a path can name and close them to everybody, itself included.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

BLOCK = 512  # bytes in which stat(2) counts what a file takes
OPEN = 0o700


def make() -> str:
    """Make an empty folder that only this user can enter, and return its path."""
    return tempfile.mkdtemp(prefix="grader-")


def is_full(folder: str, most_bytes: int, most_files: int) -> bool:
    """Tell whether a folder holds more bytes or more files and folders than it may.

    What cannot be measured counts as too much.
    """
    used, files, waiting = 0, 0, [folder]
    while waiting:
        try:
            for entry in _listed(waiting.pop()):
                with contextlib.suppress(FileNotFoundError):  # it went while this was looking
                    found = entry.stat(follow_symlinks=False)
                    used, files = used + found.st_blocks * BLOCK, files + 1
                    waiting += [entry.path] if entry.is_dir(follow_symlinks=False) else []
                if used > most_bytes or files > most_files:
                    return True
        except FileNotFoundError:
            continue
        except OSError:
            return True
    return False


def remove(folder: str) -> None:
    """Remove a folder and all that lies in it; nobody may be writing to it any more."""
    with contextlib.suppress(OSError):
        while entries := _listed(folder):
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    Path(entry).unlink()
                    continue
                for inner in _listed(entry.path):
                    if inner.is_dir(follow_symlinks=False):
                        # Lifted to the top, so that no path grows longer than this one.
                        Path(inner).chmod(OPEN)
                        Path(inner).rename(f"{folder}/{secrets.token_hex(16)}")
                    else:
                        Path(inner).unlink()
                Path(entry).rmdir()
        Path(folder).rmdir()


def _listed(folder: str) -> list[os.DirEntry[str]]:
    Path(folder).chmod(OPEN)
    with os.scandir(folder) as entries:
        return list(entries)
