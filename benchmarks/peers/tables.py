"""The figures as Markdown and as plain data."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assignment import OUT_OF
from outcomes import Figures, Outcome, spread

Facts = dict[str, Any]
GRADER = "grader"


def facts(versions: Mapping[str, Mapping[str, str]], runs: int) -> Facts:
    """Return what a reader has to know of the circumstances."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "versions": {name: dict(found) for name, found in versions.items()},
        "runs": runs,
    }


def plain(told: Facts, figures: Sequence[Figures], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return everything for a JSON file."""
    return {
        "facts": told,
        "figures": [asdict(one) for one in figures],
        "outcomes": [asdict(one) for one in outcomes],
    }


def markdown(
    told: Facts,
    figures: Sequence[Figures],
    outcomes: Sequence[Outcome],
    patience: int,
    data: int,
) -> str:
    """Return the tables."""
    versions = "; ".join(
        f"{name}: {', '.join(f'{one} {version}' for one, version in found.items())}"
        for name, found in told["versions"].items()
    )
    lines = [
        f"{told['date']}, {told['cores']} cores ({told['processor']}), Python {told['python']}.",
        f"{versions}. Medians of {told['runs']} runs (min to max).",
        "What they do not bring, such as TensorFlow, the peers find in this environment.",
        "",
    ]
    if figures:
        lines += [*_speed(figures), ""]
    if outcomes:
        lines += [
            f"Points of {OUT_OF}; each case alone, with at most {patience} s, and for each process",
            f"{data >> 30} GiB of memory (RLIMIT_DATA).",
            "",
            *_cases(outcomes),
        ]
    return "\n".join(lines)


def _speed(figures: Sequence[Figures]) -> list[str]:
    rows = [
        "| tool | one more submission, s | its CPU, s | one alone, s | its CPU, s | peak, MiB |",
        "|---|---|---|---|---|---|",
    ]
    for one in figures:
        cells = [spread(each) for each in (one.more, one.more_cpu, one.alone, one.alone_cpu)]
        peak = "" if one.peak is None else f"{one.peak:,.0f} ({one.batch})"
        rows.append(f"| {one.tool} | {' | '.join(cells)} | {peak} |")
    more = {one.tool: statistics.median(one.more) for one in figures}
    cpu = {one.tool: statistics.median(one.more_cpu) for one in figures}
    ours = more.pop(GRADER), cpu.pop(GRADER)
    ratios = (f"{name} {more[name] / ours[0]:.1f}, CPU {cpu[name] / ours[1]:.2f}" for name in more)
    return [*rows, "", f"For one more submission, as multiples of {GRADER}: {'; '.join(ratios)}."]


def _cases(outcomes: Sequence[Outcome]) -> list[str]:
    tools = list(dict.fromkeys(one.tool for one in outcomes))
    cases = {one.case: one.deserves for one in outcomes}
    found = {(one.case, one.tool): one for one in outcomes}
    rows = [f"| submission | deserves | {' | '.join(tools)} |", f"|---|---|{'---|' * len(tools)}"]
    for case, deserves in cases.items():
        cells = " | ".join(cell(found[case, tool]) for tool in tools)
        rows.append(f"| {case} | {deserves} | {cells} |")
    return rows


def cell(one: Outcome) -> str:
    """Return what a tool made of a case; points that the work does not deserve are bold."""
    points = "none" if one.points is None else f"{one.points:g}"
    bold = f"**{points}**" if one.points is not None and one.points > one.deserves else points
    run = one.run
    time = f"{run.seconds:.0f} s" if run.in_time else f"stopped after {run.seconds:.0f} s"
    exits = "" if not any(run.codes) else f"exit {max(code or 0 for code in run.codes)}"
    peak = f"{(run.peak or 0) / 1024:.1f} GiB"
    return "; ".join(filter(None, [bold, one.said, time, peak, exits]))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
