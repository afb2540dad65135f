"""The answers to one question, in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from grader.review.alike import alike
from grader.review.judgement import Judged, Judgement
from grader.review.records import Answer, Asked

PAUSE = 300.0  # seconds: whoever takes longer did something else meanwhile


class Turn(StrEnum):
    """Whether an answer waits for a person, and why."""

    OPEN = "open"
    STALE = "stale"  # the answer has changed since it was read
    DISPUTED = "disputed"  # two people decided at the same time
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Queue:
    """One question and its answers; those that are alike stand together."""

    asked: Asked
    answers: tuple[Answer, ...]
    group: tuple[int, ...]  # of each answer

    def place(self, code: str) -> int | None:
        """Return the position of an answer, or None where there is no such answer any more."""
        return next((n for n, one in enumerate(self.answers) if one.code == code), None)

    def like(self, position: int) -> list[Answer]:
        """Return the other answers that are like the one at a position."""
        group = self.group[position]
        return [
            one for n, one in enumerate(self.answers) if self.group[n] == group and n != position
        ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a question has come."""

    done: int
    total: int
    minutes: float | None  # what the rest may take at the pace so far; None while nobody knows


def queues(parts: Iterable[Sequence[tuple[Asked, Answer]]]) -> dict[tuple[str, str], Queue]:
    """Return the questions of a class in course order, by exercise and check; nothing is sorted."""
    asked: dict[tuple[str, str], Asked] = {}
    answers: dict[tuple[str, str], list[Answer]] = {}
    for part in parts:
        for question, answer in part:
            key = (question.exercise, question.check)
            asked.setdefault(key, question)
            answers.setdefault(key, []).append(answer)
    return {
        key: Queue(asked[key], tuple(answers[key]), tuple(range(len(answers[key]))))
        for key in sorted(asked)
    }


def sorted_queue(queue: Queue) -> Queue:
    """Return a question with similar answers together, large groups first.

    Otherwise the order is that of the answers' hashes: the same for every reader, and no student's
    name has a part in it.
    """
    answers = sorted(queue.answers, key=lambda one: (one.fingerprint, one.code))
    group = alike([one.text for one in answers])
    size = Counter(group)
    order = sorted(range(len(answers)), key=lambda n: (-size[group[n]], group[n], n))
    return Queue(queue.asked, tuple(answers[n] for n in order), tuple(group[n] for n in order))


def turn(answer: Answer, judged: Judged) -> Turn:
    """Tell whether an answer waits for a person."""
    judgement = judged.checks.get(answer.check)
    if any(one.check == answer.check for one in judged.disputes):
        return Turn.DISPUTED
    if judgement is None:
        return Turn.OPEN
    return Turn.DONE if judgement.answer == answer.fingerprint else Turn.STALE


@dataclass(frozen=True, slots=True)
class Look:
    """One question, and what was decided about each of its answers when somebody looked."""

    queue: Queue
    judged: tuple[Judged, ...]

    @property
    def turns(self) -> list[Turn]:
        """Tell of each answer whether it waits."""
        pairs = zip(self.queue.answers, self.judged, strict=True)
        return [turn(answer, judged) for answer, judged in pairs]

    @property
    def judgements(self) -> list[Judgement]:
        """Return what was decided, stale or not."""
        found = (judged.checks.get(self.queue.asked.check) for judged in self.judged)
        return [judgement for judgement in found if judgement is not None]

    @property
    def comments(self) -> list[str]:
        """Return the comments that were written, the frequent ones first."""
        counts = Counter(comment for one in self.judgements for comment in one.comments)
        return [comment for comment, _ in counts.most_common()]

    @property
    def progress(self) -> Progress:
        """Return how far the reading has come, and how long the rest may take at this pace."""
        done, total = sum(one is Turn.DONE for one in self.turns), len(self.judged)
        moments = sorted(datetime.fromisoformat(one.at) for one in self.judgements if one.at)
        gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
        worked = [gap for gap in gaps if gap <= PAUSE]
        if not sum(worked):
            return Progress(done, total, None)
        return Progress(done, total, (total - done) * sum(worked) / len(worked) / 60)
