"""Evidence drawn for a page: a figure with its title, what it says, and its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from grader.evidence import Bars, Evidence, Matrix, Picture, Plot, Table, Tile, Tiles, Wiring
from grader.render import bars, plots, png, wiring
from grader.render.environment import environment

SHADES = 7
MOST_CELLS = 50  # rows, and columns, of a table
MOST_TILES = 60
TILE_SIDE = 56  # pixels on the page


def figure(evidence: Evidence, name: str) -> Markup:
    """Return the HTML figure of one piece of evidence; ``name`` makes its ids unique."""
    template = environment().get_template(f"charts/{evidence.kind}.html.jinja")
    return Markup(  # noqa: S704 the template escaped it
        template.render(it=evidence, name=name, **_DRAWN[evidence.kind](evidence))
    )


def _plot(plot: Plot) -> dict[str, Any]:
    return {"drawing": plots.draw(plot), "roles": {one.role for one in plot.series}}


def _bars(chart: Bars) -> dict[str, Any]:
    return {"drawing": bars.draw(chart)}


def _wiring(network: Wiring) -> dict[str, Any]:
    return {"drawing": wiring.draw(network), "radius": wiring.RADIUS}


def _table(table: Table) -> dict[str, Any]:
    return {"marked": frozenset(table.marked), "rows": table.rows[:MOST_CELLS]}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    """Return rows of (value, shade) cells: shade 0 is the page, 7 the greatest size."""
    cells = [row[:MOST_CELLS] for row in matrix.values[:MOST_CELLS]]
    sizes = [
        abs(value)
        for i, row in enumerate(cells)
        for j, value in enumerate(row)
        if math.isfinite(value) and not (matrix.skip_diagonal and i == j)
    ]
    most = max(sizes, default=0.0) or 1.0

    def shade(value: float, i: int, j: int) -> str:
        if not math.isfinite(value) or (matrix.skip_diagonal and i == j):
            return "diagonal" if i == j and matrix.skip_diagonal else "shade-0"
        return f"shade-{math.ceil(SHADES * min(abs(value) / most, 1.0))}"

    rows = [
        (name, [(value, shade(value, i, j)) for j, value in enumerate(row)])
        for i, (name, row) in enumerate(zip(matrix.rows, cells, strict=False))
    ]
    return {"cells": rows, "columns": matrix.columns[:MOST_CELLS]}


def _picture(picture: Picture) -> dict[str, Any]:
    return {"size": png.size(picture.png), "uri": png.data_uri(picture.png)}


def _tiles(sheet: Tiles) -> dict[str, Any]:
    def image(tile: Tile) -> tuple[Tile, int, int, str]:
        times = max(TILE_SIDE // max(tile.width, tile.height), 1)
        file = png.grey(tile.width, tile.height, tile.pixels)
        return tile, tile.width * times, tile.height * times, png.data_uri(file)

    return {"images": [image(tile) for tile in sheet.tiles[:MOST_TILES]]}


_DRAWN: dict[str, Callable[[Any], dict[str, Any]]] = {
    "plot": _plot,
    "bars": _bars,
    "table": _table,
    "matrix": _matrix,
    "picture": _picture,
    "tiles": _tiles,
    "wiring": _wiring,
}
