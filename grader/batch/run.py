"""A batch from beginning to end: what is there is used again, what is missing is graded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch import best, crew, plan, roll
from grader.batch.contents import Rules, digest
from grader.batch.crew import Hire, Progress
from grader.batch.files import make_folder, sweep
from grader.batch.plan import Batch, Entry
from grader.batch.press import Imprint, Press
from grader.batch.queue import Means, make
from grader.batch.roll import Line, Roll
from grader.batch.shards import WHOLE
from grader.batch.store import DamagedError, Store
from grader.draws import derive
from grader.model import Report


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a batch."""

    reports: list[Report]  # of those that were asked for; light ones where they are several
    graded: int  # results that were made
    reused: int  # results that were there


def run(
    batch: Batch,
    out: Path,
    formats: frozenset[str],
    progress: AbstractContextManager[Progress],
    hire: Hire = crew.here,
) -> Ended:
    """Grade what is missing and write each report, then what belongs to the class.

    Every result is kept as soon as it is there.  Ctrl-C lets those under way end; a second one
    stops at once.  However a run ends, the same command goes on where it was.  A shard writes no
    reports: :func:`grader.batch.merge.merge` does once all are there.
    """
    make_folder(out)
    store = Store.beside(out)
    with store.run(batch.shard.name) as word, progress as shown:
        if batch.shard == WHOLE:
            sweep(out)
        seed = store.seed() if batch.seed is None else batch.seed
        rules, means = Rules.of(batch.course, seed), Means(store, seed, word, shown, hire)
        batch, before = best.attempts(batch, rules, means) if batch.rivals else (batch, 0)
        imprint = Imprint(batch.course.title, stated(batch.seed, seed), formats)
        the_run = _Run(batch, Press(store, out, imprint), plan.entries(batch, rules), means)
        made, there = the_run.grade()
        reports = the_run.publish() if batch.shard == WHOLE else the_run.hand_in()
    return Ended(reports, before + made, there - before)


def stated(given: int | None, seed: int) -> int:
    """Return the seed that reports state.

    The store's own stays secret: whoever knows it can tell what hidden questions will ask of the
    next attempt.  A number made from it tells at least which reports were drawn alike.
    """
    return derive(seed, "stated") >> 32 if given is None else given


class _Run:
    """A batch under way."""

    def __init__(self, batch: Batch, press: Press, entries: list[Entry], means: Means) -> None:
        self.batch, self.press, self.entries, self.means = batch, press, entries, means
        self.store, self.shown = means.store, means.shown
        self.chosen = [one for one in entries if batch.chooses(one.student)]
        self.whole = digest([[one.stem, sorted(one.keys.items())] for one in entries])
        self.earlier = press.earlier(self.shown.say) if batch.shard == WHOLE else None

    def grade(self) -> tuple[int, int]:
        """Make what is missing; return how many results were made and how many were there."""
        try:
            return make(self.batch, self.chosen, self.means, self._ready)
        finally:
            self.press.save(entry.stem for entry in self.entries)

    def hand_in(self) -> list[Report]:
        """Leave the roll of a shard, which says that all of it is graded."""
        imprint, shard = self.press.imprint, self.batch.shard
        lines = tuple(Line(entry, {}) for entry in self.chosen)
        part = Roll(imprint.course, imprint.seed, shard.number, shard.count, self.whole, lines)
        roll.save(part, self.store)
        return []

    def publish(self) -> list[Report]:
        """Write what is not yet written, having said what changes; return the reports."""
        for exercise, names in plan.twins(self.batch):
            self.shown.say(f"{exercise}: the same text from {roll.listed(names)}")
        everyone = sorted([*self.chosen, *self._others()], key=lambda entry: entry.number)
        self.press.publish(everyone, self.chosen, self.whole, self.shown.say)
        if len(self.chosen) == 1:
            return [self.press.whole(self.chosen[0])]
        return [self.press.reports[entry.stem] for entry in self.chosen]

    def _ready(self, entry: Entry) -> None:
        """Take a submission whose results are all there."""
        if self.batch.shard != WHOLE:
            return
        self.press.read(entry)
        if self.earlier is None:  # else nothing is replaced before it is said what changes
            self.press.write(entry)

    def _others(self) -> Iterator[Entry]:
        """Yield the entries of those who are not graded this time, as they were graded last."""
        if not (self.batch.students and self.earlier):
            return
        chosen = {entry.stem for entry in self.chosen}
        numbers = {entry.stem: entry.number for entry in self.entries}
        for entry in (line.entry for line in self.earlier.lines):
            if entry.stem in numbers.keys() - chosen:
                try:
                    self.press.read(entry)
                except DamagedError as error:
                    self.shown.say(f"{entry.student} is left out of the class: {error}")
                    continue
                yield replace(entry, number=numbers[entry.stem])
