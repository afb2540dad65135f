"""Which results are missing, and the wait for them: each submission is told once it is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, as_completed
from dataclasses import dataclass

from grader.batch.crew import Hire, Job, Progress
from grader.batch.plan import Batch, Entry, Task, tasks
from grader.batch.store import DamagedError, Store
from grader.errors import GraderError


def missing(
    asked: Mapping[str, Task], store: Store, word: str, shown: Progress, *, trust: bool
) -> dict[str, Task]:
    """Return what has to be graded: what is not there, not whole, or may end otherwise now.

    ``word`` is the run's: what it has finished before it was killed is not done twice.  With
    ``trust``, any result is as good as a new one.
    """
    wanted = {}
    for key, task in asked.items():
        try:
            head = store.head(key)
        except DamagedError as error:
            shown.say(f"{task.student}, {task.exercise} is graded again: {error}")
            head = None
        if head and (head.settled or trust or (head.finished and head.run == word)):
            continue
        wanted[key] = task
    return wanted


class Queue:
    """Submissions that wait for results."""

    def __init__(
        self,
        entries: Iterable[Entry],
        wanted: Mapping[str, Task],
        ready: Callable[[Entry], None],
        done: Callable[[], None],
    ) -> None:
        """Call ``ready`` for each submission that is whole: at once, or when its last result comes.

        In the latter case ``done`` is called as well.
        """
        self._ready, self._done = ready, done
        self._waiting: dict[str, list[Entry]] = defaultdict(list)
        self._open: dict[str, int] = {}
        for entry in entries:
            keys = {key for key in entry.keys.values() if key in wanted}
            self._open[entry.stem] = len(keys)
            for key in keys:
                self._waiting[key].append(entry)
            if not keys:
                ready(entry)

    def came(self, key: str) -> None:
        """Note that a result is there."""
        for entry in self._waiting.pop(key, []):
            self._open[entry.stem] -= 1
            if not self._open[entry.stem]:
                self._ready(entry)
                self._done()

    @property
    def submissions(self) -> int:
        """How many submissions wait for a result."""
        return sum(bool(number) for number in self._open.values())

    @property
    def left(self) -> int:
        """How many results are still to come."""
        return len(self._waiting)


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with."""

    store: Store
    seed: int
    word: str  # the run's own, which results are marked with
    shown: Progress
    hire: Hire


def make(
    batch: Batch, entries: Sequence[Entry], means: Means, ready: Callable[[Entry], None]
) -> tuple[int, int]:
    """Make what is missing of some submissions, each of which ``ready`` is told of when whole.

    Returns how many results were made and how many were there.
    """
    found = tasks(batch, entries)
    shown = means.shown
    wanted = missing(found, means.store, means.word, shown, trust=batch.trust_timeouts)
    queue = Queue(entries, wanted, ready, shown.done)
    if wanted:
        shown.begin(queue.submissions)
        job = Job(batch, list(wanted.values()), means.store, means.seed, means.word)
        work(job, means.hire, shown, queue)
    return len(wanted), len(found) - len(wanted)


def work(job: Job, hire: Hire, shown: Progress, queue: Queue) -> None:
    """Have every task of a job done; any failure of ours ends it, and so does Ctrl-C."""
    total = queue.left
    try:
        with hire(job, shown) as submit:
            futures = [submit(task) for task in job.tasks]
            try:
                for future in as_completed(futures):
                    queue.came(future.result())
            except CancelledError as error:
                raise GraderError(
                    "the scheduler ended before the work did\n  next: start it again"
                ) from error
            except KeyboardInterrupt:
                shown.say("stopping: what is under way may end; Ctrl-C once more stops it")
                _let_end(futures, queue)
                raise
    except BaseException:
        done = total - queue.left
        shown.say(f"{done} of {total} results are kept: the same command goes on from there")
        raise


def _let_end(futures: Iterable[Future[str]], queue: Queue) -> None:
    """Begin nothing more, and take what comes of what has begun."""
    begun = [future for future in futures if not future.cancel()]
    for future in as_completed(begun):
        queue.came(future.result())
