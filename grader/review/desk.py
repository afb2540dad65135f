"""A reviewer's desk: the questions of a class, what was decided so far, what can be done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from grader.errors import GraderError
from grader.model import Outcome, Report, Result
from grader.review.judgement import Item, Judged, Judgement, Rubric, review_of
from grader.review.queue import Look, Queue, Turn, queues, sorted_queue, turn
from grader.review.records import Answer, Records
from grader.review.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was decided, and what it took the place of."""

    stem: str
    exercise: str
    check: str
    before: Judgement | None
    after: Judgement | None


class Desk:
    """Everything that a reviewer sees and does, without a word about the web."""

    def __init__(self, out: Path, models: Mapping[tuple[str, str], str]) -> None:
        self.records = Records(out)
        self.store = Store(out)
        self.models = models
        self._queues: dict[tuple[str, str], Queue] = {}
        self._sorted: dict[tuple[str, str], Queue] = {}
        self._made_at = -1
        self._lock = Lock()

    def prepare(self) -> None:
        """Read the records ahead; whatever is wrong with them is told to whoever asks for them."""
        with contextlib.suppress(GraderError):
            self.queues()

    def queues(self) -> dict[tuple[str, str], Queue]:
        """Return the questions, made anew where a record has changed; nothing in them is sorted."""
        with self._lock:
            self.records.refresh()
            if self._made_at != self.records.changes:
                self._queues = queues(part.answers for part in self.records.parts.values())
                self._sorted.clear()
                self._made_at = self.records.changes
            return self._queues

    def queue(self, exercise: str, check: str) -> Queue | None:
        """Return one question in the order of reading, from when the questions were last made."""
        key = (exercise, check)
        plain = (self._queues or self.queues()).get(key)
        if plain is not None and key not in self._sorted:
            self._sorted[key] = sorted_queue(plain)
        return self._sorted.get(key)

    def sorted_queues(self) -> list[Queue]:
        """Return all questions in the order of reading."""
        found = (self.queue(*key) for key in self.queues())
        return [queue for queue in found if queue is not None]

    def judged(self, answer: Answer) -> Judged:
        """Return what was decided about the exercise that an answer belongs to."""
        return self.store.judged(answer.stem, answer.exercise)

    def rubric(self, queue: Queue) -> Rubric:
        """Return the rubric of a question."""
        asked = queue.asked
        return self.store.rubric(asked.exercise, asked.check, asked.out_of)

    def look(self, queue: Queue) -> Look:
        """Return a question with what has been decided about its answers by now."""
        return Look(queue, tuple(self.judged(one) for one in queue.answers))

    def decide(self, answer: Answer, judgement: Judgement | None, seen: int) -> Step:
        """Save what was decided about an answer that was ``seen`` in that version."""
        return self._save(answer.stem, answer.exercise, answer.check, judgement, seen)

    def decide_alike(self, others: Iterable[Answer], judgement: Judgement) -> list[Step]:
        """Give the answers of a group that still wait the same; what is decided stays."""
        steps = []
        for one in others:
            judged = self.judged(one)
            if turn(one, judged) in {Turn.OPEN, Turn.STALE}:
                same = replace(judgement, answer=one.fingerprint)
                steps.append(self.decide(one, same, judged.version))
        return steps

    def override(
        self, stem: str, exercise: str, check: str, judgement: Judgement | None, seen: int
    ) -> Step:
        """Save points that take the place of an automatic result, or take them back."""
        return self._save(stem, exercise, check, judgement, seen)

    def undo(self, steps: Iterable[Step]) -> list[Step]:
        """Take steps back; return those that are not, because somebody changed more since."""
        kept = []
        for step in steps:
            judged = self.store.judged(step.stem, step.exercise)
            if judged.checks.get(step.check) == step.after:
                self.store.judge(step.stem, step.exercise, step.check, step.before, judged.version)
            else:
                kept.append(step)
        return kept

    def reprice(self, queue: Queue, items: tuple[Item, ...], version: int) -> int:
        """Change a rubric for everyone; return how many scores move."""
        before, after = self.rubric(queue), Rubric(items, version)
        asked = queue.asked
        outcome = _outcome(self.records.report(queue.answers[0].stem), asked.exercise, asked.check)
        self.store.reprice(asked.exercise, asked.check, after)
        return sum(
            review_of(one, before, outcome).points != review_of(one, after, outcome).points
            for one in self.look(queue).judgements
        )

    def overrides(self) -> list[tuple[str, str, str, Turn]]:
        """Return student, exercise, check and turn of every override of an automatic result."""
        asked = {(*key, one.stem) for key, queue in self._queues.items() for one in queue.answers}
        found = []
        for stem, exercise in self.store.all():
            part = self.records.parts.get(stem)
            if part is None:
                continue
            for check, one in self.store.judged(stem, exercise).checks.items():
                if (exercise, check, stem) not in asked:
                    fresh = part.sources.get(exercise, "") == one.answer
                    found.append((stem, exercise, check, Turn.DONE if fresh else Turn.STALE))
        return found

    def _save(
        self, stem: str, exercise: str, check: str, judgement: Judgement | None, seen: int
    ) -> Step:
        before = self.store.judged(stem, exercise).checks.get(check)
        stamped = replace(judgement, at=now()) if judgement else None
        self.store.judge(stem, exercise, check, stamped, seen)
        return Step(stem, exercise, check, before, stamped)


def result_of(report: Report, exercise: str) -> Result:
    """Return one exercise of a report; raises GraderError where it has none of that name."""
    found = next((one for one in report.results if one.exercise == exercise), None)
    if found is None:
        raise GraderError(f"{report.student}: the record has no exercise {exercise!r}")
    return found


def _outcome(report: Report, exercise: str, check: str) -> Outcome:
    return next(one for one in result_of(report, exercise).outcomes if one.name == check)


def now() -> str:
    """Return the present as it stands in reviews."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
