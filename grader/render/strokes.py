"""From the points of a line to the strokes that draw it: gaps, peaks, and no point too many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from grader.evidence import Series
from grader.render.scales import HUGE, lift

STRAIGHT = 0.2  # pixels; a point this close to the line through its neighbours is not seen

Point = tuple[float, float]
Run = list[Point]


def runs(one: Series, *, log: bool) -> list[Run]:
    """Return the stretches of a series between its gaps, y as the axis measures it.

    A gap is a point without a place in the plot: nan, infinite, or not positive on a log axis.
    """
    found: list[Run] = [[]]
    heights = [lift(y, log=log) for y in one.ys] if log else one.ys
    for x, height in zip(one.xs, heights, strict=False):
        if abs(x) < math.inf and abs(height) < HUGE:
            found[-1].append((x, height))
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def thinned(run: Run, limit: int) -> Run:
    """Return about ``limit`` points that keep every peak: the lowest and highest of each bin."""
    if len(run) <= limit:
        return run
    size = -(-2 * len(run) // limit)
    kept = [run[0]]
    for start in range(0, len(run), size):
        heights = [y for _, y in run[start : start + size]]
        ends = {heights.index(min(heights)), heights.index(max(heights))}
        kept += [run[start + index] for index in sorted(ends)]
    return [*kept, run[-1]]


def straightened(run: Run) -> Run:
    """Return pixels without those that lie on the straight line from one kept to the next.

    From each kept pixel a cone is narrowed by every one that follows, until one lies outside:
    that is where the line bends.  Where a line goes straight up or back, every pixel stays.
    """
    kept = [run[0]]
    low, high = -math.inf, math.inf
    for before, (x, y) in pairwise(run):
        across, up = x - kept[-1][0], y - kept[-1][1]
        if not (across > 0 and low <= up / across <= high) and before is not kept[-1]:
            kept.append(before)
            low, high = -math.inf, math.inf
            across, up = x - before[0], y - before[1]
        if across > 0:
            low = max(low, (up - STRAIGHT) / across)
            high = min(high, (up + STRAIGHT) / across)
    return [*kept, run[-1]] if len(run) > 1 else kept


def path(placed: Sequence[Run]) -> str:
    """Return the SVG path through some runs of pixels; one pixel alone makes no stroke."""
    straight = (straightened(run) for run in placed if len(run) > 1)
    return "".join(
        "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in run) for run in straight
    )
