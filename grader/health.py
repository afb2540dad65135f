"""The state of this machine, as far as grading depends on it: the wall, versions, room, data."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader import __version__, course
from grader.errors import GraderError
from grader.model import Exercise
from grader.sandbox import SAFE
from grader.sandbox.launcher import has_walls
from grader.sandbox.plan import Limits, first_closed, readable

NEEDS = ("numpy", "sympy", "tensorflow", "keras", "tensorboard", "matplotlib", "nbformat", "jinja2")
OPTIONAL = ("scipy", "pandas", "scikit-learn")
GIBIBYTE = 1 << 30
DATA = frozenset({".npz", ".npy", ".csv", ".json", ".txt", ".png"})  # what checks read, by suffix
POINTER = b"version https://git-lfs"  # what lies there where Git LFS has not fetched a file
ROOM = 1 << 30  # bytes of temporary disk below which TensorFlow and its caches are at risk

OPENS = {  # what a missing layer opens, and what to do about it
    "user": "allow unprivileged user namespaces (kernel.apparmor_restrict_unprivileged_userns=0, "
    "kernel.unprivileged_userns_clone=1), or run as root",
    "mount": "without it, student code sees the names of files on this machine; see user",
    "pid": "without it, processes must be hunted down; see user",
    "net": "without it, seccomp alone refuses sockets; see user",
    "ipc": "without it, shared memory is the host's; see user",
    "uts": "without it, the host's name is visible; see user",
    "mount_setattr": "needs Linux 5.12",
    "landlock": "needs Linux 5.13 with landlock among lsm= at boot",
    "seccomp": "needs a kernel with seccomp filters, on x86_64 or aarch64",
    "uid": "needs root; an ordinary user has the user namespace instead",
    "rlimits": "needs a system that can limit a process",
    "cgroup": "an exact limit on memory; others hold it as well. An ordinary user has one under "
    "systemd-run --user --scope",
}
NEEDLESS = frozenset({"root needs none", "only root can change its user id"})


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at."""

    group: str
    name: str
    state: str  # "works", "missing" or "not needed"
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that was looked at, and whether strangers' work is safe to grade here."""

    profile: str
    safe: bool
    rows: tuple[Row, ...]


def examine(course_root: Path | None = None) -> Health:
    """Look at this machine; tries each layer of the wall in a process of its own."""
    profile, wall = _wall()
    safe = profile in SAFE and all(row.state != "missing" for row in wall if row.name == "python")
    rows = (*wall, *_limits(), *_machine(), *_versions(), *_data(course_root))
    return Health(profile, safe, rows)


def _wall() -> tuple[str, list[Row]]:
    if not has_walls():
        system = platform.system()
        advice = "'grader check' works; for strangers' work use Linux, WSL 2 or a virtual machine"
        return "C", [Row("wall", "every layer", "missing", f"{system} has none of them", advice)]
    from grader.sandbox import jail

    missing = jail.probe()
    works = frozenset(layer for layer, fault in missing.items() if not fault)
    rows = [*map(_layer, missing.items())]
    closed = next(filter(None, map(first_closed, map(Path, readable()))), None)
    if closed and "uid" in works and "mount" not in works:
        advice = f"run as an ordinary user, use a Python elsewhere, or chmod o+x {closed}"
        rows.append(Row("wall", "python", "missing", f"{closed} is closed to others", advice))
    return jail.profile(works), rows


def _layer(item: tuple[str, str]) -> Row:
    name, fault = item
    if not fault:
        return Row("wall", name, "works", "tried")
    if fault in NEEDLESS:
        return Row("wall", name, "not needed", fault)
    return Row("wall", name, "missing", fault, OPENS.get(name, ""))


def _limits() -> list[Row]:
    """Say what one submission may use for one exercise."""
    limits = Limits()
    said = {
        "memory": f"{limits.memory / GIBIBYTE:g} GiB",
        "processor": f"{limits.cpu_seconds} s in all; each check has a limit of its own",
        "loading": f"{limits.load_seconds:g} s",
        "disk": f"{limits.scratch_bytes >> 20} MiB in {limits.scratch_inodes:,} files, in memory",
        "threads": f"{limits.processes}; no second process",
        "descriptors": str(limits.descriptors),
        "output": f"the first {limits.printed >> 10} KiB are kept",
    }
    state = "works" if has_walls() else "missing"
    return [Row("limit", name, state, text) for name, text in said.items()]


def _machine() -> list[Row]:
    cores = os.cpu_count() or 1
    free = shutil.disk_usage(tempfile.gettempdir()).free
    disk = Row(
        "machine",
        "temporary disk",
        "works" if free >= ROOM else "missing",
        f"{free / GIBIBYTE:.1f} GiB free",
        "" if free >= ROOM else f"free some room in {tempfile.gettempdir()}, or set TMPDIR",
    )
    return [Row("machine", "cores", "works", str(cores)), *_memory(cores), disk]


def _memory(cores: int) -> list[Row]:
    if not hasattr(os, "sysconf"):
        return []
    most = Limits().memory
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    found = f"{total / GIBIBYTE:.1f} GiB; {cores} submissions at once may use "
    found += f"{cores * most / GIBIBYTE:.1f}"
    if total >= cores * most:
        return [Row("machine", "memory", "works", found)]
    advice = f"grade fewer at once: --jobs {max(1, total // most)}"
    return [Row("machine", "memory", "missing", found, advice)]


def _versions() -> list[Row]:
    rows = [
        Row("version", "grader", "works", __version__),
        Row("version", "python", "works", platform.python_version()),
        Row("version", "system", "works", f"{platform.system()} {platform.release()}"),
    ]
    for name in (*NEEDS, *OPTIONAL):
        try:
            rows.append(Row("version", name, "works", importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            if name in OPTIONAL:
                extra = "students may import it: pip install 'neural-exercise-grader[course]'"
                rows.append(Row("version", name, "not needed", "not installed", extra))
            else:
                rows.append(Row("version", name, "missing", "not installed", f"pip install {name}"))
    return rows


def _data(course_root: Path | None) -> list[Row]:
    try:
        found = course.load(course_root or course.nearest(Path.cwd()))
    except GraderError as error:
        return [Row("course", "course", "missing", str(error))]
    hidden = sum(1 for one in found.exercises if one.private)
    count = len(found.exercises)
    solutions = Row(
        "course",
        "solutions",
        "works" if hidden else "not needed",
        f"{hidden} of {count} exercises have them" if hidden else "a student's copy has none",
    )
    title = Row("course", "course", "works", f"{found.title}: {count} exercises")
    return [title, solutions, *map(_file, _data_files(found.exercises))]


def _data_files(exercises: Iterable[Exercise]) -> Iterator[Path]:
    """Yield what students' code and checks read, besides code."""
    for one in exercises:
        yield from (path for path in sorted(one.folder.rglob("*")) if path.suffix in DATA)


def _file(path: Path) -> Row:
    name = path.name
    try:
        with path.open("rb") as file:
            start = file.read(len(POINTER))
    except OSError as error:
        advice = "give yourself the right to read it, or fetch the course again"
        return Row("data", name, "missing", f"{path}: {error.strerror}", advice)
    if start in {POINTER, b""}:
        return Row("data", name, "missing", f"{path} holds no data", "fetch the course again")
    return Row("data", name, "works", f"{path.stat().st_size / 1e6:.1f} MB")
