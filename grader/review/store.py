"""Where reviews are kept: one JSON file for each submission and exercise, beside the reports.

``reviews/<student>/<exercise>.json`` holds judgements, ``rubrics/<exercise>/<check>.json`` what
they refer to.  A file is written whole or not at all, and by one writer at a time: whoever comes
with a version that is no longer the newest is told so, and nothing is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.lock import wait_for
from grader.render.plain_data import MisfitError, Names, reader, writer
from grader.review.applied import Reviews
from grader.review.judgement import Dispute, Judged, Judgement, Rubric, first_rubric

REVIEW, RUBRIC = "grader/review/v1", "grader/rubric/v1"
_NAMES = Names(renamed={}, computed={})
_Stamp = tuple[int, int, int]


class ChangedError(GraderError):
    """Somebody else changed what was to be changed; what they wrote stays."""


class Store:
    """The reviews and rubrics of one folder of reports."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._read: dict[str, tuple[_Stamp, Any]] = {}

    def judged(self, stem: str, exercise: str) -> Judged:
        """Return what was decided about an exercise of the student whose files bear this name."""
        found: Judged | None = self._load(self._review(stem, exercise), REVIEW, Judged)
        return found or Judged(stem, exercise)

    def all(self) -> list[tuple[str, str]]:
        """Return student's files and exercise of everything that anybody decided about."""
        files = sorted((self.out / "reviews").glob("*/*.json"))
        return [(path.parent.name, path.stem) for path in files]

    def rubric(self, exercise: str, check: str, out_of: float) -> Rubric:
        """Return what a question's answers are read for."""
        found: Rubric | None = self._load(self._rubric(exercise, check), RUBRIC, Rubric)
        return found or first_rubric(out_of)

    def of(self, stem: str) -> Reviews:
        """Return everything that was decided about a student."""
        files = sorted((self.out / "reviews" / stem).glob("*.json"))
        judged = {path.stem: self.judged(stem, path.stem) for path in files}
        named = {(one.exercise, check) for one in judged.values() for check in one.checks}
        rubrics = {
            (exercise, check): found
            for exercise, check in named
            if (found := self._load(self._rubric(exercise, check), RUBRIC, Rubric))
        }
        return Reviews(judged, rubrics)

    def judge(
        self, stem: str, exercise: str, check: str, judgement: Judgement | None, seen: int
    ) -> Judged:
        """Put a judgement, or none, in the place of the one that was ``seen`` in that version.

        Where there is a newer version that says something else, that one stays, and the judgement
        is kept beside it as a dispute.  Returns what the file says now.
        """
        path = self._review(stem, exercise)
        with self._alone(path):
            now = self.judged(stem, exercise)
            if now.version != seen and not _same(now.checks.get(check), judgement):
                mine = (Dispute(check, judgement),) if judgement else ()
                after = replace(now, disputes=(*now.disputes, *mine))
            else:
                after = replace(now, checks=_with(now, check, judgement))
            after = replace(after, version=now.version + 1)
            self._save(path, REVIEW, after)
        return after

    def settle(
        self, stem: str, exercise: str, check: str, judgement: Judgement | None, seen: int
    ) -> Judged:
        """End the disputes about a check: the judgement is the one that counts from now on.

        Raises :class:`ChangedError` where the file has a newer version than the one ``seen``.
        """
        path = self._review(stem, exercise)
        with self._alone(path):
            now = self.judged(stem, exercise)
            if now.version != seen:
                raise ChangedError("somebody changed this answer's review meanwhile: look again")
            others = tuple(one for one in now.disputes if one.check != check)
            checks = _with(now, check, judgement)
            after = replace(now, checks=checks, disputes=others, version=now.version + 1)
            self._save(path, REVIEW, after)
        return after

    def reprice(self, exercise: str, check: str, rubric: Rubric) -> Rubric:
        """Put a rubric in the place of the one whose version it bears; raises ChangedError."""
        path = self._rubric(exercise, check)
        with self._alone(path):
            now: Rubric | None = self._load(path, RUBRIC, Rubric)
            if (now.version if now else 0) != rubric.version:
                raise ChangedError("somebody changed this rubric meanwhile: look again")
            after = replace(rubric, version=rubric.version + 1)
            self._save(path, RUBRIC, after)
        return after

    def _review(self, stem: str, exercise: str) -> str:
        return f"{self.out}/reviews/{stem}/{exercise}.json"

    def _rubric(self, exercise: str, check: str) -> str:
        return f"{self.out}/rubrics/{exercise}/{check}.json"

    def _load(self, path: str, schema: str, noun: type) -> Any:
        """Read a file, unless it is the one that was read before; None where there is none."""
        try:
            found = os.stat(path)  # noqa: PTH116 a path object for each answer takes too long
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                data = json.loads(Path(path).read_bytes())
                if not isinstance(data, dict) or data.get("schema") != schema:
                    raise MisfitError(f"a file of the schema {schema}", data)
                known = self._read[path] = (stamp, reader(_NAMES, noun)(data))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise GraderError(
                f"{path}: cannot be read as a review ({error})\n"
                "  next: mend it by hand, or move it away to review the answer again"
            ) from error
        return known[1]

    @contextmanager
    def _alone(self, place: str) -> Iterator[None]:
        """Keep other writers of the same file out; the lock ends with its process, however."""
        path = Path(place)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = (path.parent / f".{path.name}.lock").open("ab")
        except OSError as error:
            raise _unwritable(path, error) from error
        with lock:
            wait_for(lock)
            yield

    def _save(self, place: str, schema: str, noun: Judged | Rubric) -> None:
        path = Path(place)
        turn = writer(_NAMES, Judged if isinstance(noun, Judged) else Rubric)
        text = json.dumps({"schema": schema, **turn(noun)}, indent=1)
        temporary = path.with_name(f".{path.name}.part")
        try:
            with temporary.open("w", encoding="ascii") as file:
                file.write(f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> GraderError:
    return GraderError(
        f"{path}: the review cannot be written ({error.strerror})\n"
        "  next: free some room, or let this folder be written to"
    )


def _with(judged: Judged, check: str, judgement: Judgement | None) -> dict[str, Judgement]:
    others = {name: one for name, one in judged.checks.items() if name != check}
    return others if judgement is None else others | {check: judgement}


def _same(one: Judgement | None, other: Judgement | None) -> bool:
    """Tell whether two judgements say the same, whenever they were made."""
    if one is None or other is None:
        return one is other
    return replace(one, at="") == replace(other, at="")
