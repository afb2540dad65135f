"""Where the bars of a bar chart go, in pixels: one row a bar, its label and number beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader.evidence import Bars, Role
from grader.render.numerals import short
from grader.render.scales import Scale, Tick, bounds, lift
from grader.render.untrusted import shortened

WIDTH = 640
ROW = 30
TOP = 26  # room for the label of the limit
MOST_BARS = 40
LABEL_LENGTH = 26
LETTER = 6.8  # pixels, generous for 12 px text
NUMBER = 72.0  # pixels, room for a number at the end of a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from ``start`` to ``end``, drawn at the height ``y``."""

    label: str
    number: str
    role: Role
    start: float
    end: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A bar chart in pixels."""

    left: float
    right: float
    bottom: float
    height: int
    bars: list[Bar]
    ticks: list[Tick]
    limit: float | None
    left_out: int
    width: int = WIDTH
    top: int = TOP


def draw(chart: Bars) -> Drawing:
    """Lay a bar chart out; bars without a place on the axis (nan, 0 on a log axis) stay empty."""
    rows = list(zip(chart.labels, chart.values, chart.roles, strict=False))[:MOST_BARS]
    labels = [shortened(label, LABEL_LENGTH) for label, _, _ in rows]
    left = 16 + LETTER * max(map(len, labels), default=0)
    right = WIDTH - NUMBER
    scale = _scale(chart, left, right)
    base = scale.start if chart.log else scale.place(0.0)
    bars = []
    for index, (label, (_, value, role)) in enumerate(zip(labels, rows, strict=True)):
        end = scale(value)
        start, end = sorted([base, base if end is None else end])
        bars.append(Bar(label, short(value), role, start, end, TOP + ROW * index + 4))
    bottom = TOP + ROW * len(rows) + 4
    left_out = len(chart.values) - len(rows)
    return Drawing(
        left, right, bottom, bottom + 28, bars, scale.ticks(4), scale(chart.limit), left_out
    )


def _scale(chart: Bars, left: float, right: float) -> Scale:
    wanted = [*chart.values, *([] if chart.limit is None else [chart.limit])]
    found = bounds(lift(value, log=chart.log) for value in wanted)
    if chart.log:
        low, high = found or (0.0, 1.0)
        low = math.ceil(low) - 1  # the shortest bar has a length, and a decade begins the axis
        return Scale(low, max(high, low + 1), left, right, log=True)
    low, high = min(0.0, *(found or (0.0,))), max(0.0, *(found or (1.0,)))
    room = (high - low or 1.0) * 0.04
    return Scale(low - room * (low < 0), high + room, left, right)
