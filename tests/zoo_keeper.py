"""Grade a class in which attackers sit beside honest students, and write down what is left of it.

    python tests/zoo_keeper.py COURSE CLASS OUT [LAYER …]

COURSE and CLASS are folders; the layers that are named are left out of the wall.  OUT gets the
reports of the class and `seen.json`: the records with nothing hidden, and what still runs, lies
about or is mounted once everything is over.  The canary that the environment holds also lies in
this process's memory and in an open file that its children could inherit.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from zoo import LEFT

from grader import batch, course, runner, submission
from grader.model import Check, Course, Exercise, Report, Submission
from grader.render import record
from grader.sandbox import Limits, Sandbox, kernel

SEED = 7
JOBS = 3
MEMORY = 256 << 20
LIMITS = Limits(
    memory=MEMORY,
    cpu_seconds=20,
    scratch_bytes=16 << 20,
    scratch_inodes=500,
    file_bytes=16 << 20,
    load_seconds=8.0,
)
CHECK_SECONDS = 3.0
HONEST = "honest-"
EVERY = 5  # so many attackers sit between two honest students
FORMATS = frozenset({"html", "json"})
LIBRARIES = ("numpy", "sympy", "matplotlib.pyplot")
PATIENCE = 5.0  # seconds that wardens have to end
ADOPTS_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER
SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock")


def main(course_root: Path, class_folder: Path, out: Path, without: Sequence[str]) -> None:
    """Grade the class and look around."""
    kernel.prctl(ADOPTS_ORPHANS, 1)
    canary = os.environ["ZOO_CANARY"]
    planted = tempfile.TemporaryFile()  # noqa: SIM115  open while the children run
    planted.write(canary.encode())
    planted.flush()
    os.set_inheritable(planted.fileno(), True)  # noqa: FBT003
    the_course = hurried(course.load(course_root))
    found = submission.find([class_folder], the_course)
    students = seated(found.submissions)
    before = mounts()
    with Sandbox(LIMITS, threads=1, preload=LIBRARIES, without=without) as sandbox:

        def grade(student: Submission) -> Report:
            return runner.grade(the_course, student, sandbox, seed=SEED)

        with ThreadPoolExecutor(JOBS) as pool:
            reports = list(pool.map(grade, students))
        running = [name_of(pid) for pid in quiet(1)]
        profile = sandbox.profile
    planted.close()
    seen = {
        "profile": profile,
        "refused": [refusal.reason for refusal in found.refused],
        "records": {report.student: record.dump(report) for report in reports},
        "running": running[1:],  # after the fork server itself
        "running after": [name_of(pid) for pid in quiet(0)],
        "on disk": [*litter(course_root, class_folder), *scratch()],
        "mounted": sorted(mounts() - before),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    write(reports, out)
    (out / "seen.json").write_text(json.dumps(seen), encoding="utf-8")


def write(reports: Sequence[Report], out: Path) -> None:
    """Write the reports as a batch does."""
    folder = out / "reports"
    batch.make_folder(folder)
    stems = submission.file_stems([report.student for report in reports])
    for report, stem in zip(reports, stems, strict=True):
        batch.write_report(report, folder / stem, FORMATS)
    batch.write_class(reports, stems, folder, FORMATS)


def hurried(the_course: Course) -> Course:
    """Return a course whose questions give little time."""

    def exercise(one: Exercise) -> Exercise:
        made: dict[Check | None, Check | None] = {None: None}
        for check in one.checks:
            made[check] = replace(check, seconds=CHECK_SECONDS, after=made[check.after])
        return replace(one, checks=tuple(check for check in made.values() if check))

    return replace(the_course, exercises=tuple(map(exercise, the_course.exercises)))


def seated(students: Sequence[Submission]) -> list[Submission]:
    """Spread the honest students among the others."""
    honest = [one for one in students if one.student.startswith(HONEST)]
    others = [one for one in students if not one.student.startswith(HONEST)]
    rows = [others[start : start + EVERY] for start in range(0, len(others), EVERY)]
    rows += [[] for _ in range(len(honest) - len(rows))]
    waiting = iter(honest)
    return list(chain.from_iterable([*([one] if (one := next(waiting, None)) else []), *row]
                                    for row in rows))  # fmt: skip


def quiet(expected: int) -> list[int]:
    """Return what runs below this process, once that is no more than expected, or in a while."""
    until = time.monotonic() + PATIENCE
    while len(found := list(descendants(os.getpid()))) > expected and time.monotonic() < until:
        time.sleep(0.05)
    return found


def descendants(root: int) -> Iterator[int]:
    """Yield what runs below a process; the dead that nobody has reaped do not count."""
    for pid in children(root):
        if state_of(pid) not in {"Z", "X"}:
            yield pid
        yield from descendants(pid)


def children(pid: int) -> list[int]:
    """Return the processes that a process, any of its threads, has forked or adopted."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text(encoding="ascii").split())
    return found


def state_of(pid: int) -> str:
    """Return the letter that proc_pid_stat(5) has for a process; ``"X"`` for one that is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return "X"


def name_of(pid: int) -> str:
    """Return a process's number and command."""
    with suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        return f"{pid} {command}"
    return str(pid)


def mounts() -> set[str]:
    """Return what is mounted where this process can see it."""
    return set(Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines())


def litter(*folders: Path) -> list[str]:
    """Return the files that an attack meant to leave, here and in the folders of all users."""
    places = [Path(name).glob("*") for name in SHARED]
    places += [folder.rglob("*") for folder in folders]
    return [str(path) for place in places for path in place if LEFT in path.name]


def scratch() -> list[str]:
    """Return what is left in the folder of temporary files."""
    return [str(path) for path in Path(tempfile.gettempdir()).iterdir()]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), sys.argv[4:])
