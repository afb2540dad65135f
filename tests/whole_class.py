"""A class on the tiny course, the command run on it, and what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TINY = Path(__file__).parent / "courses" / "tiny"
CIRCLE, SMOOTH = "q01_circle", "q02_smooth"
MOMENT = 0.02
PATIENCE = 60.0  # seconds after which something that is waited for will not come


def reference(exercise: str) -> str:
    """Return the text that earns everything."""
    module = exercise.partition("_")[2]
    return (TINY / "solutions" / exercise / f"{module}.py").read_text(encoding="utf-8")


def stub(exercise: str) -> str:
    """Return the text that students begin with."""
    module = exercise.partition("_")[2]
    return (TINY / "exercises" / exercise / f"{module}.py").read_text(encoding="utf-8")


def hand_in(folder: Path, student: str, **texts: str) -> Path:
    """Write a student's files; ``circle="…"`` becomes circle.py."""
    home = folder / student
    home.mkdir(parents=True, exist_ok=True)
    for module, text in texts.items():
        (home / f"{module}.py").write_text(text, encoding="utf-8")
    return home


def slow(text: str, seconds: float = 0.3) -> str:
    """Return a module that takes a moment to load."""
    return f"import time\ntime.sleep({seconds})\n{text}"


def command(*arguments: object) -> list[str]:
    """Return the command line of grader with some arguments."""
    return [sys.executable, "-m", "grader", *map(str, arguments)]


def grade(
    folder: Path, out: Path, *more: object, course: Path = TINY
) -> subprocess.CompletedProcess[str]:
    """Grade a class and wait for the end."""
    line = command("grade", folder, "--out", out, "--course", course, "--exit-zero", *more)
    environment = os.environ | {"COLUMNS": "200"}
    return subprocess.run(line, capture_output=True, text=True, env=environment)


def begin(folder: Path, out: Path, *more: object, course: Path = TINY) -> subprocess.Popen[str]:
    """Begin to grade a class in a process group of its own."""
    line = command("grade", folder, "--out", out, "--course", course, "--exit-zero", *more)
    return subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it never came"
        time.sleep(MOMENT)


def results(out: Path) -> list[Path]:
    """Return the files of the stored results."""
    return sorted((out / ".grader" / "results").glob("*/*.json"))


def stored(out: Path, student: str, exercise: str) -> Path:
    """Return the file of a student's result."""
    roll = json.loads((out / ".grader" / "rolls" / "1-of-1.json").read_text(encoding="utf-8"))
    entries = (line["entry"] for line in roll["lines"])
    (key,) = (entry["keys"][exercise] for entry in entries if entry["student"] == student)
    return out / ".grader" / "results" / key[:2] / f"{key}.json"


def record(out: Path, student: str) -> dict[str, Any]:
    """Return a student's record without what differs between two runs."""
    read: dict[str, Any] = json.loads((out / f"{student}.json").read_text(encoding="utf-8"))
    return settled(read)


def settled(data: Any) -> Any:
    """Leave the times out of a record."""
    if isinstance(data, list):
        return [settled(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {k: settled(v) for k, v in data.items() if k not in {"seconds", "started"}}


def kill_all(running: subprocess.Popen[str]) -> None:
    """Kill a command and everything that it started, without a warning."""
    below = descendants(running.pid)
    os.kill(running.pid, signal.SIGKILL)
    for pid in below:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    running.communicate()


def descendants(pid: int) -> list[int]:
    """Return the processes below a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="ascii").split()):
            found += [child, *descendants(child)]
    return found
