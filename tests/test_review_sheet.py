"""Answers in words as a spreadsheet: there, filled in, and back without losing a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from answers import EXERCISE, essay, hand_in
from hostile_words import HOSTILE

from grader.errors import GraderError
from grader.review.judgement import Judgement
from grader.review.sheet import COLUMNS, give, take
from grader.review.store import Store

Row = dict[str, str]


def written(out: Path) -> list[Row]:
    """Write the sheet of a class and return its rows."""
    path = out / "sheet.csv"
    path.unlink(missing_ok=True)
    give(out, path)
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def taken(out: Path, rows: list[Row], delimiter: str = ",", encoding: str = "utf-8-sig") -> int:
    """Save rows as a spreadsheet does, and read them back."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, rows[0], delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    (out / "filled.csv").write_text(text.getvalue(), encoding=encoding, newline="")
    return take(out, out / "filled.csv")


def decided(out: Path) -> dict[str, Judgement]:
    """Return what was decided, by student."""
    store = Store(out)
    return {stem: store.judged(stem, exercise).checks["notes"] for stem, exercise in store.all()}


def test_what_is_filled_in_is_saved(tmp_path: Path) -> None:
    """Numbers of items, comments a line each, points with a reason; empty rows are left alone."""
    hand_in(tmp_path, [essay(n) for n in range(4)])
    rows = written(tmp_path)
    assert list(rows[0]) == list(COLUMNS)
    rows[0] |= {"items": "1", "comments": "Well put.\nAnd short."}
    rows[1] |= {"points": "1,5", "reason": "Half right."}
    rows[2] |= {"items": "0"}
    assert taken(tmp_path, rows) == 3
    found = decided(tmp_path).values()
    assert {(one.items, one.comments, one.points) for one in found} == {
        ((), (), 1.5),
        ((), (), None),
        (("complete",), ("Well put.", "And short."), None),
    }


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-8-sig")])
def test_a_sheet_comes_back_as_it_went(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """What is read back unchanged changes nothing, however a spreadsheet saved it."""
    hand_in(tmp_path, [essay(n) for n in range(3)])
    rows = written(tmp_path)
    rows[0] |= {"items": "2 3", "comments": "= is no word"}
    rows[1] |= {"points": "2", "reason": "-1 for spelling, +1 for wit"}
    assert taken(tmp_path, rows) == 2
    again = written(tmp_path)
    assert again[0]["comments"] == "'= is no word"
    assert taken(tmp_path, again, delimiter, encoding) == 0


def test_a_row_that_is_cleared_takes_the_judgement_back(tmp_path: Path) -> None:
    """An answer whose cells were emptied waits again."""
    hand_in(tmp_path, [essay(1)])
    rows = written(tmp_path)
    rows[0]["items"] = "1"
    taken(tmp_path, rows)
    rows = written(tmp_path)
    rows[0]["items"] = ""
    assert taken(tmp_path, rows) == 1
    assert not Store(tmp_path).judged("student-000", EXERCISE).checks


def test_faults_name_their_rows_and_save_nothing(tmp_path: Path) -> None:
    """Every row that cannot be read is named with what is wrong; the good ones wait for them."""
    hand_in(tmp_path, [essay(n) for n in range(8)])
    rows = written(tmp_path)
    rows[0]["items"] = "1"
    rows[1]["items"] = "1 7"
    rows[2]["points"] = "2"
    rows[3] |= {"points": "many", "reason": "so"}
    rows[4] |= {"items": "1", "submission": "nobody"}
    rows[5] |= {"items": "1", "version": "x"}
    rows[6]["comments"] = "x" * 501
    with pytest.raises(GraderError) as refused:
        taken(tmp_path, rows)
    said = str(refused.value)
    for words in (
        "nothing was saved",
        "row 3: items: '7' is not among 0 to 3",
        "row 4: reason: points need one",
        "row 5: points are a number, and not 'many'",
        "row 6: there is no such answer",
        "row 7: version: 'x'",
        "row 8: comments: a line has at most 500 characters, and not 501",
        "next: mend these rows",
    ):
        assert words in said
    assert "row 2" not in said
    assert decided(tmp_path) == {}


def test_whoever_decided_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """A row that somebody judged in the browser since is told; an empty row does no harm."""
    hand_in(tmp_path, {"ann": essay(1)})
    rows = written(tmp_path)
    Store(tmp_path).judge("ann", EXERCISE, "notes", Judgement("a", ("partly",)), seen=0)
    assert taken(tmp_path, rows) == 0
    rows[0]["items"] = "1"
    with pytest.raises(GraderError, match="row 2: somebody judged this answer after"):
        taken(tmp_path, rows)
    assert decided(tmp_path)["ann"].items == ("partly",)


def test_answers_reach_no_spreadsheet_as_formulas(tmp_path: Path) -> None:
    """Hostile answers are cells of text, and the sheet that holds them comes back."""
    texts = [*HOSTILE.values(), "=HYPERLINK('http://evil.example')", "@SUM(1)", "+1", "\t=1"]
    hand_in(tmp_path, texts)
    rows = written(tmp_path)
    assert len(rows) == len(texts)
    assert not [row for row in rows if row["answer"].startswith(("=", "+", "-", "@", "\t"))]
    rows[0]["items"] = "1"
    assert taken(tmp_path, rows) == 1


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "not UTF-8"),
        (lambda path: path.write_text(f"{','.join(COLUMNS)}\n{'x' * 200_000}"), "not a table"),
        (lambda path: path.write_text(""), "row 1: there is no column exercise"),
        (lambda path: path.write_text("exercise;check\n"), "row 1: there is no column submission"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, spoil: Spoil, said: str) -> None:
    """A file that is absent, in another encoding or without the columns is refused by name."""
    hand_in(tmp_path, [essay(1)])
    give(tmp_path, tmp_path / "sheet.csv")
    spoil(tmp_path / "sheet.csv")
    with pytest.raises(GraderError, match=said):
        take(tmp_path, tmp_path / "sheet.csv")


def test_no_work_is_overwritten(tmp_path: Path) -> None:
    """A sheet that is there already may be half filled in, so it stays."""
    hand_in(tmp_path, [essay(1)])
    give(tmp_path, tmp_path / "sheet.csv")
    with pytest.raises(GraderError, match="is there already"):
        give(tmp_path, tmp_path / "sheet.csv")
