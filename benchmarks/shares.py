"""Where the processor time of one submission goes, for the assignment of `benchmarks/peers`.

    python3 .ci/env.py python benchmarks/shares.py [--runs 20]

Each row grades a little more than the one before, behind the wall, one submission at a time; times
are those of the judge, and of the server with all that it forked, a submission.  The last rows are
the same code and checks in this process, and the report.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import psutil

from grader import course, runner
from grader.model import Exercise, Provenance, Report, Source, Submission
from grader.render.page import page
from grader.render.record import dumps
from grader.sandbox import Sandbox
from grader.sandbox.remote import fetch, student_of

COURSE = Path(__file__).resolve().parent / "peers" / "course"
KERAS = ("numpy", "tensorflow", "keras")
MODEL = """
import keras
def build():
    layers = [keras.Input((10,)), keras.layers.Dense(50), keras.layers.Dense(3)]
    return keras.Sequential(layers)
"""
CALLED = MODEL + "import numpy as np\nbuild()(np.zeros((1, 10), dtype='float32'))\n"


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}  # as in the server
    (exercise,) = course.load(COURSE).exercises
    print("| step | judge, ms | server and children, ms |\n|---|---|---|")
    with Sandbox(threads=1, preload=("numpy",)) as sandbox:
        row("the wall alone, NumPy imported", lambda: loaded(sandbox, ""), runs)
    with Sandbox(threads=1, preload=KERAS) as sandbox:
        row("the wall alone, TensorFlow imported", lambda: loaded(sandbox, ""), runs)
        row("… and a model built", lambda: loaded(sandbox, MODEL + "build()\n"), runs)
        row("… and called", lambda: loaded(sandbox, CALLED), runs)
        row("… and one call of a function", lambda: called(sandbox), runs)
        row("the whole submission", lambda: graded(sandbox, exercise), runs)
        report = graded(sandbox, exercise)
    for name, work in (
        ("the same code and checks in this process", lambda: without_wall(exercise)),
        ("its page", lambda: page(report)),
        ("its record", lambda: dumps(report)),
    ):
        print(f"| {name} | {spent(work, runs) * 1e3:.1f} | |")


def row(name: str, work: Callable[[], object], runs: int) -> None:
    """Print what a step costs on both sides."""
    work()
    (server,) = psutil.Process().children()
    work()  # the server counts a child when the next one is asked for
    before = total(server)
    judge = spent(work, runs)
    print(f"| {name} | {judge * 1e3:.1f} | {(total(server) - before) / runs * 1e3:.1f} |")


def total(process: psutil.Process) -> float:
    """Return the processor time of a process and of the children that it has buried."""
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def spent(work: Callable[[], object], runs: int) -> float:
    """Return this process's time for one run, after one that does not count."""
    work()
    begun = time.process_time()
    for _ in range(runs):
        work()
    return (time.process_time() - begun) / runs


def loaded(sandbox: Sandbox, text: str) -> None:
    """Open a submission, import it, close it."""
    with sandbox.open("networks", Source("networks.py", text)) as session:
        session.load()


def called(sandbox: Sandbox) -> None:
    """Import a submission and call a function of it once."""
    with sandbox.open("networks", Source("networks.py", "def f(x):\n    return x\n")) as session:
        session.allow(10)
        fetch(student_of(session).f(1))


def reference(exercise: Exercise) -> Path:
    """Return the file of the reference."""
    assert exercise.private is not None
    return exercise.private / f"{exercise.module}.py"


def graded(sandbox: Sandbox, exercise: Exercise) -> Report:
    """Grade the reference behind the wall."""
    file = reference(exercise)
    source = Source(file.name, file.read_text(encoding="utf-8"))
    submission = Submission("benchmark", file, {exercise.id: source})
    result = runner.grade_exercise(exercise, submission, sandbox)
    assert result.points == result.out_of, result
    made = Provenance(grader="", course="", sandbox="", seed=0, started="", seconds=0.0)
    return Report("benchmark", None, file.name, (result,), made)


def without_wall(exercise: Exercise) -> None:
    """Run the reference and ask in this process."""
    file = reference(exercise)
    module = ModuleType(exercise.module)
    sys.modules[exercise.module] = module
    exec(compile(file.read_bytes(), file, "exec"), module.__dict__)
    for check in exercise.checks:
        assert all(finding.ok for finding in check.run(module))


if __name__ == "__main__":
    main()
