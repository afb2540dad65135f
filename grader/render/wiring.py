"""Where the neurons and wires of a small network go, in pixels, from the inputs upwards."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from grader.evidence import Wire, Wiring
from grader.render.untrusted import shortened

RADIUS = 17.0
COLUMN, ROW = 84.0, 84.0
MARGIN = 30.0
APART = 8.0  # between parallel arrows
HEAD = 8.0  # length of an arrow's head
MOST_PARALLEL = 4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Neuron:
    """A circle with a name."""

    name: str
    text: str  # the name as far as it fits
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """One wire: a curve, its head, and where its minus sign sits if it inhibits."""

    source: str
    brake: bool
    path: str
    head: str
    sign: Point


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network in pixels; every case is the same drawing with other neurons active."""

    width: int
    height: int
    neurons: list[Neuron]
    arrows: list[Arrow]


def draw(wiring: Wiring) -> Drawing:
    """Lay a network out: one row a layer, inputs at the bottom, rows centred."""
    widest = max((len(layer) for layer in wiring.layers), default=1)
    width = 2 * MARGIN + max(COLUMN * (widest - 1), COLUMN)
    height = 2 * MARGIN + ROW * max(len(wiring.layers) - 1, 0)
    places: dict[str, Point] = {}
    for level, layer in enumerate(wiring.layers):
        left = width / 2 - COLUMN * (len(layer) - 1) / 2
        for column, name in enumerate(layer):
            places[name] = (left + COLUMN * column, height - MARGIN - ROW * level)
    neurons = [Neuron(name, shortened(name, 4), x, y) for name, (x, y) in places.items()]
    return Drawing(round(width), round(height), neurons, list(_arrows(wiring, places)))


def _arrows(wiring: Wiring, places: dict[str, Point]) -> Iterator[Arrow]:
    bundles: dict[tuple[str, str], list[Wire]] = defaultdict(list)
    for wire in wiring.wires:
        if wire.source in places and wire.target in places and wire.source != wire.target:
            bundles[wire.source, wire.target] += [wire] * min(wire.count, MOST_PARALLEL)
    for (source, target), wires in bundles.items():
        start, end = places[source], places[target]
        others = [at for name, at in places.items() if name not in {source, target}]
        bend = _bend(start, end, others)
        for index, wire in enumerate(wires):
            offset = (index - (len(wires) - 1) / 2) * APART
            yield _arrow(wire, start, end, offset, bend)


def _bend(start: Point, end: Point, others: list[Point]) -> float:
    """Return how far the middle of a wire must move sideways to clear every other neuron."""
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end)
    for x, y in others:
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length
        aside = ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length
        if 0 < along < length and abs(aside) < RADIUS + 10:
            clear = RADIUS + 16
            return aside - clear if aside > 0 else aside + clear
    return 0.0


def _arrow(wire: Wire, start: Point, end: Point, offset: float, bend: float) -> Arrow:
    """Draw a wire as a quadratic curve between the rims of two neurons."""
    length = math.dist(start, end)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    px, py = uy, -ux  # to the side
    middle = (
        (start[0] + end[0]) / 2 + px * (2 * bend + offset),
        (start[1] + end[1]) / 2 + py * (2 * bend + offset),
    )
    leave = _rim(start, middle, offset, (px, py))
    arrive = _rim(end, middle, offset, (px, py))
    dx, dy = arrive[0] - middle[0], arrive[1] - middle[1]
    size = math.hypot(dx, dy)
    dx, dy = dx / size, dy / size
    neck = (arrive[0] - HEAD * dx, arrive[1] - HEAD * dy)
    sign = (neck[0] - 8 * dx, neck[1] - 8 * dy)
    wings = [(neck[0] + side * 3.6 * -dy, neck[1] + side * 3.6 * dx) for side in (1, -1)]
    return Arrow(
        wire.source,
        wire.brake,
        f"M{_at(leave)}Q{_at(middle)} {_at(neck)}",
        " ".join(_at(point) for point in (arrive, *wings)),
        (round(sign[0], 1), round(sign[1], 1)),
    )


def _rim(centre: Point, towards: Point, offset: float, side: Point) -> Point:
    """Return the point of a neuron's rim where a wire moved sideways by ``offset`` meets it."""
    x, y = centre[0] + side[0] * offset, centre[1] + side[1] * offset
    dx, dy = towards[0] - x, towards[1] - y
    size = math.hypot(dx, dy)
    reach = math.sqrt(max((RADIUS + 2) ** 2 - offset**2, 0.0))
    return x + dx / size * reach, y + dy / size * reach


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
