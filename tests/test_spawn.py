"""Where there are no walls: one's own work in a process of its own, and a word on that."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from grader.errors import SandboxError
from grader.model import Source, Verdict
from grader.sandbox import Limits, Sandbox, Session, spawn_launcher
from grader.sandbox.remote import Fault, StudentFault, fetch, student_of

HERE = Path(__file__).parent
TINY = HERE / "courses" / "tiny"
CIRCLE = TINY / "solutions" / "q01_circle" / "circle.py"
PATIENCE = 60.0  # seconds
OWN = """
import os, sys, time

print("loaded")

def double(x):
    return 2 * x

def beside():
    return sorted(os.listdir("."))

def typed():
    return input()

def forever():
    while True:
        print("x" * 1000)

def crash():
    os.abort()

def leave():
    os._exit(7)

def hang_up():
    os.closerange(3, 100)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def unwalled() -> Iterator[Sandbox]:
    """What stands where there are no walls."""
    with Sandbox(preload=("numpy",), walled=False) as made:
        yield made


@pytest.fixture
def own(unwalled: Sandbox) -> Iterator[Session]:
    """A session for one's own work; afterwards no process and no folder of it is left."""
    before = set(Path(tempfile.gettempdir()).glob("grader-*"))
    readings = TINY / "exercises" / "q02_smooth" / "readings.csv"
    with unwalled.open("own", Source("own.py", OWN), provided=(readings,)) as session:
        yield session
    assert set(Path(tempfile.gettempdir()).glob("grader-*")) == before
    started = [one.cmdline() for one in psutil.Process().children()]
    assert [command for command in started if spawn_launcher.CHILD in command] == []


def met(session: Session, name: str, seconds: float = 20) -> Fault:
    """Return what came instead of an answer."""
    session.allow(seconds)
    with pytest.raises(StudentFault) as error:
        fetch(getattr(student_of(session), name)())
    return error.value.fault


def test_values_cross_as_they_do_through_the_wall(own: Session) -> None:
    """Numbers, texts and large arrays go there and come back; what is provided lies there."""
    student = student_of(own)
    assert fetch(student.double("ab")) == "abab"
    many = np.arange(1 << 18, dtype=np.float64)
    assert np.array_equal(fetch(student.double(many)), 2 * many)
    assert fetch(student.beside()) == ["readings.csv"]
    assert own.output.splitlines() == ["loaded"]
    assert met(own, "typed").type == "EOFError"


def test_a_deadline_ends_the_process(own: Session) -> None:
    """A loop that prints without end is stopped, its output capped, and the next call answered."""
    assert met(own, "forever", seconds=0.5).verdict is Verdict.TIMEOUT
    assert len(own.output) < Limits().printed + 100
    own.allow(20)
    assert fetch(student_of(own).double(2)) == 4


def test_a_process_that_ends_is_a_verdict(own: Session) -> None:
    """Its end, its exit code and a closed connection are told apart, and a fresh one answers."""
    said = {name: met(own, name).message for name in ("crash", "leave", "hang_up")}
    assert "signal 6" in said["crash"]
    assert "exit code 7" in said["leave"]
    assert "closed the connection" in said["hang_up"]
    assert own.generation == 4
    assert fetch(student_of(own).double(2)) == 4


def test_whoever_does_not_know_the_token_is_turned_away(own: Session) -> None:
    """Others on the machine may connect first: their answers are not taken for the child's."""
    line = own.spawn()
    with socket.create_connection(line._socket.getsockname()) as stranger:
        stranger.sendall(b"0" * 64)
        line.await_wall()
        assert stranger.recv(1) == b""
    assert line.end()["killed_for"] == "judge"
    line.close()


def test_a_process_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error holds the last thing that it said."""
    monkeypatch.setattr(spawn_launcher, "CHILD", "grader.nothing")
    with (
        Sandbox(preload=(), walled=False) as made,
        made.open("own", Source("own.py", OWN)) as session,
        pytest.raises(SandboxError, match=r"did not start: .*No module named grader\.nothing"),
    ):
        session.load()


def test_the_process_ends_with_its_judge() -> None:
    """When the judge is killed in the middle of a call, nothing goes on."""
    judge = (
        "from grader.model import Source; from grader.sandbox import Sandbox\n"
        "from grader.sandbox.remote import fetch, student_of\n"
        "text = 'import os\\ndef pid(): return os.getpid()\\ndef on():\\n    while True: pass'\n"
        "session = Sandbox(preload=(), walled=False).open('own', Source('own.py', text))\n"
        "print(fetch(student_of(session).pid()), flush=True)\n"
        "student_of(session).on()"
    )
    process = subprocess.Popen([sys.executable, "-c", judge], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        child = psutil.Process(int(process.stdout.readline()))
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + PATIENCE
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until
        time.sleep(0.05)


def elsewhere(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command as on a system without fork and walls."""
    return subprocess.run(
        [sys.executable, HERE / "elsewhere.py", *map(str, arguments)],
        cwd=TINY,
        env=os.environ | {"COLUMNS": "160"},
        capture_output=True,
        text=True,
    )


def test_elsewhere_ones_own_work_can_be_checked(tmp_path: Path) -> None:
    """Nothing of Unix is needed for `grader check`, which says that there was no sandbox."""
    done = elsewhere("check", shutil.copy(CIRCLE, tmp_path), "--course", TINY)
    assert done.returncode == 0, done.stderr
    assert "3 / 3" in done.stdout
    assert "NOT SANDBOXED" in done.stdout


def test_elsewhere_strangers_work_is_refused(tmp_path: Path) -> None:
    """`grader grade` runs nothing unless it is told to, and then every report says so."""
    submission = tmp_path / "anna"
    submission.mkdir()
    shutil.copy(CIRCLE, submission)
    command = ("grade", submission, "--only", "q1", "--out", tmp_path / "out")
    done = elsewhere(*command)
    assert done.returncode == 4
    assert "the work of strangers is not run" in done.stderr
    assert "--unsafe" in done.stderr
    assert list((tmp_path / "out").glob("[!.]*")) == []
    done = elsewhere(*command, "--unsafe")
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out" / "anna.json").read_text(encoding="utf-8"))
    assert record["provenance"]["sandbox"].startswith("NOT SANDBOXED")
    for name in ("anna.html", "index.html"):
        assert "NOT SANDBOXED" in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_elsewhere_the_doctor_says_what_to_do() -> None:
    """It names the system, what works there all the same, and where strangers' work can be run."""
    done = elsewhere("doctor")
    assert done.returncode == 1, done.stderr
    for said in ("has none of them", "'grader check' works", "WSL 2", "Profile C"):
        assert said in done.stdout
