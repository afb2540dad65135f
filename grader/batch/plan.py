"""What is to be done: which exercises of which submissions, and under which names results go."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.batch.contents import Rules, of_text
from grader.batch.shards import WHOLE, Shard
from grader.errors import SubmissionError
from grader.model import Course, Exercise, Source, Submission
from grader.submission import file_stems


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be graded, and how."""

    course: Course
    submissions: Sequence[Submission]
    only: Sequence[str] = ()  # ids of exercises; none means all
    seed: int | None = None  # None is the store's own, which stays secret
    jobs: int | None = None  # submissions at once; None suits the machine
    unsafe: bool = False  # grade even where the wall cannot hold strangers' code
    students: frozenset[str] = frozenset()  # grade these again, the others stay; none means all
    trust_timeouts: bool = False  # use results again that another run might not repeat
    shard: Shard = WHOLE
    rivals: Sequence[Submission] = ()  # other attempts of the students: of all, the best counts

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that are asked for, in the course's order."""
        every = self.course.exercises
        return tuple(one for one in every if not self.only or one.id in self.only)

    def chooses(self, student: str) -> bool:
        """Tell whether a submission is graded this time."""
        return self.shard.holds(student) and (not self.students or student in self.students)

    @property
    def workers(self) -> int:
        """How many results are made at once.

        One more than there are cores: a judge thinks while its child waits, and the other way
        round, so that as many as cores leave a sixth of each idle.
        """
        return self.jobs or (cores() + 1 if len(self.submissions) > cores() else cores())


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of a class and the names of its results."""

    number: int  # its place in the class
    student: str
    attempt: str | None
    file: str
    stem: str  # of its reports' file names
    notes: tuple[str, ...]
    sources: Mapping[str, str]  # exercise id -> SHA-256 of the text
    keys: Mapping[str, str]  # exercise id -> name of the result


@dataclass(frozen=True, slots=True)
class Task:
    """One result that is to be made; plain enough to be sent to another machine."""

    key: str
    student: str  # the first who handed this in
    exercise: str
    source: Source | None
    remarks: tuple[str, ...] = ()  # what was guessed while it was read


def chosen(words: Sequence[str], submissions: Sequence[Submission]) -> frozenset[str]:
    """Return the students that some words name, whatever their case and composed accents.

    Raises :class:`~grader.errors.SubmissionError` for a word that names nobody, or several.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for submission in submissions:
        known[_folded(submission.student)].add(submission.student)
    return frozenset(_meant(word, known) for word in words)


def _meant(word: str, known: Mapping[str, set[str]]) -> str:
    found = known.get(_folded(word), set())
    if word in found or len(found) == 1:
        return word if word in found else next(iter(found))
    if found:
        raise SubmissionError(f"--student {word}: may be {' or '.join(sorted(found))}")
    close = difflib.get_close_matches(_folded(word), known, n=1)
    hint = f"did you mean {min(known[close[0]])}?" if close else "check the class's folder"
    raise SubmissionError(f"--student {word}: nobody of the class is called so: {hint}")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def entries(batch: Batch, rules: Rules) -> list[Entry]:
    """Return an entry for each submission of the class."""
    stems = file_stems([one.student for one in batch.submissions])
    return [
        Entry(
            number=number,
            student=one.student,
            attempt=one.attempt,
            file=one.path.name,
            stem=stem,
            notes=one.notes,
            sources={name: of_text(source.text) for name, source in one.sources.items()},
            keys={
                exercise.id: rules.key(
                    exercise.id, one.sources.get(exercise.id), one.remarks.get(exercise.id, ())
                )
                for exercise in batch.exercises
            },
        )
        for number, (one, stem) in enumerate(zip(batch.submissions, stems, strict=True))
    ]


def tasks(batch: Batch, entries: Iterable[Entry]) -> dict[str, Task]:
    """Return what would have to be graded for some submissions, each text of an exercise once."""
    found: dict[str, Task] = {}
    for entry in entries:
        one = batch.submissions[entry.number]
        for exercise, key in entry.keys.items():
            source, remarks = one.sources.get(exercise), one.remarks.get(exercise, ())
            found.setdefault(key, Task(key, entry.student, exercise, source, remarks))
    return found


def twins(batch: Batch) -> list[tuple[str, tuple[str, ...]]]:
    """Return exercise and students wherever several handed in the same text, and not the stub."""
    stubs = {one.id: one.stub.strip() for one in batch.exercises}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for submission in batch.submissions:
        for exercise, source in submission.sources.items():
            text = source.text.strip()
            if text and text != stubs.get(exercise, text):
                groups[exercise, text].append(submission.student)
    return [(exercise, tuple(names)) for (exercise, _), names in groups.items() if len(names) > 1]
