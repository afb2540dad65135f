"""Control groups: where the grader may make one, the kernel itself counts what a child uses.

The exact limit behind the others: files in memory and the kernel's own pages count too.  Version 1
keeps memory and tasks in two trees of groups, version 2 in one; a child gets a group in each.  Its
warden makes and removes them; whoever starts next removes those of a judge that was killed.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_NAME = "grader-{pid}-"
_NEEDED = ("memory", "pids")
_TRIES, _PAUSE = 1000, 0.005  # seconds: on a busy machine a large process takes a while to go


def homes(root: Path = _ROOT, membership: Path = Path("/proc/self/cgroup")) -> tuple[Path, ...]:
    """Return the folders below which groups with limits on memory and tasks can be made.

    Raises ``OSError`` where there is none, saying why.
    """
    lines = membership.read_text(encoding="utf-8").splitlines()
    own = {kind: path.lstrip("/") for _, kind, path in (line.split(":", 2) for line in lines)}
    old = [root / kind / own[kind] for kind in _NEEDED if kind in own and (root / kind).is_dir()]
    if len(old) == len(_NEEDED):
        for home in old:
            _require_writable(home)
        return tuple(old)
    if "" not in own:
        raise OSError("there are no control groups for memory and tasks")
    reason = OSError("no control group here has the controllers for memory and tasks")
    group = root / own[""]
    # A group that holds processes cannot have groups with limits below it, so the one above it
    # comes second: a session of systemd's is its user's to divide (kernel, cgroup-v2.rst).
    for home in (group, group.parent):
        try:
            enabled = (home / "cgroup.subtree_control").read_text(encoding="utf-8").split()
            if set(_NEEDED) <= set(enabled) and home.is_relative_to(root):
                _require_writable(home)
                return (home,)
        except OSError as error:
            reason = error
    raise reason


def name_groups(places: Sequence[Path]) -> tuple[str, ...]:
    """Return the paths of new groups for one child, one in each place."""
    name = _NAME.format(pid=os.getpid()) + secrets.token_hex(4)
    return tuple(str(place / name) for place in places)


def make(groups: Sequence[str], memory: int, tasks: int) -> None:
    """Make groups that may use so many bytes and threads; raises ``OSError``."""
    limits = {
        "memory.limit_in_bytes": memory,  # version 1; the next counts swap too, where it is there
        "memory.memsw.limit_in_bytes": memory,
        "memory.max": memory,
        "memory.swap.max": 0,
        "pids.max": tasks,
    }
    for group in groups:
        Path(group).mkdir()
        for name, value in limits.items():
            file = Path(group, name)
            if file.exists():
                file.write_text(str(value), encoding="ascii")


def move(groups: Sequence[str], pid: int) -> None:
    """Put a process into its groups; raises ``OSError``."""
    for group in groups:
        Path(group, "cgroup.procs").write_text(str(pid), encoding="ascii")


def ran_out(groups: Sequence[str]) -> bool:
    """Tell whether the kernel has killed a process for the memory of its group."""
    events = (Path(group, name) for group in groups
              for name in ("memory.events", "memory.oom_control"))  # fmt: skip
    return any(
        key == "oom_kill" and int(count) > 0
        for file in events
        if file.exists()
        for key, _, count in (line.partition(" ") for line in file.read_text().splitlines())
    )


def remove(groups: Sequence[str]) -> None:
    """Remove groups whose processes have been killed, once they have ended."""
    for group in groups:
        for _ in range(_TRIES):
            try:
                Path(group).rmdir()
            except OSError as error:
                if error.errno == errno.EBUSY:
                    time.sleep(_PAUSE)
                    continue
            break


def sweep(places: Sequence[Path]) -> None:
    """Remove the empty groups of judges that are no more: they were killed with all the rest."""
    remove([str(group) for group in abandoned(places)])


def abandoned(places: Sequence[Path]) -> Iterator[Path]:
    """Yield the groups of judges that are no more."""
    for place in places:
        for group in place.glob(_NAME.format(pid="*") + "*"):
            if not Path("/proc", group.name.split("-")[1]).exists():
                yield group


def _require_writable(home: Path) -> None:
    """Make a group and remove it: the only proof that it can be done."""
    trial = Path(*name_groups([home]))
    trial.mkdir()
    trial.rmdir()
