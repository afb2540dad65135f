"""Answers in words as a spreadsheet: written, filled in anywhere, and read back row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from grader.errors import Exit, GraderError
from grader.render.gradebook import inert
from grader.render.numerals import points as points_text
from grader.render.numerals import signed
from grader.render.untrusted import excerpt
from grader.review.desk import Desk
from grader.review.judgement import Judged, Judgement, Rubric, number, remark
from grader.review.queue import Queue
from grader.review.records import Answer

TOLD = ("exercise", "check", "submission", "question", "answer", "rubric", "out_of")
FILLED = ("items", "comments", "points", "reason")  # what a person fills in
COLUMNS = (*TOLD, *FILLED, "version")
LONGEST = 30_000  # characters of an answer: a spreadsheet's cell holds 32,767
SHOWN = 10  # faults that are told at once
READ = "0"  # in the column of items: read, and nothing to mark


def give(out: Path, path: Path) -> int:
    """Write every answer with what was decided so far; return how many there are.

    Items are written as their numbers, comments one a line.  Names of students are not in it.
    """
    desk = Desk(out, {})
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    rows = 0
    for queue in desk.sorted_queues():
        rubric = desk.rubric(queue)
        for answer in queue.answers:
            table.writerow(_row(queue, answer, rubric, desk.judged(answer)))
            rows += 1
    try:
        # With a byte order mark, spreadsheets take it for what it is; "x" overwrites no work.
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text.getvalue())
    except FileExistsError:
        raise _wrong(f"{path} is there already\n  next: name another file") from None
    except OSError as error:
        raise _wrong(f"{path}: cannot be written ({error.strerror})") from error
    return rows


def take(out: Path, path: Path) -> int:
    """Read a filled sheet back and save what changed; return how many judgements that is.

    Where any row is at fault nothing is saved; the error names each by its number, the header
    being row 1, as spreadsheets count.
    """
    desk = Desk(out, {})
    queues = {(one.asked.exercise, one.asked.check): one for one in desk.sorted_queues()}
    faults: list[str] = []
    changed: list[tuple[Answer, Judgement | None, int]] = []
    for row, cells in _rows(path):
        try:
            queue = queues.get((cells["exercise"].strip(), cells["check"].strip()))
            at = queue.place(cells["submission"].strip()) if queue else None
            if queue is None or at is None:
                raise GraderError("there is no such answer among the records")
            answer = queue.answers[at]
            now = desk.judged(answer)
            after = _judgement(cells, answer, desk.rubric(queue))
            if _differs(now.checks.get(answer.check), after):
                changed += _change(cells, answer, now, after)
        except GraderError as fault:
            faults.append(f"row {row}: {fault}")
    if faults:
        more = f"\n  and {len(faults) - SHOWN} more rows" if len(faults) > SHOWN else ""
        raise _wrong(
            f"{path}: nothing was saved\n  "
            + "\n  ".join(faults[:SHOWN])
            + more
            + "\n  next: mend these rows, and read the sheet again"
        )
    for answer, judgement, version in changed:
        desk.decide(answer, judgement, version)
    return len(changed)


def _row(queue: Queue, answer: Answer, rubric: Rubric, judged: Judged) -> list[str]:
    asked, judgement = queue.asked, judged.checks.get(answer.check)
    lines = [f"{n} {item.text} ({signed(item.points)})" for n, item in enumerate(rubric.items, 1)]
    told = [
        asked.exercise, asked.check, answer.code, asked.question, excerpt(answer.text, LONGEST),
        "\n".join(lines), points_text(asked.out_of),
    ]  # fmt: skip
    filled = ["", "", "", ""]
    if judgement is not None and judgement.answer == answer.fingerprint:
        given = [str(n) for n, one in enumerate(rubric.items, 1) if one.id in judgement.items]
        points = "" if judgement.points is None else points_text(judgement.points)
        filled = [
            " ".join(given) or READ, "\n".join(judgement.comments), points, judgement.reason or "",
        ]  # fmt: skip
    return [inert(cell) for cell in (*told, *filled, str(judged.version))]


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield number and cells of each row that holds anything."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _wrong(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _wrong(
            f"{path}: is not UTF-8 ({error.reason})\n  next: save it as 'CSV UTF-8'"
        ) from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _wrong(f"{path}: is not a table ({error})") from error
    names = [name.strip().casefold() for name in (table[0] if table else [])]
    absent = [name for name in ("exercise", "check", "submission", *FILLED, "version")
              if name not in names]  # fmt: skip
    if absent:
        raise _wrong(f"{path}: row 1: there is no column {', '.join(absent)}")
    for row, cells in enumerate(table[1:], 2):
        if any(cell.strip() for cell in cells):
            padded = cells + [""] * (len(names) - len(cells))
            yield row, dict(zip(names, padded, strict=False))


def _judgement(cells: Mapping[str, str], answer: Answer, rubric: Rubric) -> Judgement | None:
    """Return what a row says; None where nothing is filled in."""
    filled = {name: _plain(cells[name]) for name in FILLED}
    if not any(filled.values()):
        return None
    words = filled["items"].replace(",", " ").replace(";", " ").split()
    numbers = {str(n): item.id for n, item in enumerate(rubric.items, 1)}
    unknown = [word for word in words if word not in numbers and word != READ]
    if unknown:
        raise GraderError(
            f"items: {unknown[0][:20]!r} is not among 0 to {len(numbers)}, the rubric's numbers"
        )
    points = number(filled["points"]) if filled["points"] else None
    if points is not None and not filled["reason"]:
        raise GraderError("reason: points need one, for the student to read")
    comments = [line for line in filled["comments"].splitlines() if line.strip()]
    return Judgement(
        answer.fingerprint,
        items=tuple(numbers[word] for word in words if word != READ),
        comments=tuple(remark(line, "comments: a line") for line in comments),
        points=points,
        reason=remark(filled["reason"], "reason: it") if filled["reason"] else None,
    )


def _change(
    cells: Mapping[str, str], answer: Answer, now: Judged, after: Judgement | None
) -> list[tuple[Answer, Judgement | None, int]]:
    """Return what is to be saved of a row that differs from what is saved."""
    version = cells["version"].strip()
    if version == str(now.version):
        return [(answer, after, now.version)]
    if after is None:
        return []  # judged since the sheet was written, and not touched in it
    if not version.isdecimal():
        raise GraderError(f"version: {version[:20]!r} is not what was written there")
    raise GraderError(
        "somebody judged this answer after the sheet was written: their judgement stays, and "
        "this row needs another look (clear it, or write a new sheet)"
    )


def _differs(now: Judgement | None, after: Judgement | None) -> bool:
    if now is None or after is None:
        return now is not after
    return replace(now, at="") != replace(after, at="")


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from calculating it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and inert(text[1:]) == text else text


def _wrong(said: str) -> GraderError:
    error = GraderError(said)
    error.code = Exit.USAGE
    return error
