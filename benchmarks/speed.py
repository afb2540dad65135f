"""What the wall costs: medians of each step, beside the same code in one process with no wall.

    python3 .ci/env.py python benchmarks/speed.py [--submissions 20] [--memory 200]

The floor runs the same checks on the same student files in this process: no fork, no jail, no
socket, but the same encoding of values.  Figures are in milliseconds of wall clock; quote the
medians, and the ratios rather than the times: both sides of a ratio are measured in turn.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import psutil

from grader import course, runner
from grader.model import Exercise, Source, Submission
from grader.sandbox import Sandbox
from grader.sandbox.remote import fetch, student_of

ROOT = Path(__file__).resolve().parents[1]
IDS = ("q02_xor", "q05_activations")


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--memory", type=int, default=200, help="submissions of the memory test")
    options = parser.parse_args()

    exercises = [one for one in course.load(ROOT).exercises if one.id in IDS]
    preload()
    started = time.perf_counter()
    with Sandbox() as sandbox:
        sandbox.versions  # noqa: B018  waits until the server is ready
        row("server start", [time.perf_counter() - started], None)
        row("open, import, close", times(lambda: opened(sandbox), 30), None)
        row("one call", calls(sandbox, 300), None)
        for exercise in exercises:
            wall, floor = in_turn(
                lambda e=exercise: grade([e], sandbox), lambda e=exercise: without_wall([e]), 10
            )
            row(f"{exercise.id}, reference", wall, floor)
        count = options.submissions

        def batch() -> None:
            with ThreadPoolExecutor(psutil.cpu_count()) as pool:
                list(pool.map(lambda _: grade(exercises, sandbox), range(count)))

        def bare() -> None:
            for _ in range(count):
                without_wall(exercises)

        wall, floor = in_turn(batch, bare, 3)
        names = " + ".join(one.id.split("_")[0] for one in exercises)
        row(f"{count} × {names}, each", [t / count for t in wall], [t / count for t in floor])
        memory(exercises, sandbox, options.memory)


def preload() -> None:
    """Import here what the fork server imports, so that the floor does not pay for it."""
    for name in ("numpy", "sympy", "matplotlib.pyplot", "keras"):
        importlib.import_module(name)


def row(what: str, wall: Sequence[float], floor: Sequence[float] | None) -> None:
    """Print one line of the table."""
    if not row.__dict__.get("begun"):
        row.__dict__["begun"] = True
        print("| step | behind the wall: median (min to max), ms | no wall, ms | ratio |")
        print("|---|---|---|---|")
    median = statistics.median(wall) * 1e3
    text = f"{median:.1f} ({min(wall) * 1e3:.1f} to {max(wall) * 1e3:.1f})"
    if floor is None:
        print(f"| {what} | {text} | | |", flush=True)
        return
    bare = statistics.median(floor) * 1e3
    print(f"| {what} | {text} | {bare:.1f} | {median / bare:.2f} |", flush=True)


def times(work: Callable[[], object], count: int) -> list[float]:
    """Return how long each of ``count`` runs took, in seconds, after one that does not count."""
    work()
    return [timed(work) for _ in range(count)]


def in_turn(
    one: Callable[[], object], other: Callable[[], object], count: int
) -> tuple[list[float], list[float]]:
    """Time two things alternately, so that a change of the machine's speed meets both."""
    one()
    other()
    pairs = [(timed(one), timed(other)) for _ in range(count)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def timed(work: Callable[[], object]) -> float:
    """Return how long one run took, in seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def opened(sandbox: Sandbox) -> None:
    """Open a submission, import it, close it."""
    with sandbox.open("empty", Source("empty.py", "def f(x):\n    return x\n")) as session:
        session.load()


def calls(sandbox: Sandbox, count: int) -> list[float]:
    """Return how long each of ``count`` calls took, in seconds."""
    with sandbox.open("empty", Source("empty.py", "def f(x):\n    return x\n")) as session:
        session.allow(60)
        student = student_of(session)
        return times(lambda: fetch(student.f(1)), count)


def reference(exercise: Exercise) -> Path:
    """Return the file of an exercise's reference."""
    assert exercise.private is not None, "the benchmark needs solutions/"
    return exercise.private / f"{exercise.module}.py"


def grade(exercises: Sequence[Exercise], sandbox: Sandbox) -> None:
    """Grade the references behind the wall."""
    for exercise in exercises:
        file = reference(exercise)
        source = Source(file.name, file.read_text(encoding="utf-8"))
        submission = Submission("benchmark", file, {exercise.id: source})
        result = runner.grade_exercise(exercise, submission, sandbox)
        assert result.points == result.out_of, result


def without_wall(exercises: Sequence[Exercise]) -> None:
    """Ask the same questions of the same files in this process."""
    for exercise in exercises:
        module = imported(reference(exercise))
        returned: dict[object, object] = {}
        for check in exercise.checks:
            answers = check.run(module, returned.get(check.after))
            while True:
                try:
                    next(answers)
                except StopIteration as end:
                    returned[check] = end.value
                    break


def imported(file: Path) -> ModuleType:
    """Import a student's file anew."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def memory(exercises: Sequence[Exercise], sandbox: Sandbox, count: int) -> None:
    """Print the judge's memory while it grades ``count`` submissions."""
    process = psutil.Process()
    marks = {count * quarter // 4 for quarter in range(1, 5)}
    print("\n| submissions graded | judge's resident memory, MiB |\n|---|---|")
    for number in range(1, count + 1):
        grade(exercises, sandbox)
        if number == 1 or number in marks:
            print(f"| {number} | {process.memory_info().rss / 2**20:.1f} |", flush=True)


if __name__ == "__main__":
    main()
