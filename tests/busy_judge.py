"""Grade students whose code takes its time, until somebody ends this.

    python tests/busy_judge.py OUT [LAYER …]

OUT gets a report for each student; the layers that are named are left out of the wall.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader import batch, course, runner
from grader.model import Report, Source, Submission
from grader.sandbox import Sandbox

TINY = Path(__file__).parent / "courses" / "tiny"
STUDENTS = 400
SLOW = 4  # every so many students never come to an end
FORMATS = frozenset({"html", "json"})
TEXT = """
import time

open("kept", "w").close()

def area(radius):
    time.sleep({seconds})
"""


def main(out: Path, without: Sequence[str]) -> None:
    """Grade one student after the other, two at a time."""
    tiny = course.load(TINY)
    with Sandbox(threads=1, preload=("numpy",), without=without) as sandbox:

        def grade(number: int) -> None:
            text = TEXT.format(seconds=60 if number % SLOW == SLOW - 1 else 0.1)
            source = Source("circle.py", text)
            student = Submission(f"student-{number}", Path("circle.py"), {"q01_circle": source})
            report: Report = runner.grade(tiny, student, sandbox, seed=1)
            batch.write_report(report, out / report.student, FORMATS)

        with ThreadPoolExecutor(2) as pool:
            for _ in pool.map(grade, range(STUDENTS)):
                pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
