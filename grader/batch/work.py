"""Making one result: a text is graded behind the wall and what came of it is kept."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader import runner
from grader.batch.plan import Task
from grader.batch.store import DamagedError, Graded, Store
from grader.errors import SandboxError
from grader.model import Exercise, Submission
from grader.sandbox import SAFE, Sandbox

TRIES = 3  # of what the wall fails at; a student's failure is a result and never tried again


class GivenUpError(Exception):
    """The work is no longer wanted, so what comes of it says nothing."""


@dataclass(slots=True)
class Bench:
    """What a worker needs: the exercises, walls, a store, and the run that it works for."""

    exercises: dict[str, Exercise]
    wall: Callable[[Task], Sandbox]  # behind which a task's text runs
    store: Store
    seed: int
    run: str
    given_up: threading.Event = field(default_factory=threading.Event)

    def do(self, task: Task, watch: runner.Watcher | None = None) -> str:
        """Make one result, keep it, and return its name; one that this run has made is made.

        A scheduler asks twice where a worker died that had told of a result.  Raises
        :class:`~grader.errors.SandboxError` where the wall fails again and again.
        """
        if self._is_made(task.key):
            return task.key
        for tries_left in reversed(range(TRIES)):
            try:
                graded = self._graded(task, watch)
            except SandboxError:
                if not tries_left or self.given_up.is_set():
                    raise
                continue
            if self.given_up.is_set():  # its process may have been ended from outside
                raise GivenUpError
            self.store.put(task.key, self.run, graded)
            break
        return task.key

    def _is_made(self, key: str) -> bool:
        try:
            head = self.store.head(key)
        except DamagedError:
            return False
        return head is not None and head.finished and head.run == self.run

    def _graded(self, task: Task, watch: runner.Watcher | None) -> Graded:
        sources = {task.exercise: task.source} if task.source else {}
        remarks = {task.exercise: task.remarks}
        submission = Submission(task.student, Path(task.student), sources, remarks=remarks)
        started, clock = datetime.now(UTC), time.monotonic()
        sandbox = self.wall(task)
        result = runner.grade_exercise(
            self.exercises[task.exercise], submission, sandbox, seed=self.seed, watch=watch
        )
        return Graded(
            result=result,
            sandbox=sandbox.description,
            versions=runner.versions(sandbox),
            started=started.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - clock, 3),
            host=socket.gethostname(),
        )


def require_safe(sandbox: Sandbox, *, unsafe: bool) -> None:
    """Refuse to run the work of strangers where the wall does not hold it."""
    if sandbox.profile not in SAFE and not unsafe:
        raise SandboxError(
            "the wall does not hold on this machine, so the work of strangers is not run\n"
            "  next: 'grader doctor' says what is missing and what to do; 'grader check' asks "
            "the public\n  questions of your own work; --unsafe grades all the same"
        )


def submissions_of(tasks: Iterable[Task]) -> list[Submission]:
    """Return the texts of some tasks as submissions: what they mention is imported beforehand."""
    return [
        Submission(task.student, Path(task.student), {task.exercise: task.source})
        for task in tasks
        if task.source
    ]
