"""Copies of what was handed in: ``<student>/<attempt>/``, each written whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.collect.ledger import LEDGER, Attempt
from grader.collect.naming import paths
from grader.collect.piece import Piece
from grader.errors import GraderError
from grader.submission.files import UnreadableError

FILE_LIMIT = 100_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an attempt's files."""

    attempt: Attempt | None  # None where not one file could be read
    fresh: bool  # whether it was not there before
    failed: tuple[tuple[str, str], ...]  # files that could not be read, and why


def keep(
    home: Path, pieces: Sequence[Piece], earlier: Sequence[Attempt], source: str, *, latest: bool
) -> Kept:
    """Copy one attempt into a student's folder, unless it lies there already.

    The ``latest`` of a download must be the latest there as well: who returns to an earlier
    version has handed in again.

    Raises :class:`~grader.errors.GraderError` where there is no room or no right to write.
    """
    contents: list[tuple[PurePosixPath, bytes]] = []
    failed: list[tuple[str, str]] = []
    origin: dict[str, str] = {}
    for piece, path in zip(pieces, paths(piece.path for piece in pieces), strict=True):
        try:
            contents.append((path, piece.member.load(FILE_LIMIT)))
        except UnreadableError as error:
            failed.append((str(piece.member), str(error)))
            continue
        origin[path.as_posix()] = piece.member.path.as_posix()
    if not contents:
        return Kept(None, fresh=False, failed=tuple(failed))
    digest = _digest(contents)
    for known in earlier[-1:] if latest else earlier:
        if known.digest == digest and (home / known.name).is_dir():
            return Kept(known, fresh=False, failed=tuple(failed))
    name = _next(home, earlier)
    _write(home, name, contents)
    received = max((piece.received for piece in pieces if piece.received), default=None)
    late = any(piece.late for piece in pieces)
    attempt = Attempt(name, source, late, received, origin, digest)
    return Kept(attempt, fresh=True, failed=tuple(failed))


def _digest(contents: Sequence[tuple[PurePosixPath, bytes]]) -> str:
    whole = hashlib.sha256()
    for path, data in sorted(contents):
        name = path.as_posix().encode("utf-8", "surrogatepass")
        whole.update(hashlib.sha256(name).digest() + hashlib.sha256(data).digest())
    return whole.hexdigest()


def _next(home: Path, earlier: Sequence[Attempt]) -> str:
    """Return the number after every attempt that is known or lies there."""
    there = [entry.name for entry in home.iterdir()] if home.is_dir() else []
    names = [*there, *(attempt.name for attempt in earlier)]
    return str(1 + max((int(name) for name in names if name.isdecimal()), default=0))


def _write(home: Path, name: str, contents: Sequence[tuple[PurePosixPath, bytes]]) -> None:
    """Write the files beside their place and move them there: a crash leaves no half attempt."""
    unfinished = home / f".{name}.part"
    try:
        home.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        for path, data in contents:
            place = unfinished / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        unfinished.rename(home / name)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise GraderError(
            f"{home / name} cannot be written ({error.strerror})\n"
            f"  next: free some room or name another folder with --out, and collect again; what "
            f"{LEDGER} lists is whole"
        ) from error
