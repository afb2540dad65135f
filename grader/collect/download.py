"""A download as its files: a zip that is read in place, or the folder that it was unpacked to."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError
from grader.submission import archive
from grader.submission.files import Member, UnreadableError, contents
from grader.submission.names import is_hidden, printable

IN_PARTS = (
    "\n  next: download the class in parts, a section or group at a time, and collect each into "
    "the same folder"
)
AGAIN = "\n  next: download it from the platform again; nothing was copied"


@contextmanager
def opened(source: Path) -> Iterator[list[Member]]:
    """Yield the files of a zip or a folder, without what operating systems add.

    Raises :class:`~grader.errors.SubmissionError` for links, paths that lead out, and for more
    files or bytes than a download may have.
    """
    if source.is_dir():
        yield _in_folder(source)
        return
    if not source.exists():
        raise SubmissionError(f"{printable(source)} cannot be found\n  next: check the path")
    try:
        with archive.kept_open(source) as members:
            yield members
    except UnreadableError as error:
        large = "more than" in str(error)
        raise SubmissionError(f"{error}{IN_PARTS if large else AGAIN}") from None


def _in_folder(home: Path) -> list[Member]:
    found: list[Member] = []
    size = 0
    for folder, folders, files in os.walk(home, onerror=_unopened):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in [*folders, *sorted(files)]:
            path = Path(folder, name)
            if path.is_symlink():
                raise SubmissionError(
                    f"{printable(path)} is a link: links are not collected\n"
                    "  next: put the file itself in its place, or delete the link"
                )
        for name in sorted(files):
            if is_hidden(name):
                continue
            path = Path(folder, name)
            inside = PurePosixPath(*path.relative_to(home).parts)
            found.append(Member(inside, functools.partial(contents, path, home)))
            size += path.lstat().st_size
    room = archive.DOWNLOAD
    if len(found) > room.files or size > room.unpacked:
        raise SubmissionError(
            f"{printable(home)} holds {len(found):,} files of {size / 1e6:,.0f} MB, more than "
            f"{room.files:,} files or {room.unpacked / 1e6:,.0f} MB{IN_PARTS}"
        )
    return found


def _unopened(error: OSError) -> None:
    raise SubmissionError(
        f"{printable(error.filename)} cannot be opened ({error.strerror})\n"
        "  next: check who may read it"
    )
