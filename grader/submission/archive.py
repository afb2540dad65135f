"""Zip archives: what they hold, read in place and never unpacked to disk."""

from __future__ import annotations

import functools
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from grader.submission.files import Member, UnreadableError, opened, within
from grader.submission.names import is_hidden, printable

MAX_RATIO = 200  # source and pictures stay far below; a bomb's zeros shrink to a thousandth
RATIO_FROM = 10_000_000  # bytes: what unpacks to less harms nobody at any ratio
ENTRY = 400  # bytes in the table of contents, which is read before its entries are counted

_BROKEN = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
_END = struct.Struct("<4s4H2LH")  # the record that closes every archive (APPNOTE.TXT, 4.3.16)
_ZIP64_LOCATOR = 20  # bytes, just before that record (APPNOTE.TXT, 4.3.15)


@dataclass(frozen=True, slots=True)
class Room:
    """How much an archive may hold."""

    files: int
    unpacked: int  # bytes


SUBMISSION = Room(2_000, 500_000_000)
DOWNLOAD = Room(20_000, 2_000_000_000)  # a thousand students with twenty files each


def members(path: Path, home: Path) -> list[Member]:
    """Return the files of an archive in its own order, without what operating systems add.

    Raises :class:`~grader.submission.files.UnreadableError` for an archive that is empty,
    broken, encrypted, too large, or holds links or paths that lead out of it.
    """
    return [
        Member(_path(info), functools.partial(_extract, path, home, info))
        for info in _files(path, home, SUBMISSION)
    ]


@contextmanager
def kept_open(path: Path) -> Iterator[list[Member]]:
    """Yield what :func:`members` returns for a whole class, from an archive that is opened once.

    Its download has so many files that opening it for each of them would take minutes.
    """
    infos = _files(path, path.parent, DOWNLOAD)
    with opened(path, path.parent) as file, ZipFile(file) as archive:
        yield [
            Member(_path(info), functools.partial(_read, archive, path.name, info))
            for info in infos
        ]


def _files(path: Path, home: Path, room: Room) -> list[ZipInfo]:
    name = printable(path.name)
    try:
        with opened(path, home) as file:
            _require_small_directory(file, name, room)
            with ZipFile(file) as archive:
                infos = archive.infolist()
    except _BROKEN:
        raise UnreadableError(f"{name} is no zip, or a broken one: zip the files again") from None
    _require_sane_size(infos, name, room)
    for info in infos:
        _require_inside(info, name)
    files = [info for info in infos if not _is_folder(info) and not _is_hidden(info)]
    for info in files:
        _require_plain(info, name)
    if not files:
        raise UnreadableError(f"{name} is empty: zip the .py files and hand it in again")
    return files


def _extract(path: Path, home: Path, info: ZipInfo, limit: int) -> bytes:
    try:
        with opened(path, home) as file, ZipFile(file) as archive:
            return _read(archive, path.name, info, limit)
    except _BROKEN:
        raise UnreadableError(_damaged(path.name, info)) from None


def _read(archive: ZipFile, called: str, info: ZipInfo, limit: int) -> bytes:
    name = printable(_path(info).name)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnreadableError(f"{name} is packed by a rare method: zip the files again")
    try:
        with archive.open(info) as stream:
            return within(stream.read(limit + 1), limit, name)
    except _BROKEN:
        raise UnreadableError(_damaged(called, info)) from None


def _damaged(called: str, info: ZipInfo) -> str:
    name = printable(_path(info).name)
    return f"{name} is damaged inside {printable(called)}: zip the files again"


def _require_small_directory(file: BinaryIO, name: str, room: Room) -> None:
    """Refuse an endless table of contents before it is read into memory."""
    size = file.seek(0, 2)
    start = max(0, size - _END.size - _ZIP64_LOCATOR - 0xFFFF)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + _END.size:
        raise BadZipFile
    directory = _END.unpack_from(tail, at)[5]
    has_zip64 = tail[max(0, at - _ZIP64_LOCATOR) :].startswith(b"PK\6\7")
    if directory > ENTRY * room.files or has_zip64:
        raise UnreadableError(f"{name} is a zip for large collections: zip the .py files alone")


def _require_sane_size(infos: list[ZipInfo], name: str, room: Room) -> None:
    if len(infos) > room.files:
        raise UnreadableError(
            f"{name} holds {len(infos):,} files, more than {room.files:,}: zip the .py files alone"
        )
    unpacked = sum(info.file_size for info in infos)
    if unpacked > room.unpacked:
        raise UnreadableError(
            f"{name} unpacks to {unpacked / 1e6:,.0f} MB, more than {room.unpacked / 1e6:,.0f}: "
            "zip the .py files alone"
        )
    packed = sum(info.compress_size for info in infos)
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed:
        raise UnreadableError(
            f"{name} unpacks to more than {MAX_RATIO} times its size, as a bomb does: "
            "zip the .py files alone"
        )


def _require_inside(info: ZipInfo, name: str) -> None:
    if ".." in _parts(info) or re.match(r"[/\\]|[A-Za-z]:", info.filename):
        raise UnreadableError(
            f"{name} holds {printable(info.filename)!r}, a path that leads out of it: "
            "zip the .py files alone"
        )


def _require_plain(info: ZipInfo, name: str) -> None:
    inside = printable(info.filename)
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnreadableError(f"{name} holds {inside!r}, a link or device: zip the .py files alone")
    if info.flag_bits & 0x1:
        raise UnreadableError(f"{name} is encrypted: zip the files again without a password")


def _path(info: ZipInfo) -> PurePosixPath:
    return PurePosixPath(*_parts(info))


def _parts(info: ZipInfo) -> list[str]:
    """Return the steps of a member's path; old Windows tools part them by backslashes."""
    return [part for part in re.split(r"[/\\]", info.filename) if part not in {"", "."}]


def _is_hidden(info: ZipInfo) -> bool:
    return any(map(is_hidden, _parts(info)))


def _is_folder(info: ZipInfo) -> bool:
    return info.filename.endswith(("/", "\\")) or not _parts(info)
