"""What one child behind the wall is to be given: its limits, its files, its layers."""

from __future__ import annotations

import functools
import json
import site
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

MEBIBYTE = 1 << 20
SCRATCH = "/submission"  # where the student's module lives; a name that no system folder has


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine one submission may use for one exercise."""

    memory: int = 3072 * MEBIBYTE  # bytes, beyond what the child shares with its server
    cpu_seconds: int = 900  # a last resort; checks have their own limits
    scratch_bytes: int = 256 * MEBIBYTE
    scratch_inodes: int = 4096
    file_bytes: int = 256 * MEBIBYTE
    descriptors: int = 256
    processes: int = 128
    printed: int = 64 << 10  # bytes of output that are kept
    load_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a warden must know to start one child; travels as JSON."""

    limits: Limits
    layers: tuple[str, ...]
    slot: int
    provided: tuple[tuple[str, str], ...]  # (host path, name beside the student's module)
    readable: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    scratch: str = SCRATCH
    covered: tuple[str, ...] = ()  # folders in readable ones to be empty inside
    groups: tuple[str, ...] = ()  # control groups to make for it

    def to_json(self) -> str:
        """Return the plan as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Read a plan back."""
        data = json.loads(text)
        data["limits"] = Limits(**data["limits"])
        data["provided"] = tuple((host, name) for host, name in data["provided"])
        return cls(**data)


def exposed(folders: Iterable[Path]) -> tuple[str, ...]:
    """Return those of some folders that lie in readable ones: a course in /usr/src, say."""
    found = (folder.resolve() for folder in folders if folder.is_dir())
    return tuple(str(one) for one in found if any(map(one.is_relative_to, readable())))


def first_closed(folder: Path) -> Path | None:
    """Return the outermost folder on a path that others may not go through, or None."""
    ways = [*reversed(folder.parents), folder]
    return next((way for way in ways if way.is_dir() and not way.stat().st_mode & 0o001), None)


@functools.cache  # every child asks
def readable() -> tuple[str, ...]:
    """Return the host paths that Python and what students import need, and nothing else.

    The course is not among them, even where the virtual environment lies inside its folder.
    """
    packages = (one for one in sys.path if Path(one).name in {"site-packages", "dist-packages"})
    python = {sys.prefix, sys.base_prefix, *site.getsitepackages(), *packages}
    python |= {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    system = {"/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/mime.types"}
    wanted = {str(Path(path)) for path in python | system if Path(path).exists()}
    return tuple(
        path
        for path in sorted(wanted)
        if not any(other != path and Path(path).is_relative_to(other) for other in wanted)
    )
