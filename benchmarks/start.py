"""How long a start takes: of the command line, and of grading a single submission.

    python3 .ci/env.py python benchmarks/start.py [--runs 5]

The submission is that of `benchmarks/peers`, which needs Keras; each run grades it anew with a
fork server of its own.  Beside it stand a bare interpreter and the import of TensorFlow and Keras,
taken in turn.  Processor time is that of every process that a command starts.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COURSE = Path(__file__).resolve().parent / "peers" / "course"
SUBMISSION = COURSE / "solutions" / "q01_networks" / "networks.py"
GRADER = [sys.executable, "-m", "grader"]
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        grade = [*GRADER, "grade", str(SUBMISSION), "--course", str(COURSE), "--exit-zero"]
        commands = {
            "a bare interpreter": [sys.executable, "-c", "pass"],
            "`grader --version`": [*GRADER, "--version"],
            "`import tensorflow, keras`": [sys.executable, "-c", "import tensorflow, keras"],
            "`grader grade`, one submission": [*grade, "--out"],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for number in range(runs + 1):  # the first warms the disk's cache and does not count
            for name, words in commands.items():
                fresh = [f"{folder}/{number}"] if words[-1] == "--out" else []
                taken = measured([*words, *fresh])
                times[name] += [taken] if number else []
    print("| command | seconds (min to max) | CPU, s |\n|---|---|---|")
    for name, pairs in times.items():
        seconds = [one for one, _ in pairs]
        cpu = statistics.median(used for _, used in pairs)
        spread = f"{statistics.median(seconds):.3f} ({min(seconds):.3f} to {max(seconds):.3f})"
        print(f"| {name} | {spread} | {cpu:.3f} |")


def measured(words: list[str]) -> tuple[float, float]:
    """Return the seconds and the processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True, env=os.environ | QUIET)
    taken = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, used


if __name__ == "__main__":
    main()
