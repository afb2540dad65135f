"""The reports of a run as they become ready, written once, and only where they would differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.batch import contents, roll
from grader.batch.files import write
from grader.batch.plan import Entry
from grader.batch.publish import report_of, write_class, write_report
from grader.batch.roll import Line, Roll
from grader.batch.shards import WHOLE
from grader.batch.store import Store
from grader.errors import GraderError
from grader.model import Report
from grader.render import states
from grader.render.formats import FORMATS
from grader.review.applied import reviewed
from grader.review.store import Store as Reviews


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all reports of a run state alike."""

    course: str
    seed: int
    formats: frozenset[str]


@dataclass(slots=True)
class Press:
    """Makes reports from stored results and writes them to a folder.

    It keeps no report whole: those of a thousand students would fill the memory.
    """

    store: Store
    out: Path
    imprint: Imprint
    reports: dict[str, Report] = field(default_factory=dict)  # light ones, by stem
    reviews: Reviews = field(init=False)
    _made: dict[str, str] = field(default_factory=dict)  # what the files of a stem were made of

    def __post_init__(self) -> None:
        """Read what an earlier run has written; where that is lost, all is written again."""
        self.reviews = Reviews(self.out)
        try:
            found = json.loads(self._ledger.read_bytes())
        except (OSError, ValueError):
            return
        self._made = found if isinstance(found, dict) else {}

    def read(self, entry: Entry) -> None:
        """Take a submission whose results are all there into the class."""
        self.reports[entry.stem] = self._report(entry, whole=False)

    def whole(self, entry: Entry) -> Report:
        """Return a submission's report with all that its page shows."""
        return self._report(entry, whole=True)

    def write(self, entry: Entry) -> None:
        """Write the files of a report, unless they are there and would be the same."""
        name = self._name(entry)
        wanted = self.imprint.formats & FORMATS.keys()
        files = [self.out / f"{entry.stem}{FORMATS[one].ending}" for one in wanted]
        if self._made.get(entry.stem) == name and all(file.is_file() for file in files):
            return
        write_report(self.whole(entry), self.out / entry.stem, self.imprint.formats)
        self._made[entry.stem] = name

    def earlier(self, say: Callable[[str], None]) -> Roll | None:
        """Return the roll of the last run that ended, if any."""
        try:
            return roll.read(roll.path(self.store, WHOLE))
        except GraderError as error:
            say(f"earlier scores are not compared: {str(error).splitlines()[0]}")
            return None

    def publish(
        self,
        entries: Sequence[Entry],
        asked: Iterable[Entry],
        whole: str,
        say: Callable[[str], None],
    ) -> None:
        """Write what those who were asked for get, and what belongs to the class.

        What changes is said before anything is replaced.  Each entry must have been read.
        """
        lines = tuple(map(self._line, entries))
        before = self.earlier(say)
        for text in roll.moves(before, lines) if before else []:
            say(text)
        for entry in asked:
            self.write(entry)
        stems = [entry.stem for entry in entries]
        write_class([self.reports[stem] for stem in stems], stems, self.out, self.imprint.formats)
        self.save(stems)
        course, seed = self.imprint.course, self.imprint.seed
        roll.save(Roll(course, seed, WHOLE.number, WHOLE.count, whole, lines), self.store)

    def save(self, stems: Iterable[str]) -> None:
        """Remember what the files of these stems were made of."""
        kept = {stem: self._made[stem] for stem in stems if stem in self._made}
        write(self._ledger, json.dumps(kept) + "\n")

    @property
    def _ledger(self) -> Path:
        return self.store.folder / "written.json"

    def _report(self, entry: Entry, *, whole: bool) -> Report:
        made = report_of(entry, self.store, self.imprint.course, self.imprint.seed, whole=whole)
        return reviewed(made, self.reviews.of(entry.stem))

    def _line(self, entry: Entry) -> Line:
        """Return what a submission earned, as the roll keeps it."""
        results = self.reports[entry.stem].results
        return Line(
            entry, {one.exercise: None if states.is_broken(one) else one.points for one in results}
        )

    def _name(self, entry: Entry) -> str:
        told = [entry.student, entry.attempt, entry.file, entry.notes, dict(entry.keys)]
        formats = sorted(self.imprint.formats)
        stated = [self.imprint.course, self.imprint.seed, formats, contents.of_pages()]
        return contents.digest([told, stated, repr(self.reviews.of(entry.stem))])
