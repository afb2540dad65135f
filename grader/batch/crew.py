"""Who does the work of a batch: threads of this process, and the fork servers that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

from grader.batch.plan import Batch, Task, cores
from grader.batch.store import Store
from grader.batch.work import Bench, require_safe, submissions_of
from grader.model import Check, Exercise
from grader.sandbox import Sandbox
from grader.sandbox.preload import LARGE, needed

WORTH_A_SERVER = 40  # forks of 20 ms less


class Progress(Protocol):
    """Told about submissions while they are graded; entered for as long as that takes."""

    def begin(self, total: int) -> None:
        """Note that the grading of so many submissions begins."""

    def working(self, student: str, exercise: Exercise, check: Check | None, printed: str) -> None:
        """Note what a submission is at."""

    def done(self) -> None:
        """Note that all results of one of them are there."""

    def say(self, text: str) -> None:
        """Tell the person something that stays to be read."""


@dataclass(frozen=True, slots=True)
class Job:
    """The results that are missing, and what they are made with."""

    batch: Batch
    tasks: Sequence[Task]
    store: Store
    seed: int
    run: str  # the word of the run that they belong to


Submit = Callable[[Task], Future[str]]  # promises the name of a result that is stored
Hire = Callable[[Job, Progress], AbstractContextManager[Submit]]


@contextmanager
def here(job: Job, shown: Progress) -> Iterator[Submit]:
    """Hire threads of this process."""
    workers = min(job.batch.workers, len(job.tasks))
    threads = max(1, cores() // workers)
    exercises = {one.id: one for one in job.batch.exercises}
    with ExitStack() as servers:
        walls: dict[str, Sandbox] = {}
        for tasks in parted(job.tasks, exercises):
            preload = needed(job.batch.exercises, submissions_of(tasks))
            sandbox = servers.enter_context(Sandbox(threads=threads, preload=preload))
            require_safe(sandbox, unsafe=job.batch.unsafe)
            walls |= {task.key: sandbox for task in tasks}
        bench = Bench(exercises, lambda task: walls[task.key], job.store, job.seed, job.run)
        pool = ThreadPoolExecutor(workers, thread_name_prefix="grade")

        def submit(task: Task) -> Future[str]:
            def watch(exercise: Exercise, check: Check | None, printed: str) -> None:
                shown.working(task.student, exercise, check, printed)

            return pool.submit(bench.do, task, watch)

        try:
            yield submit
        except BaseException:
            bench.given_up.set()  # the walls go down under whatever is still at work
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()


def parted(tasks: Sequence[Task], exercises: Mapping[str, Exercise]) -> list[Sequence[Task]]:
    """Return tasks by the server that they are to be forked from.

    A fork copies the tables of all memory that its server has, so what needs no TensorFlow is
    forked beside none, where that is asked often enough to pay for a second server.
    """
    small = {
        task.key
        for task in tasks
        if LARGE.isdisjoint(needed([exercises[task.exercise]], submissions_of([task])))
    }
    if len(small) < WORTH_A_SERVER:
        return [tasks]
    groups = [[task for task in tasks if (task.key in small) is one] for one in (True, False)]
    return [group for group in groups if group]
