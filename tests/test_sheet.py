"""Tables of other programs: read in whatever form, and kept to the byte but for what is filled."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import sheet
from grader.errors import GraderError
from grader.sheet import Sheet

FORMS = {
    "plain": b"a,b,c\n1,2,3\n",
    "CRLF and no end": b"a,b\r\n1,2",
    "old Mac": b"a,b\r1,2\r",
    "mark": b'\xef\xbb\xbfa;b\r\n"x;""y";2\r\n',
    "UTF-16": "\ufeffa\tb\r\nÄ\t2\r\n".encode("utf-16-le"),
    "UTF-16 BE": "\ufeffa\tb\r\nÄ\t2\r\n".encode("utf-16-be"),
    "Windows": "a;b\r\nÄ;€\r\n".encode("cp1252"),
    "no encoding's": b"a;b\n\x81\x8d;2\n",
    "quotes": b'"a","b"\n"line 1\nline 2","""q"""\n',
    "open quote": b'a,b\n"never closed,2\nx,y\n',
    "quote inside": b'a,b\n5" pipe,2\n"x" y,2\n',
    "empty lines": b"a,b\n\n,\n1,2\n\n",
    "short and long": b"a,b,c\n1\n1,2,3,4,\n",
}


def read(tmp_path: Path, data: bytes) -> Sheet:
    """Read a table from its bytes."""
    (tmp_path / "t.csv").write_bytes(data)
    return sheet.read(tmp_path / "t.csv")


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_what_is_not_filled_keeps_every_byte(tmp_path: Path, data: bytes) -> None:
    """Encoding, mark, separator, quotes and line ends, right or not."""
    assert read(tmp_path, data).filled({}) == data


def test_only_the_cells_that_are_filled_change(tmp_path: Path) -> None:
    """A cell that was quoted stays so, and one that must be becomes so."""
    table = read(tmp_path, b'a;"b";c\r\n "1" ;"2";"x""y"\r\n4;5;6')
    filled = table.filled({(1, 1): "7,5", (2, 0): "a;b", (2, 2): 'say "hi"'})
    assert filled == b'a;"b";c\r\n "1" ;"7,5";"x""y"\r\n"a;b";5;"say ""hi"""'


def test_a_sign_that_the_encoding_lacks_becomes_a_reference(tmp_path: Path) -> None:
    """The platform's feedback is HTML, which has a name for every sign."""
    assert read(tmp_path, b"a;\xe4\n1;2\n").filled({(1, 1): "σ"}) == b"a;\xe4\n1;&#963;\n"


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), min_size=1, max_size=4))
def test_cells_are_read_as_the_csv_module_reads_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    """Whatever it writes, quoted throughout, comes back."""
    rows = [
        ["".join(c for c in cell if c.isprintable() or c in "\r\n") for cell in row] for row in rows
    ]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["x,", *rows[0]], *rows[1:]])
    path = tmp_path_factory.mktemp("csv")
    table = read(path, text.getvalue().encode())
    assert [row.texts() for row in table.rows][1:] == rows[1:]
    assert table.rows[0].texts()[1:] == rows[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.25", "7.25"),
        ("7,25", "7.25"),
        (" 10 ", "10"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("-3", "-3"),
        ("0", "0"),
        ("", None),
        ("EX", None),
        ("7 of 10", None),
        ("٣", None),
        ("1e3", None),
    ],
)
def test_numbers_are_read_with_point_or_comma(text: str, value: str | None) -> None:
    """The last of the signs is the decimal one."""
    assert sheet.number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("value", "said"), [("0.125", "0.13"), ("2.675", "2.68"), ("7", "7.00")])
def test_a_half_goes_up(value: str, said: str) -> None:
    """As gradebooks round, and not as binary fractions happen to."""
    assert str(sheet.rounded(Decimal(value))) == said


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_refused(tmp_path: Path, data: bytes) -> None:
    """With what to do about it."""
    with pytest.raises(GraderError, match=r"t\.csv is empty\n  next: export it again"):
        read(tmp_path, data)


def test_a_table_that_is_not_there_is_told() -> None:
    """By its path."""
    with pytest.raises(GraderError, match=r"nowhere\.csv cannot be read"):
        sheet.read(Path("nowhere.csv"))
