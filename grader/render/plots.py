"""Where the lines, ticks and labels of a plot go, in pixels; the template only writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from grader.evidence import Plot, Role, Series
from grader.render.numerals import short
from grader.render.scales import Scale, Tick, bounds, widened
from grader.render.strokes import Point, Run, path, runs, thinned
from grader.render.untrusted import shortened

WIDTH, HEIGHT = 640, 300
POINTS = 1600  # drawn in one plot; more cannot be told apart at this size
MOST_LABELS = 8
MOST_ROWS = 25
NAME_LENGTH = 22
LINE_HEIGHT = 15
LETTER = 6.8  # pixels, generous for 12 px text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line: strokes without gaps, dots where points stand alone, and its label."""

    role: Role
    path: str
    dots: tuple[Point, ...]
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    grid: str  # the path of all lines behind the curves
    axis: str
    lines: list[Line]
    mark: float | None
    cut: bool  # some values lie outside the frame
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    left_out: int  # series without a column in the table
    width: int = WIDTH
    height: int = HEIGHT


def draw(plot: Plot) -> Drawing | None:
    """Lay a plot out; None where it holds no finite point."""
    lines = [runs(one, log=plot.log_y) for one in plot.series]
    x_range = bounds(x for one in lines for run in one for x, _ in run)
    if x_range is None:
        return None
    if plot.mark_x is not None:
        x_range = bounds([*x_range, plot.mark_x]) or x_range
    y_range, cut = _y_range([one.role for one in plot.series], lines)
    labels = _labels(plot.series)
    top, bottom = 30.0, HEIGHT - 46.0
    y_scale = Scale(*y_range, bottom, top, log=plot.log_y)
    y_ticks = y_scale.ticks()
    left = round(14 + LETTER * max((len(tick.text) for tick in y_ticks), default=1), 1)
    right = round(WIDTH - 14 - LETTER * max((len(label) for label in labels), default=0), 1)
    x_scale = Scale(*(x_range if x_range[1] > x_range[0] else widened(*x_range)), left, right)
    limit = max(POINTS // len(lines), 40)
    drawn = [
        _line(series.role, label, one, x_scale, y_scale, limit)
        for series, label, one in zip(plot.series, labels, lines, strict=True)
    ]
    x_ticks = x_scale.ticks(7)
    header, rows, left_out = numbers(plot)
    return Drawing(
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        x_ticks=x_ticks,
        y_ticks=y_ticks,
        grid=_grid(x_ticks, y_ticks, left, right, bottom),
        axis=f"M{left:g} {bottom:g}H{right:g}",
        lines=spread(drawn, top, bottom),
        mark=x_scale(plot.mark_x),
        cut=cut,
        header=header,
        rows=rows,
        left_out=left_out,
    )


def _grid(
    x_ticks: Sequence[Tick], y_ticks: Sequence[Tick], left: float, right: float, bottom: float
) -> str:
    across = [f"M{left:g} {tick.at:g}H{right:g}" for tick in y_ticks]
    return "".join([*across, *(f"M{tick.at:g} {bottom:g}v5" for tick in x_ticks)])


def _y_range(roles: list[Role], lines: list[list[Run]]) -> tuple[tuple[float, float], bool]:
    """Return the range to show, and whether it leaves values out.

    A student's curve that runs away must not flatten the expected one, so the frame reaches one
    height of the expected curve beyond it on either side, no further.
    """
    every = [y for one in lines for run in one for _, y in run]
    low, high = min(every), max(every)
    expected = [
        y
        for role, one in zip(roles, lines, strict=True)
        if role == "expected"
        for run in one
        for _, y in run
    ]
    if not expected:
        return widened(low, high), False
    least, most = widened(min(expected), max(expected), share=1.0)
    return widened(max(least, low), min(most, high)), low < least or high > most


def _labels(series: Sequence[Series]) -> list[str]:
    """Return what is written at each line's end: its name, once where many lines share it."""
    seen: set[str] = set()
    labels = []
    for name in (shortened(one.name, NAME_LENGTH) for one in series):
        labels.append("" if name in seen or len(seen) >= MOST_LABELS else name)
        seen.add(name)
    return labels


def _line(
    role: Role, label: str, gapless: list[Run], x_scale: Scale, y_scale: Scale, limit: int
) -> Line:
    placed = []
    for run in gapless:
        xs, ys = zip(*thinned(run, limit), strict=True)
        placed.append(list(zip(x_scale.places(xs), y_scale.places(ys), strict=True)))
    few = sum(map(len, placed)) <= MOST_ROWS // 2
    dots = [point for run in placed if few or len(run) == 1 for point in run]
    return Line(
        role=role,
        path=path(placed),
        dots=tuple(dots),
        label=label if placed else "",
        label_y=round(placed[-1][-1][1], 1) if placed else 0.0,
    )


def spread(lines: list[Line], top: float, bottom: float) -> list[Line]:
    """Move labels apart so that none covers another, and keep them beside the frame."""
    order = sorted((line for line in lines if line.label), key=lambda line: line.label_y)
    places = [min(max(line.label_y, top), bottom) for line in order]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + LINE_HEIGHT)
    for index in reversed(range(len(places))):
        below = places[index + 1] - LINE_HEIGHT if index + 1 < len(places) else bottom
        places[index] = min(places[index], below)
    moved = {id(line): y for line, y in zip(order, places, strict=True)}
    return [replace(line, label_y=moved.get(id(line), line.label_y)) for line in lines]


def numbers(plot: Plot) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    """Return the plot as a table of at most 25 rows: header, rows, series left out."""
    named = {one.name: one for one in reversed(plot.series)}  # of each name the first
    shown = [named[name] for name in dict.fromkeys(one.name for one in plot.series)][:MOST_LABELS]
    left_out = len(plot.series) - len(shown)
    names = [shortened(one.name, NAME_LENGTH) for one in shown]
    x_name, y_name = plot.x_label or "x", plot.y_label or "y"
    if len({(one.xs, len(one.ys)) for one in shown}) == 1:
        points = list(zip(shown[0].xs, *(one.ys for one in shown), strict=False))
        return (x_name, *names), [tuple(map(short, row)) for row in _picked(points)], left_out
    share = max(MOST_ROWS // len(shown), 2)
    rows: list[tuple[str, ...]] = [
        (name, short(x), short(y))
        for name, one in zip(names, shown, strict=True)
        for x, y in _picked(list(zip(one.xs, one.ys, strict=False)), share)
    ]
    return ("Line", x_name, y_name), rows, left_out


def _picked(rows: list[T], most: int = MOST_ROWS) -> list[T]:
    """Return at most ``most`` rows, evenly spread, first and last among them."""
    if len(rows) <= most:
        return rows
    return [rows[round(index * (len(rows) - 1) / (most - 1))] for index in range(most)]
