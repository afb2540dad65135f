"""The state of this machine, as far as grading depends on it: the wall, versions, room, data."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grader import __version__, course
from grader.errors import GraderError
from grader.sandbox import SAFE, jail
from grader.sandbox.plan import Limits

NEEDS = ("numpy", "sympy", "tensorflow", "keras", "tensorboard", "matplotlib", "nbformat", "jinja2")
OPTIONAL = ("scipy", "pandas", "scikit-learn")
GIBIBYTE = 1 << 30
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
    "cgroup": "not used yet: limits and polling hold memory",
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
    missing = jail.probe()
    profile = jail.profile(frozenset(layer for layer, fault in missing.items() if not fault))
    rows = (*map(_layer, missing.items()), *_limits(), *_versions(), *_data(course_root))
    return Health(profile, profile in SAFE, rows)


def _layer(item: tuple[str, str]) -> Row:
    name, fault = item
    if not fault:
        return Row("wall", name, "works", "tried")
    if fault in NEEDLESS:
        return Row("wall", name, "not needed", fault)
    return Row("wall", name, "missing", fault, OPENS.get(name, ""))


def _limits() -> tuple[Row, ...]:
    limits = Limits()
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = os.cpu_count() or 1
    wanted = cores * limits.memory
    enough = total >= wanted
    memory = Row(
        "machine",
        "memory",
        "works" if enough else "missing",
        f"{total / GIBIBYTE:.1f} GiB; {cores} submissions at once may use {wanted / GIBIBYTE:.1f}",
        "" if enough else f"grade fewer at once: --jobs {max(1, total // limits.memory)}",
    )
    free = shutil.disk_usage(tempfile.gettempdir()).free
    disk = Row(
        "machine",
        "temporary disk",
        "works" if free >= ROOM else "missing",
        f"{free / GIBIBYTE:.1f} GiB free",
        "" if free >= ROOM else f"free some room in {tempfile.gettempdir()}, or set TMPDIR",
    )
    return Row("machine", "cores", "works", str(cores)), memory, disk


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
    return [Row("course", "course", "works", f"{found.title}: {count} exercises"), solutions]
