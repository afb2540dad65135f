"""Whoever is killed, and however many at once: nothing stays that is alive, mounted or half."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from as_user import ORDINARY_UID
from zoo_keeper import ADOPTS_ORPHANS, children, descendants, mounts

from grader.render import record
from grader.sandbox import cgroup, jail, kernel
from grader.sandbox.namespaces import NAMESPACES

HERE = Path(__file__).parent
ROOT = os.geteuid() == 0
PATIENCE = 60.0  # seconds; far more than anything here takes
WALLS = [(user, profile) for user in ("root", "ordinary") for profile in "AB"
         if ROOT or user == "ordinary"]  # fmt: skip
HOMES = cgroup.homes() if jail.probe()["cgroup"] == "" else ()  # of control groups
every_wall = pytest.mark.parametrize("wall", WALLS, ids="-".join)


class Busy:
    """A judge at work, and what is below it."""

    def __init__(self, user: str, profile: str, folder: Path) -> None:
        """Start the judge and wait until some students are done and others under way."""
        self.out, self.tmp = folder / "out", folder / "tmp"
        for place in (folder, self.out, self.tmp):
            place.mkdir(exist_ok=True)
            if ROOT and user == "ordinary":
                os.chown(place, ORDINARY_UID, ORDINARY_UID)
        layers = (*NAMESPACES, "mount_setattr") if profile == "B" else ()
        judge = [sys.executable, HERE / "busy_judge.py", self.out, *layers]
        self.before = set(descendants(os.getpid()))
        self.judge = subprocess.Popen(
            [sys.executable, HERE / "as_user.py", user, *judge],
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)]),
                "HOME": str(self.tmp),
                "TMPDIR": str(self.tmp),
            },
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        # The server, and for two students each a warden and a child.
        wait_until(lambda: len(self.results()) >= 4 and len(self.running()) >= 6)

    def running(self) -> set[int]:
        """Return every process below this one that the judge has brought about."""
        return set(descendants(os.getpid())) - self.before

    def server(self) -> int:
        """Return the fork server's process number."""
        return children(self.judge.pid)[0]

    def long_at_work(self) -> list[int]:
        """Return the wardens whose students have had more than a second."""
        wardens = psutil.Process(self.server()).children()
        return [one.pid for one in wardens if one.create_time() + 1 < time.time()]

    def results(self) -> list[Path]:
        """Return the files that readers may see."""
        return [path for path in self.out.iterdir() if not path.name.startswith(".")]


@pytest.fixture(autouse=True)
def orphans() -> Iterator[None]:
    """Become the parent of what loses its own, so that none can hide; and bury it."""
    kernel.prctl(ADOPTS_ORPHANS, 1)
    yield
    kernel.prctl(ADOPTS_ORPHANS, 0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that every user can reach."""
    made = Path(tempfile.mkdtemp(prefix="power-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


def kill(*pids: int) -> None:
    """Kill processes, those that are gone already too."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def the_dead_are_buried(busy: Busy) -> None:
    """Wait for the judge's end and for everybody else's."""
    busy.judge.wait(timeout=PATIENCE)
    wait_until(lambda: not busy.running())
    for pid in set(children(os.getpid())) - busy.before:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def every_result_is_whole(busy: Busy) -> None:
    """Read each file that a reader could meet."""
    found = busy.results()
    assert len(found) >= 4
    for path in found:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            assert record.loads(text).student == path.stem
        else:
            assert text.rstrip().endswith("</html>")


@every_wall
def test_when_the_judge_is_killed_nothing_stays(wall: tuple[str, str], folder: Path) -> None:
    """Server, wardens and children end with it; folders are removed, mounts are gone."""
    before = mounts()
    busy = Busy(*wall, folder)
    kill(busy.judge.pid)
    the_dead_are_buried(busy)
    every_result_is_whole(busy)
    assert mounts() == before
    assert [path.name for path in busy.tmp.glob("grader-*")] == []
    assert list(cgroup.abandoned(HOMES)) == []


@every_wall
def test_when_the_server_is_killed_the_judge_says_so(wall: tuple[str, str], folder: Path) -> None:
    """Wardens and children end, and the judge, which can start no more, ends with an error."""
    before = mounts()
    busy = Busy(*wall, folder)
    kill(busy.server())
    the_dead_are_buried(busy)
    assert busy.judge.returncode == 1
    every_result_is_whole(busy)
    assert mounts() == before
    assert [path.name for path in busy.tmp.glob("grader-*")] == []
    assert list(cgroup.abandoned(HOMES)) == []


@every_wall
def test_when_the_power_goes_nothing_is_half(wall: tuple[str, str], folder: Path) -> None:
    """With every process killed at once none is left, no mount either, and results are whole."""
    before = mounts()
    busy = Busy(*wall, folder)
    kill(*busy.running())
    the_dead_are_buried(busy)
    every_result_is_whole(busy)
    assert mounts() == before
    cgroup.sweep(HOMES)  # as whoever grades next does; nobody was left to do it
    assert list(cgroup.abandoned(HOMES)) == []


@every_wall
def test_without_their_wardens_children_end(wall: tuple[str, str], folder: Path) -> None:
    """A child whose warden is killed ends with it, and the judge goes on with the next student."""
    busy = Busy(*wall, folder)
    # That of a student who never comes to an end: another one may be about to build its wall.
    wait_until(lambda: len(busy.long_at_work()) > 0)
    warden = busy.long_at_work()[0]
    kill(warden)
    already = len(busy.results())
    wait_until(lambda: len(busy.results()) >= already + 4)
    assert warden not in busy.running()
    kill(busy.judge.pid)
    the_dead_are_buried(busy)
    every_result_is_whole(busy)
