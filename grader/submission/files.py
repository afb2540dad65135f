"""A file that was handed in: its bytes, if it is a plain file of a sensible size, and its text."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import tokenize
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from grader.submission.names import printable

SOURCE_LIMIT = 1_000_000  # bytes of one source file

# A link that is swapped in after the look at it is not followed; a pipe never blocks.
_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY"):
    _FLAGS |= getattr(os, _flag, 0)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # CVE-2021-42574
# Encodings that no editor writes: some take minutes, some hide what the text says.
_NOT_FOR_SOURCE = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}


class UnreadableError(Exception):
    """Why one file cannot be read, and what to do about it: a sentence that names the file."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a submission, wherever it lies; ``load(limit)`` returns its bytes.

    ``load`` raises :class:`UnreadableError` where it is no plain file or holds more than
    ``limit`` bytes.
    """

    path: PurePosixPath  # inside the submission
    load: Callable[[int], bytes]

    @property
    def name(self) -> str:
        """The file's own name, as the student wrote it."""
        return self.path.name

    def __str__(self) -> str:
        return printable(self.path)


def opened(path: Path, home: Path) -> BinaryIO:
    """Open a regular file for reading; links count as long as they stay inside ``home``.

    Raises :class:`UnreadableError` for links that leave, folders, pipes, sockets, devices and
    what may not be read.
    """
    name = printable(path.name)
    try:
        real = path.resolve(strict=True)
        if path.is_symlink() and not real.is_relative_to(home.resolve()):
            raise UnreadableError(
                f"{name} is a link that leaves the submission: hand in the file itself"
            )
        _require_regular(real.stat().st_mode, name)
        descriptor = os.open(real, _FLAGS)
    except FileNotFoundError:
        raise UnreadableError(f"{name} is a link to nothing: hand in the file itself") from None
    except PermissionError:
        raise UnreadableError(
            f"{name} may not be read: give its owner the right to read it (chmod u+r)"
        ) from None
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle
        raise UnreadableError(_failed(name, error)) from None
    file = os.fdopen(descriptor, "rb")
    try:
        _require_regular(os.fstat(descriptor).st_mode, name)
    except UnreadableError:
        file.close()
        raise
    return file


def contents(path: Path, home: Path, limit: int) -> bytes:
    """Return the bytes of a file on disk; raises :class:`UnreadableError`."""
    name = printable(path.name)
    with opened(path, home) as file:
        try:
            return within(file.read(limit + 1), limit, name)
        except OSError as error:
            raise UnreadableError(_failed(name, error)) from None


def within(data: bytes, limit: int, name: str) -> bytes:
    """Return ``data`` unless it is longer than ``limit``; raises :class:`UnreadableError`."""
    if len(data) > limit:
        raise UnreadableError(
            f"{name} holds more than {limit:,} bytes, too many for a source file: "
            "keep data and pictures out of it"
        )
    return data


def decoded(data: bytes, name: str) -> str:
    r"""Return the text of a source file, every line ended by ``\n``.

    An encoding that the file declares (PEP 263) or a byte order mark counts, else it is UTF-8.
    Raises :class:`UnreadableError` where the bytes are no such text.
    """
    encoding = _encoding(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(_not_text(data, name, encoding, error.start)) from None
    except (LookupError, ValueError):
        raise UnreadableError(_unknown(name, encoding)) from None
    if "\0" in text:
        place = text.index("\0")
        line = text.count("\n", 0, place) + 1
        raise UnreadableError(
            f"{name} holds a NUL character (number {place:,}, line {line}), so it is no Python "
            "source: copy the text into a new file and save it as UTF-8"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def turned_around(text: str, name: str) -> str | None:
    """Say where a text holds marks that turn the direction of reading: it is not what it seems.

    Python reads it in the order of its characters, so it is graded all the same.
    """
    found = _TURNS.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return (
        f"{name} holds a hidden character on line {line} that turns the direction of reading "
        "around: what Python runs is not what an editor shows"
    )


def _require_regular(mode: int, name: str) -> None:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    if not stat.S_ISREG(mode):
        kind = kinds.get(stat.S_IFMT(mode), "a device")
        raise UnreadableError(f"{name} is {kind}, not a file: hand in the file itself")


def _encoding(data: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        return _undeclared(data, name, error)
    if encoding.lower().replace("_", "-") in _NOT_FOR_SOURCE:
        raise UnreadableError(_unknown(name, encoding))
    return encoding


def _undeclared(data: bytes, name: str, error: SyntaxError) -> str:
    """Tell bytes that are not UTF-8, found when decoding, from a declaration that is wrong."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8"
    raise UnreadableError(f"{name}: {error.msg}; save it as UTF-8 without that line") from None


def _unknown(name: str, encoding: str) -> str:
    said = printable(encoding)
    return f"{name} declares the encoding {said!r}: save it as UTF-8 without that line"


def _not_text(data: bytes, name: str, encoding: str, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    kind = "UTF-8" if encoding.startswith("utf-8") else encoding
    return (
        f"{name} is not {kind} text: byte {offset:,}, on line {line}, is 0x{data[offset]:02x}; "
        "save it as UTF-8"
    )


def _failed(name: str, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else "its links lead in a circle"
    return f"{name} cannot be read ({reason}): hand in a plain file"
