"""A batch on other machines: a Dask scheduler hands the tasks to workers near the same disk.

Dask's own connections trust whoever reaches them: a scheduler without TLS would run anybody's code
as the instructor, and students' code may run on its workers' machines.  So TLS is a must here, and
the wall gives students' code no network.

Nothing of a student's crosses as an object: a task takes texts and paths, and its answer is the
name of a result that the worker has written to the store before.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import logging
import os
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from grader.batch.contents import Rules, environment
from grader.batch.crew import Hire, Job, Progress, Submit
from grader.batch.plan import Task
from grader.batch.store import NAMES, Store
from grader.batch.work import Bench, require_safe, submissions_of
from grader.errors import Exit, GraderError
from grader.render.plain_data import reader, writer
from grader.sandbox import Sandbox
from grader.sandbox.preload import needed

# Names of a settings file, and the classes that they mean: dask-jobqueue starts workers as jobs.
KINDS = {
    "slurm": "dask_jobqueue.SLURMCluster",
    "pbs": "dask_jobqueue.PBSCluster",
    "lsf": "dask_jobqueue.LSFCluster",
    "sge": "dask_jobqueue.SGECluster",
    "oar": "dask_jobqueue.OARCluster",
    "htcondor": "dask_jobqueue.HTCondorCluster",
}
PATIENCE = 60.0  # seconds for a scheduler to answer


class ClusterError(GraderError):
    """Something about the cluster that the person who named it has to change."""

    code = Exit.USAGE


def crew_of(word: str) -> Hire:
    """Return what hires the workers of a scheduler's address, or of a settings file ``….toml``.

    Raises :class:`ClusterError` where neither can be meant, or Dask is not installed.
    """
    try:
        importlib.import_module("distributed")
    except ImportError as error:
        raise ClusterError(
            f"--cluster needs Dask ({error})\n  next: pip install 'neural-exercise-grader[cluster]'"
        ) from error
    if word.endswith(".toml"):
        return functools.partial(_there, functools.partial(started, settings(Path(word))))
    _require_tls(word)
    return functools.partial(_there, lambda: nullcontext(word))


def settings(path: Path) -> dict[str, Any]:
    """Read a settings file: ``kind``, ``workers`` and what goes to the cluster's class as it is.

    Raises :class:`ClusterError` with the file and what to mend.
    """
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ClusterError(f"{path}: {error}") from error
    kind, workers = read.pop("kind", None), read.pop("workers", None)
    if kind not in KINDS:
        raise ClusterError(f"{path}: kind is {kind!r}; write one of {', '.join(KINDS)}")
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise ClusterError(f"{path}: workers is {workers!r}; write how many at most, such as 8")
    return {"kind": kind, "workers": workers, "options": read}


def cluster_of(told: dict[str, Any]) -> Any:
    """Make the cluster of a settings file, with TLS between its parts and no web page."""
    security: Any = importlib.import_module("distributed").Security
    module, _, name = KINDS[told["kind"]].rpartition(".")
    # Workers on other machines read the certificates from a folder that they share.
    shared = {"shared_temp_directory": os.fspath(Path.cwd()), "local_directory": None}
    options = shared | told["options"]
    scheduler = {"dashboard": False} | options.pop("scheduler_options", {})
    make = getattr(importlib.import_module(module), name)
    return make(
        security=security.temporary(), protocol="tls://", scheduler_options=scheduler, **options
    )


@contextmanager
def started(told: dict[str, Any]) -> Iterator[Any]:
    """Start the cluster of a settings file for as long as it is used; workers come and go."""
    with cluster_of(told) as cluster:
        cluster.adapt(minimum=1, maximum=told["workers"])
        yield cluster


@contextmanager
def _there(
    reach: Callable[[], AbstractContextManager[Any]], job: Job, shown: Progress
) -> Iterator[Submit]:
    """Hire the workers of a cluster."""
    distributed: Any = importlib.import_module("distributed")
    # What Dask would print of a lost connection is told by what becomes of the promises.
    logging.disable(logging.CRITICAL)
    try:
        with reach() as where, _client(distributed, where) as client:
            shown.say(f"grading on the workers of {client.scheduler.address}")
            common = _order(job)
            asked = []  # who drops a future of Dask's drops the task

            def submit(task: Task) -> Future[str]:
                promise: Future[str] = Future()
                order = common | {"task": writer(NAMES, Task)(task)}
                asked.append(client.submit(do, order, pure=False, retries=0))
                asked[-1].add_done_callback(functools.partial(_keep, promise, task.key))
                return promise

            yield submit
    finally:
        logging.disable(logging.NOTSET)


def _client(distributed: Any, where: Any) -> Any:
    """Return a client of a scheduler, told by its address or as a cluster that was started."""
    address = where if isinstance(where, str) else where.scheduler_address
    _require_tls(address)
    try:
        return distributed.Client(where, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"the scheduler at {address} cannot be reached: {error}\n"
            "  next: see that it runs, and that DASK_DISTRIBUTED__COMM__TLS__… name certificates"
        ) from error


def _keep(promise: Future[str], key: str, ended: Any) -> None:
    """Keep a promise once its task has ended.

    Dask's own executor fetches each answer from the worker, and never ends where that is gone;
    here the answer is known, and its result lies in the store.
    """
    if ended.status == "cancelled":
        promise.cancel()
    if not promise.set_running_or_notify_cancel():
        return
    if ended.status == "finished":
        promise.set_result(key)
    else:
        promise.set_exception(ended.exception())


def _order(job: Job) -> dict[str, Any]:
    """Return what all tasks of a job have in common, as plain data."""
    return {
        "course": str(job.batch.course.root),
        "only": list(job.batch.only),
        "store": str(job.store.folder.resolve()),
        "seed": job.seed,
        "run": job.run,
        "unsafe": job.batch.unsafe,
        "environment": environment(),
        "preload": list(needed(job.batch.exercises, submissions_of(job.tasks))),
    }


def do(order: dict[str, Any]) -> str:
    """Make one result on a worker and return its name; it is stored before this returns."""
    task: Task = reader(NAMES, Task)(order["task"])
    bench, rules = _bench(*(_frozen(order[name]) for name in _BENCH))
    if rules.key(task.exercise, task.source, task.remarks) != task.key:
        raise ClusterError(
            f"{task.exercise} differs between this machine and its workers: they read other files "
            f"in {order['course']}\n  next: give all of them the same course"
        )
    return bench.do(task)


_BENCH = ("course", "store", "seed", "run", "unsafe", "preload", "environment")


@functools.cache  # a worker keeps its fork server from task to task
def _bench(
    root: str,
    store: str,
    seed: int,
    run: str,
    unsafe: bool,  # noqa: FBT001
    preload: tuple[str, ...],
    expected: tuple[tuple[str, str], ...],
) -> tuple[Bench, Rules]:
    from grader import course

    here = environment()
    differs = [f"{name} {here.get(name)}, not {text}" for name, text in expected
               if here.get(name) != text]  # fmt: skip
    if differs:
        raise ClusterError(
            f"a worker would judge by other rules: {'; '.join(differs)}\n"
            "  next: give all workers the same environment"
        )
    the_course = course.load(Path(root))
    sandbox = Sandbox(threads=1, preload=preload)
    atexit.register(sandbox.close)
    require_safe(sandbox, unsafe=unsafe)
    exercises = {one.id: one for one in the_course.exercises}
    bench = Bench(exercises, lambda _: sandbox, Store(Path(store)), seed, run)
    return bench, Rules.of(the_course, seed)


def _frozen(value: Any) -> Any:
    """Return plain data as a key of a cache."""
    if isinstance(value, dict):
        return tuple(sorted(value.items()))
    return tuple(value) if isinstance(value, list) else value


def _require_tls(address: str) -> None:
    if not address.startswith("tls://"):
        raise ClusterError(
            f"--cluster {address}: without TLS, whoever reaches the scheduler can run code as you\n"
            "  next: start it with --protocol tls and certificates, and write tls://host:port"
        )
