"""What a class costs: wall clock, submissions a second and core, and memory, by its size.

    python3 .ci/env.py python benchmarks/batch.py [100 300 1000]

Each class is synthetic (references, known mistakes, mutants) and graded on q02 to q08 with the
command itself; then the same command runs again, when nothing is left to grade.  Memory is the
largest proportional set size that was seen: pages that processes share count once.  Cores are busy
with the command and all that it started, by the kernel's account.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from grader import course
from grader.classroom.synthetic import write_class

ROOT = Path(__file__).resolve().parents[1]
IDS = [f"q{number:02}" for number in range(2, 9)]
SEED = 20261123
LOOK = 2.0  # seconds between two measurements of memory


def main() -> None:
    """Measure and print a table in Markdown."""
    sizes = [int(word) for word in sys.argv[1:]] or [100, 300, 1000]
    exercises = [one for one in course.load(ROOT).exercises if one.id[:3] in IDS]
    cores = len(os.sched_getaffinity(0))
    print(f"{cores} cores, exercises {', '.join(one.id for one in exercises)}\n")
    print(
        "| submissions | first run, s | each second and core | cores busy | judge, MiB "
        "| all below it, MiB | second run, s | judge, MiB |\n|---|---|---|---|---|---|---|---|"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            write_class(exercises, home / "class", size, SEED)
            wall, busy, judge, below = graded(home)
            again, _, judge_again, _ = graded(home)
        rate, busy = size / wall / cores, busy / wall / cores
        print(
            f"| {size} | {wall:.1f} | {rate:.2f} | {busy:.0%} | {judge:.0f} | {below:.0f} "
            f"| {again:.1f} | {judge_again:.0f} |",
            flush=True,
        )


def graded(home: Path) -> tuple[float, float, float, float]:
    """Grade the class; return seconds on the clock and of processors, and the peaks of memory."""
    only = [word for one in IDS for word in ("--only", one)]
    command = [sys.executable, "-m", "grader", "grade", str(home / "class")]
    command += ["--out", str(home / "out"), "--course", str(ROOT), "--exit-zero", *only]
    begun = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0.0, 0.0]
    over = threading.Event()
    watcher = threading.Thread(target=watch, args=(running.pid, peaks, over))
    watcher.start()
    _, code, used = os.wait4(running.pid, 0)  # the last of three counts the buried below it too
    wall = time.perf_counter() - begun
    over.set()
    watcher.join()
    assert code == 0, f"grader grade ended with status {code}"
    return wall, used.ru_utime + used.ru_stime, *peaks


def watch(pid: int, peaks: list[float], over: threading.Event) -> None:
    """Keep the largest memory of a process, and of its descendants together, in MiB."""
    while not over.wait(LOOK):
        try:
            judge = psutil.Process(pid)
            peaks[0] = max(peaks[0], share(judge))
            peaks[1] = max(peaks[1], sum(map(share, judge.children(recursive=True))))
        except psutil.Error:
            continue


def share(process: psutil.Process) -> float:
    """Return the proportional set size of a process in MiB; 0 once it is gone."""
    try:
        return process.memory_full_info().pss / (1 << 20)
    except psutil.Error:
        return 0.0


if __name__ == "__main__":
    main()
