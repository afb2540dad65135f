"""What grading a reference costs, in seconds of processor time, for each exercise.

    python3 .ci/env.py python benchmarks/course.py [EXERCISE…] [--batches 3]

A batch is a judge with its fork server, and two submissions: the first one pays for what the
judge computes once, the second one does not.  The judge's column is its own process; the child's
is the forked process with the student's code, its warden included.  What a server imports before
it forks is not counted: a batch pays for it once.  Figures are the least of some batches, since
whatever else runs on the machine only adds to them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

from grader import course, runner
from grader.model import Exercise, Source, Submission
from grader.sandbox import Sandbox
from grader.sandbox.preload import needed

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261  # as in `grader verify`
SUBMISSIONS = ("first", "second")


def main() -> None:
    """Measure each exercise in processes of their own, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exercises", nargs="*", metavar="EXERCISE")
    parser.add_argument("--batches", type=int, default=3)
    parser.add_argument("--batch", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    the_course = course.load(ROOT)
    wanted = [course.find_exercise(the_course, word) for word in options.exercises]
    if options.batch:
        print(json.dumps(batch(wanted[0])))
        return
    print("| exercise | submission | judge | child | together |", flush=True)
    print("|---|---|---|---|---|", flush=True)
    totals = dict.fromkeys(SUBMISSIONS, 0.0)
    for exercise in wanted or the_course.exercises:
        runs = [in_its_own_process(exercise) for _ in range(options.batches)]
        for place, name in enumerate(SUBMISSIONS):
            judge, child = min((run[place] for run in runs), key=sum)
            totals[name] += judge + child
            print(f"| {exercise.id} | {name} | {judge:.2f} | {child:.2f} | {judge + child:.2f} |")
        sys.stdout.flush()
    for name, total in totals.items():
        print(f"| all of them | {name} | | | {total:.2f} |")


def in_its_own_process(exercise: Exercise) -> list[tuple[float, float]]:
    """Measure one batch of an exercise in a fresh judge."""
    command = [sys.executable, __file__, exercise.id, "--batch"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [tuple(pair) for pair in json.loads(done.stdout)]


def batch(exercise: Exercise) -> list[tuple[float, float]]:
    """Return the seconds of judge and child for the first and the second submission."""
    with Sandbox(threads=1, preload=needed([exercise])) as sandbox:
        sandbox.versions  # noqa: B018  waits until the server is ready
        nothing = children(sandbox)
        nothing = children(sandbox) - nothing
        found = []
        for _ in SUBMISSIONS:
            before, clock = children(sandbox), time.process_time()
            grade(exercise, sandbox)
            judge = time.process_time() - clock
            found.append((judge, max(0.0, children(sandbox) - before - nothing)))
        return found


def children(sandbox: Sandbox) -> float:
    """Return what all children of the server, buried by now, have used.

    A server buries the last one when it is asked for the next one, so an empty one is asked for.
    """
    (server,) = psutil.Process().children()
    while any(one.status() != psutil.STATUS_ZOMBIE for one in server.children()):
        time.sleep(0.001)
    with sandbox.open("empty", Source("empty.py", "")) as session:
        session.load()
    times = server.cpu_times()
    return float(times.children_user + times.children_system)


def grade(exercise: Exercise, sandbox: Sandbox) -> None:
    """Grade an exercise's reference; it must earn everything."""
    assert exercise.private is not None, "the benchmark needs solutions/"
    file = exercise.private / f"{exercise.module}.py"
    source = Source(file.name, file.read_text(encoding="utf-8"))
    submission = Submission("benchmark", file, {exercise.id: source})
    result = runner.grade_exercise(exercise, submission, sandbox, seed=SEED)
    assert result.points == result.out_of, result


if __name__ == "__main__":
    main()
