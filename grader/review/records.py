"""The answers of a class, read from the records beside the students' pages."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from grader import __version__
from grader.classroom.light import light
from grader.errors import Exit, GraderError
from grader.model import Report, Verdict
from grader.render import record
from grader.render.plain_data import Names, reader, writer
from grader.review.judgement import answer_of, fingerprint

KEPT = "reviews/.answers.json"
_NAMES = Names(renamed={}, computed={})
_Stamp = tuple[int, int]  # when a record was written, and its size


@dataclass(frozen=True, slots=True)
class Answer:
    """What one student wrote in answer to one question."""

    stem: str  # the name of the student's files
    code: str  # stands for it where names are hidden
    student: str
    exercise: str
    check: str
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, as the class was asked it."""

    exercise: str
    label: str
    title: str  # of the exercise
    check: str
    name: str  # of the check
    question: str
    rubric: str  # what the author says a reader looks for
    subject: str | None  # the student's own name that holds the answer
    out_of: float


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept of one record: whose it is, which exercises, which answers."""

    code: str
    student: str
    exercises: tuple[tuple[str, str, str], ...]  # id, label and title
    answers: tuple[tuple[Asked, Answer], ...]
    sources: Mapping[str, str]  # exercise -> hash of its code


class Records:
    """The records of a folder of reports, read once and again where they change.

    What a reviewer needs of them is kept in ``reviews/.answers.json``, which may be deleted: a
    class of a thousand is a hundred megabytes of records, and a few of answers.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.parts: dict[str, Part] = {}  # by the name of the student's files
        self.changes = 0
        self._seen: dict[str, _Stamp] = {}

    def refresh(self) -> None:
        """Read what is new or changed; raises GraderError where there is no record at all."""
        found = {path.stem: path for path in record_paths(self.out)}
        if not self.parts:
            self._recall()
        before = self.changes
        for stem, path in found.items():
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if self._seen.get(stem) != stamp:
                self.parts[stem] = part(stem, read_light(path))
                self._seen[stem] = stamp
                self.changes += 1
        for stem in self._seen.keys() - found.keys():
            del self._seen[stem], self.parts[stem]
            self.changes += 1
        if self.changes != before:
            self._remember()

    def stem(self, code: str) -> str | None:
        """Return the name of the files that a code stands for."""
        return next((stem for stem, part in self.parts.items() if part.code == code), None)

    def report(self, stem: str) -> Report:
        """Read one student's report."""
        return read(self.out / f"{stem}.json")

    def _recall(self) -> None:
        """Take what an earlier run kept; what does not fit is read anew."""
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads((self.out / KEPT).read_bytes())
            if kept.pop("grader") != __version__:
                return
            turn = reader(_NAMES, Part)
            self.parts = {stem: turn(data) for stem, (_, data) in kept.items()}
            self._seen = {stem: (stamp[0], stamp[1]) for stem, (stamp, _) in kept.items()}

    def _remember(self) -> None:
        """Keep what was read; where that cannot be, the next run reads the records again."""
        turn = writer(_NAMES, Part)
        kept = {stem: (self._seen[stem], turn(one)) for stem, one in self.parts.items()}
        path = self.out / KEPT
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps({"grader": __version__, **kept}), encoding="ascii")
            temporary.replace(path)


def records_in(out: Path) -> list[Path]:
    """Return the records of a folder of reports, and no other JSON that is written beside them."""
    from grader.render.formats import FORMATS  # the renderers take a while: the link comes first

    others = tuple(one.ending for name, one in FORMATS.items() if name != "json")
    found = sorted(out.glob("*.json"))
    return [
        path for path in found if not path.name.startswith(".") and not path.name.endswith(others)
    ]


def record_paths(out: Path) -> list[Path]:
    """Return the records of a folder of reports, or say that there are none."""
    paths = records_in(out)
    if not paths:
        error = GraderError(
            f"{out}: there are no records here\n"
            "  next: grade first (grader grade SUBMISSION…), or name another folder with --out"
        )
        error.code = Exit.NOTHING
        raise error
    return paths


def read(path: Path) -> Report:
    """Read a record; the error names the file."""
    try:
        return record.loads(path.read_bytes())
    except OSError as error:
        raise GraderError(f"{path}: cannot be read ({error.strerror})") from error
    except GraderError as error:
        raise GraderError(f"{path}: {error}") from error


def read_light(path: Path) -> Report:
    """Read a record without its pictures and prints, which are most of it and take longest."""
    try:
        data = json.loads(path.read_bytes())
        for exercise in data["exercises"]:
            exercise["printed"] = ""
            for check in exercise["checks"]:
                check["evidence"] = []
                for finding in check["findings"]:
                    finding["evidence"] = []
        return light(record.load(data))
    except (GraderError, LookupError, OSError, TypeError, ValueError):
        return read(path)  # which says what is wrong with it


def part(stem: str, report: Report) -> Part:
    """Return what a reviewer needs of a report."""
    code = blake2b(stem.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    return Part(
        code,
        report.student,
        tuple((one.exercise, one.label, one.title) for one in report.results),
        tuple(_answers(stem, code, report)),
        report.provenance.sources,
    )


def _answers(stem: str, code: str, report: Report) -> list[tuple[Asked, Answer]]:
    found = []
    for result in report.results:
        for outcome in result.outcomes:
            if outcome.verdict is not Verdict.AWAITING or not outcome.findings:
                continue
            first = next(one for one in outcome.findings if one.awaiting)
            asked = Asked(
                result.exercise,
                result.label,
                result.title,
                outcome.name,
                outcome.title,
                first.shown,
                first.expected,
                first.subject,
                outcome.out_of,
            )
            mark = fingerprint(report, result, outcome)
            text = answer_of(outcome)
            answer = Answer(stem, code, report.student, result.exercise, outcome.name, text, mark)
            found.append((asked, answer))
    return found
