"""The points of a class as one CSV table, a row per student."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence

from grader.model import Report
from grader.render import states

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def grades_csv(reports: Sequence[Report]) -> str:
    """Return student, points, out_of, final and one column of points per exercise id.

    A cell is empty where the exercise is not in the report or its checker broke.  Names that a
    spreadsheet would take for a formula get a leading apostrophe.  Lines end as RFC 4180 has them.
    """
    exercises = exercise_ids(reports)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["student", "points", "out_of", "final", *exercises])
    for report in reports:
        earned = {
            result.exercise: f"{result.points:g}"
            for result in report.results
            if not states.is_broken(result)
        }
        total = [f"{report.points:g}", f"{report.out_of:g}", str(report.final).lower()]
        cells = [earned.get(exercise, "") for exercise in exercises]
        table.writerow([inert(report.student), *total, *cells])
    return text.getvalue()


def exercise_ids(reports: Sequence[Report]) -> list[str]:
    """Return the ids of all exercises, in the order of the first report that has them."""
    return list(dict.fromkeys(one.exercise for report in reports for one in report.results))


def inert(cell: str) -> str:
    """Return a cell that every file can hold and no spreadsheet runs (OWASP, CSV injection)."""
    written = cell.encode("utf-8", "replace").decode()  # a folder's name may be no UTF-8
    text = "".join(char for char in written if char >= " " or char in "\t\r\n")
    # Some spreadsheets take wide signs for the common ones, and pass over blanks.
    first = unicodedata.normalize("NFKC", text).lstrip(" ")
    return f"'{text}" if first.startswith(_FORMULA) else text
