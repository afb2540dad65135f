"""Control groups: found where they can be used, a limit that holds, and nothing left of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.model import Source
from grader.sandbox import Limits, Sandbox, cgroup, jail
from grader.sandbox.remote import fetch, student_of

MEBIBYTE = 1 << 20
BOTH = "cpu io memory pids"


def usable() -> tuple[Path, ...]:
    """Return where groups can be made here: nowhere, for most who are not root."""
    return cgroup.homes() if jail.probe()["cgroup"] == "" else ()


HOMES = usable()


def tree(root: Path, membership: str, *folders: str, enabled: str = BOTH) -> tuple[Path, Path]:
    """Lay out a tree of groups as the kernel shows one, and who this process is in it."""
    for folder in folders:
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / "cgroup.subtree_control").write_text(enabled)
    own = root / "membership"
    own.write_text(membership)
    return root, own


def test_version_1_has_a_tree_for_memory_and_one_for_tasks(tmp_path: Path) -> None:
    """A child gets a group in each, below that of the grader."""
    lines = "4:memory:/user/anna\n3:pids:/\n2:cpu:/\n0::/"
    found = cgroup.homes(*tree(tmp_path, lines, "memory/user/anna", "pids", "unified"))
    assert found == (tmp_path / "memory/user/anna", tmp_path / "pids")


def test_version_2_has_one_tree(tmp_path: Path) -> None:
    """Where the grader's own group holds it and so cannot be divided, the one above it may be."""
    root, own = tree(tmp_path, "0::/app.slice/grader.scope", "app.slice/grader.scope")
    assert cgroup.homes(root, own) == (tmp_path / "app.slice/grader.scope",)
    tree(tmp_path, "0::/app.slice/grader.scope", "app.slice/grader.scope", enabled="")
    tree(tmp_path, "0::/app.slice/grader.scope", "app.slice")
    assert cgroup.homes(root, own) == (tmp_path / "app.slice",)


def test_where_no_group_can_be_made_there_is_a_reason(tmp_path: Path) -> None:
    """No controllers, no tree, no such group: each is said, and none is taken for a group."""
    with pytest.raises(OSError, match="controllers"):
        cgroup.homes(*tree(tmp_path, "0::/a/b", "a/b", "a", enabled="cpu"))
    with pytest.raises(OSError, match="No such file"):
        cgroup.homes(*tree(tmp_path, "0::/gone/away", "elsewhere"))
    with pytest.raises(OSError, match="there are no control groups"):
        cgroup.homes(*tree(tmp_path, "2:cpu:/\n"))


def test_what_grows_beyond_its_group_is_killed_by_the_kernel() -> None:
    """Where groups can be made, the kernel ends a process of too much memory, and says so."""
    groups = cgroup.name_groups(HOMES)
    cgroup.make(groups, 32 * MEBIBYTE, 16)
    pid = os.fork()
    if pid == 0:
        cgroup.move(groups, os.getpid())
        os._exit(len(bytes(range(256)) * (1 << 19)) == 128 * MEBIBYTE)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    ran_out = cgroup.ran_out(groups)
    cgroup.remove(groups)
    assert (code, ran_out) == ((-9, True) if HOMES else (1, False))
    assert not any(Path(group).exists() for group in groups)


def test_a_child_is_in_its_groups_while_it_lives() -> None:
    """One in each, and none once it is gone; a swarm of threads has an end."""
    text = (
        "import threading, time\nstop = threading.Event()\ndef swarm():\n    count = 0\n"
        "    try:\n        for count in range(1000):\n"
        "            threading.Thread(target=stop.wait, daemon=True).start()\n"
        "    except RuntimeError:\n        pass\n    return count\n"
    )
    limits = Limits(memory=192 * MEBIBYTE, processes=40)
    with Sandbox(limits, preload=("numpy",)) as wall:
        mine = f"grader-{os.getpid()}-*"
        with wall.open("threads", Source("threads.py", text)) as session:
            assert fetch(student_of(session).swarm()) < 40
            groups = [group for home in HOMES for group in home.glob(mine)]
            assert len(groups) == len(HOMES)
            for group in groups:
                assert len((group / "cgroup.procs").read_text().split()) == 1
        assert [group for home in HOMES for group in home.glob(mine)] == []
        assert ("cgroup" in wall.launcher.layers) == bool(HOMES)


def test_whoever_starts_next_clears_up_after_the_dead(tmp_path: Path) -> None:
    """Groups of a judge that runs stay; those of one that is gone are removed."""
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    for pid in (dead, os.getpid()):
        (tmp_path / f"grader-{pid}-0123").mkdir()
    (tmp_path / "others").mkdir()
    cgroup.sweep([tmp_path])
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"others", f"grader-{os.getpid()}-0123"}
