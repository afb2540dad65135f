"""What each layer of the wall costs over a bare fork: medians of 50 runs, taken in turn.

    python3 .ci/env.py python benchmarks/layers.py [--runs 50] [MODULE …]

Each run forks this process, which has imported the modules (numpy and sympy by default) as a fork
server has; the fork puts up one layer and ends.  The last rows are whole walls: two forks and every
layer, then an empty submission through the whole protocol.  Run it as root and as an ordinary user.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import resource
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable

from grader.model import Source
from grader.sandbox import Sandbox, jail, kernel, landlock, seccomp
from grader.sandbox.layers import FIRST_UID
from grader.sandbox.namespaces import DEVICES, NAMESPACES, build_root, leave
from grader.sandbox.plan import SCRATCH, Limits, Plan, readable
from grader.sandbox.warden import wall_of

ROOT = os.geteuid() == 0
LIMITS = (
    resource.RLIMIT_CORE,
    resource.RLIMIT_CPU,
    resource.RLIMIT_DATA,
    resource.RLIMIT_AS,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_NOFILE,
)
EMPTY = Source("empty.py", "")

Work = Callable[[], object]


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("modules", nargs="*", default=["numpy", "sympy"])
    options = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: forks beside threads
    for name in options.modules:
        importlib.import_module(name)
    readable()  # worked out once in the life of a judge
    missing = jail.probe()
    layers = tuple(layer for layer, fault in missing.items() if not fault)
    works = {name: (lambda work=work: forked(work)) for name, work in single(layers).items()}
    works["warden and child, no layers"] = lambda: walled(())
    works["warden and child, every layer"] = lambda: walled(layers)
    with (
        Sandbox(threads=1, preload=options.modules) as sandbox,
        Sandbox(threads=1, preload=options.modules, without=("cgroup",)) as ungrouped,
    ):
        works["an empty submission: open, load, close"] = lambda: graded(sandbox)
        if "cgroup" in layers:
            works["the same without control groups"] = lambda: graded(ungrouped)
        times = in_turn(works, options.runs)
    print(f"{'root' if ROOT else 'an ordinary user'}, {', '.join(options.modules)} imported, "
          f"{resident():.0f} MiB resident, {options.runs} runs\n")  # fmt: skip
    print("| step | median, ms | over a bare fork, ms | fastest, ms |\n|---|---|---|---|")
    bare = statistics.median(times["a bare fork"])
    for name, taken in times.items():
        middle = statistics.median(taken)
        over = "" if name == "a bare fork" else f"{(middle - bare) * 1e3:+.2f}"
        print(f"| {name} | {middle * 1e3:.2f} | {over} | {min(taken) * 1e3:.2f} |")


def single(layers: Iterable[str]) -> dict[str, Work]:
    """Return the steps of one layer each, in the order in which a child takes them."""
    works: dict[str, Work] = {"a bare fork": lambda: None}
    for name in NAMESPACES:
        if name in layers:
            works[f"namespace: {name}"] = lambda name=name: own(name)
    works |= {
        "a root folder of its own": new_root,
        "another user": another_user,
        "resource limits": limited,
        "Landlock": landlocked,
        "seccomp": filtered,
    }
    if not ROOT:
        del works["another user"]
    return works


def own(name: str) -> None:
    """Leave one namespace; an ordinary user has to leave that of users first."""
    if name != "user" and not ROOT:
        leave("user")
    leave(name)


def new_root() -> None:
    """Build a root folder as a child's is; includes the namespace that it needs."""
    own("mount")
    if not ROOT:
        leave("pid")
    bound = {path: path for path in readable()}
    build_root(bound, SCRATCH, "size=16m,mode=700", os.getuid())


def another_user() -> None:
    """Give up root."""
    kernel.drop_bounding_set()
    os.setgroups([])
    os.setresgid(FIRST_UID, FIRST_UID, FIRST_UID)
    os.setresuid(FIRST_UID, FIRST_UID, FIRST_UID)
    kernel.drop_capabilities()


def limited() -> None:
    """Set every limit to what it is."""
    for limit in LIMITS:
        resource.setrlimit(limit, resource.getrlimit(limit))


def landlocked() -> None:
    """Keep the files that a child keeps."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    rules = [(path, landlock.READ) for path in (*readable(), *DEVICES)]
    landlock.restrict([*rules, (tempfile.gettempdir(), landlock.WRITE)])


def filtered() -> None:
    """Install the filter of system calls."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(own_pid=None)


def forked(work: Work) -> None:
    """Do something in a fork and wait for its end."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(pid, 0)[1] != 0:
        raise RuntimeError("a layer does not work here: see grader doctor")


def walled(layers: tuple[str, ...]) -> None:
    """Fork a warden and a child, put these layers up, and wait for the end of both."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = SCRATCH if "mount" in layers else folder
        wall = wall_of(Plan(Limits(), layers, 0, (), readable(), {}, scratch))

        def warden() -> None:
            jail.warden_prepare(wall)
            forked(lambda: jail.enter(wall))

        forked(warden)


def graded(sandbox: Sandbox) -> None:
    """Send an empty submission through the whole protocol."""
    with sandbox.open("empty", EMPTY) as session:
        session.load()


def in_turn(works: dict[str, Work], runs: int) -> dict[str, list[float]]:
    """Time each work once a round, in any order: changes of the machine's speed meet all."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name in random.sample(list(works), len(works)):
            begun = time.perf_counter()
            works[name]()
            times[name].append(time.perf_counter() - begun)
    return times


def resident() -> float:
    """Return this process's largest memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
