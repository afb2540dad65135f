"""What pages and records cost: each one's time and size, for the ten exercises of the course.

    python3 .ci/env.py python benchmarks/rendering.py [--records FOLDER] [--mistakes 2] [--runs 9]

Reports are rendered from JSON records.  Where FOLDER holds none, `grader grade` makes them first:
of the ten references as one student's work, and of the first, second, … known mistake of each
exercise as that of others.  Times are processor time; the first page of a process also pays for
reading the templates.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader import course
from grader.model import Report
from grader.render.page import page
from grader.render.record import dumps, loads

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path)
    parser.add_argument("--mistakes", type=int, default=2)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = options.records or Path(passing)
        if not list(folder.glob("*.json")):
            grade(folder, options.mistakes)
        reports = {file.stem: loads(file.read_bytes()) for file in sorted(folder.glob("*.json"))}
    first = next(iter(reports.values()))
    print(f"The first page of this process: {timed(lambda: page(first)) * 1e3:.0f} ms.\n")
    print("| report | exercises | findings | page, ms | page, KiB | record, ms | record, KiB |")
    print("|---|---|---|---|---|---|---|")
    for name, report in reports.items():
        print(row(name, report, options.runs))


def grade(out: Path, mistakes: int) -> None:
    """Grade references and mistakes as the work of some students."""
    with tempfile.TemporaryDirectory() as passing:
        for exercise in course.load(ROOT).exercises:
            assert exercise.private is not None, "the benchmark needs solutions/"
            reference = exercise.private / f"{exercise.module}.py"
            wrong = sorted((exercise.private / "mistakes").glob("*.py"))[:mistakes]
            works = {"reference": reference}
            works |= {f"mistake-{number}": file for number, file in enumerate(wrong, 1)}
            for student, file in works.items():
                folder = Path(passing) / student
                folder.mkdir(exist_ok=True)
                shutil.copy(file, folder / reference.name)
        words = ["-m", "grader", "grade", passing, "--course", str(ROOT), "--format", "json"]
        subprocess.run([sys.executable, *words, "--out", str(out), "--exit-zero"], check=True)


def row(name: str, report: Report, runs: int) -> str:
    """Return a line of the table."""
    findings = sum(len(one.findings) for result in report.results for one in result.outcomes)
    cells = [name, sum(result.submitted for result in report.results), findings]
    for render in (page, dumps):
        times = [timed(lambda render=render: render(report)) * 1e3 for _ in range(runs)]
        low, high = min(times), max(times)
        cells += [f"{statistics.median(times):.1f} ({low:.1f} to {high:.1f})"]
        cells += [f"{len(render(report).encode()) / 1024:.0f}"]
    return f"| {' | '.join(map(str, cells))} |"


def timed(work: Callable[[], object]) -> float:
    """Return the processor time of one run, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
