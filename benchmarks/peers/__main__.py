"""Grades one assignment with this project, nbgrader, otter-grader and two floors, side by side.

    python3 .ci/env.py python benchmarks/peers [--runs 5] [--json FILE] [--cache FOLDER]

Prints tables in Markdown.  The peers are installed once, each into an environment of its own below
the cache folder; from then on nothing is fetched.  Tools take turns, so that a change of the
machine's speed meets all.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import environment
import process
import tables
from assignment import CASES, OUT_OF, RIGHT, Case
from by_grader import Grader
from by_nbgrader import Nbgrader
from by_otter import Otter
from floors import Floor
from outcomes import Figures, Outcome, Tool
from platformdirs import user_cache_path

PATIENCE = 60  # seconds that a tool has for a submission that misbehaves
LONGEST = 300  # seconds for one measured run
DATA = 6 << 30  # bytes: RLIMIT_DATA of every process that meets a submission that misbehaves
PEERS = {"nbgrader": ["nbgrader==0.9.6"], "otter-grader": ["otter-grader[grading]==7.0.0"]}
OURS = "neural-exercise-grader"
SHOWN = ["numpy", "tensorflow", "keras"]


def main() -> None:
    """Measure, print the tables and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    parser.add_argument("--cache", type=Path, default=user_cache_path("grader-peers"))
    parser.add_argument("--only", choices=["speed", "cases"], help="this half only")
    options = parser.parse_args()
    cache = options.cache.absolute()
    bins = {name: environment.programs(cache, name, wanted) for name, wanted in PEERS.items()}
    ours = environment.versions(Path(sys.executable).parent, [OURS, *SHOWN])
    versions = {"grader": ours}
    versions |= {name: environment.versions(bins[name], [name, *SHOWN]) for name in bins}
    environment.isolate(cache / "home")
    process.adopt()
    tools: list[Tool] = [
        Grader(),
        Nbgrader(bins["nbgrader"]),
        Otter(bins["otter-grader"]),
        Floor("one process, the same checks", "grader", together=True, batch=201),
        Floor("one process, assertions", "asserts", together=True, batch=201),
        Floor("a process each, assertions", "asserts", together=False, batch=1),
    ]
    figures = [] if options.only == "cases" else speed(tools, options.runs)
    outcomes = [] if options.only == "speed" else misbehaved(tools[:3])
    told = tables.facts(versions, options.runs)
    print(tables.markdown(told, figures, outcomes, PATIENCE, DATA))
    if options.json:
        data = tables.plain(told, figures, outcomes)
        options.json.write_text(json.dumps(data, indent=1), encoding="utf-8")


def speed(tools: Sequence[Tool], runs: int) -> list[Figures]:
    """Measure right submissions: one alone, and a batch; then once more for the memory."""
    figures = {tool.name: Figures(tool.name, tool.batch) for tool in tools}
    for number in range(runs):
        for tool in random.sample(tools, len(tools)):
            print(f"run {number + 1} of {runs}: {tool.name}", file=sys.stderr, flush=True)
            alone = graded(tool, 1)
            figures[tool.name].add(alone, graded(tool, tool.batch) if tool.batch > 1 else None)
    for tool in tools:
        print(f"memory: {tool.name}", file=sys.stderr, flush=True)
        figures[tool.name].peak = graded(tool, tool.batch, memory=True).peak
    return list(figures.values())


def graded(tool: Tool, count: int, *, memory: bool = False) -> process.Run:
    """Have some right submissions graded; each must get full marks, or nothing was measured."""
    students = {f"s{number:02}": RIGHT for number in range(count)}
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        home = Path(folder)
        tool.lay_out(home, students)
        run = process.run(tool.commands(home, students), LONGEST, memory=memory)
        points = {tool.points(home, student) for student in students}
    if points != {OUT_OF}:
        raise SystemExit(f"error: {tool.name} gave {points} for right work:\n{run.output[-3000:]}")
    return run


def misbehaved(tools: Sequence[Tool]) -> list[Outcome]:
    """Have each case graded by each tool, alone and under limits."""
    found = []
    for case in CASES:
        for tool in tools:
            found.append(tried(tool, case))
            said = f"{case.name}: {tool.name}: {tables.cell(found[-1])}"
            print(said, file=sys.stderr, flush=True)
    return found


def tried(tool: Tool, case: Case) -> Outcome:
    """Return what a tool makes of one case."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        home = Path(folder)
        students = {"s00": case}
        tool.lay_out(home, students)
        run = process.run(tool.commands(home, students), PATIENCE, DATA, memory=True)
        return Outcome(
            tool.name,
            case.name,
            case.deserves,
            tool.points(home, "s00"),
            tool.said(home, "s00"),
            run,
        )


if __name__ == "__main__":
    main()
