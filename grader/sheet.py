"""A CSV file that is kept byte for byte, but for the cells that are filled in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from grader.errors import ExchangeError

SEPARATORS = ",;\t"
CENT = Decimal("0.01")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: its cells as they are written, quotes and all, and how it ends."""

    raw: tuple[str, ...]
    end: str

    def texts(self) -> list[str]:
        """Return what the cells say."""
        return [_text(cell) for cell in self.raw]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with everything that its bytes hold."""

    rows: tuple[Row, ...]
    separator: str
    encoding: str
    mark: bytes = b""  # the byte order mark, if it has one

    def filled(self, changes: Mapping[tuple[int, int], str]) -> bytes:
        """Return the bytes with some cells, by row and column from 0, saying something else.

        What the encoding has no character for becomes a reference of HTML.
        """
        rows = [
            Row(
                tuple(
                    self._written(changes[at, column], cell) if (at, column) in changes else cell
                    for column, cell in enumerate(row.raw)
                ),
                row.end,
            )
            for at, row in enumerate(self.rows)
        ]
        return self._bytes(rows)

    def narrowed(self, rows: Sequence[int], columns: Sequence[int]) -> Sheet:
        """Return a sheet with some rows and columns of this one."""
        kept = [self.rows[at] for at in rows]
        narrow = tuple(
            Row(tuple(row.raw[at] if at < len(row.raw) else "" for at in columns), row.end or "\n")
            for row in kept
        )
        return Sheet(narrow, self.separator, self.encoding, self.mark)

    def _written(self, text: str, instead_of: str) -> str:
        special = any(char in text for char in f'{self.separator}"\r\n') or text != text.strip()
        if special or instead_of.startswith('"'):
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        return text

    def _bytes(self, rows: Sequence[Row]) -> bytes:
        text = "".join(self.separator.join(row.raw) + row.end for row in rows)
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


def read(path: Path) -> Sheet:
    """Read a table; encoding, byte order mark and separator are found out.

    Raises :class:`~grader.errors.ExchangeError` where there is no such file, or nothing in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(
            f"{path} cannot be read ({error.strerror})\n  next: check the path"
        ) from None
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    text, encoding = _decoded(data.removeprefix(mark), encoding)
    if not text.strip():
        raise ExchangeError(f"{path} is empty\n  next: export it again")
    separator = max(SEPARATORS, key=lambda sign: len(_rows(text, sign, 1)[0].raw))
    return Sheet(tuple(_rows(text, separator)), separator, encoding, mark)


def number(text: str) -> Decimal | None:
    """Return the number that a cell says, with a decimal point or comma, or None."""
    plain = text.strip()
    if not re.fullmatch(r"-?\d[\d.,]*", plain, re.ASCII):
        return None
    whole, sign, part = plain.rpartition("," if plain.rfind(",") > plain.rfind(".") else ".")
    try:
        return Decimal(f"{re.sub('[.,]', '', whole)}.{part}" if sign else part)
    except InvalidOperation:
        return None


def decimal_comma(texts: Iterable[str]) -> bool:
    """Tell whether the first of the cells that is no whole number has a decimal comma."""
    marks = (re.fullmatch(r"-?[\d.,]*([.,])\d+", text.strip(), re.ASCII) for text in texts)
    return next((found[1] == "," for found in marks if found), False)


def rounded(value: Decimal) -> Decimal:
    """Return a grade to two decimals as gradebooks keep it; a half goes up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    for attempt in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return data.decode(attempt), attempt
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _rows(text: str, separator: str, most: int | None = None) -> list[Row]:
    """Take a text apart; a quote that is never closed is an ordinary sign."""
    cell = re.compile(rf'(?:"[^"]*(?:""[^"]*)*")?[^{separator}\r\n]*')
    end = re.compile(r"\r\n|\r|\n|$(?!\n)")
    rows: list[Row] = []
    raw: list[str] = []
    place = 0
    while place < len(text) or raw:
        found = cell.match(text, place)
        place = found.end() if found else place
        raw.append(found[0] if found else "")
        if text.startswith(separator, place):
            place += 1
            if place < len(text):
                continue
            raw.append("")
        ended = end.match(text, place)
        place = ended.end() if ended else place
        rows.append(Row(tuple(raw), ended[0] if ended else ""))
        raw = []
        if most is not None and len(rows) == most:
            break
    return rows


def _text(raw: str) -> str:
    quoted = re.fullmatch(r'"([^"]*(?:""[^"]*)*)"(.*)', raw, re.DOTALL)
    return quoted[1].replace('""', '"') + quoted[2] if quoted else raw
