"""Pictures and tables that an author puts into a report, as plain numbers and words.

A check yields these beside its findings; the renderers draw them.  Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

Role = Literal["expected", "yours", "plain", "alarm"]
MAX_POINTS = 10_000  # of one line of a plot: no report shows more


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a plot."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over one axis.  ``says`` states in words what the picture shows."""

    title: str
    says: str
    series: tuple[Series, ...]
    x_label: str = ""
    y_label: str = ""
    log_y: bool = False
    mark_x: float | None = None  # a vertical line
    mark_label: str = ""
    kind: Literal["plot"] = "plot"


@dataclass(frozen=True, slots=True)
class Bars:
    """Labelled bars; ``limit`` draws a line to reach."""

    title: str
    says: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    roles: tuple[Role, ...]
    log: bool = False
    limit: float | None = None
    limit_label: str = ""
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; ``marked`` holds the (row, column) of cells that differ."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[tuple[int, int], ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts or magnitudes, shaded by size; ``skip_diagonal`` leaves that out of the scale."""

    title: str
    says: str
    row_label: str
    column_label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    skip_diagonal: bool = False
    kind: Literal["matrix"] = "matrix"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, such as a drawing that the student's code made."""

    title: str
    alt: str
    png: bytes
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Tile:
    """A small grey image with a caption; pixels row by row, 0 (black) to 255 (white)."""

    caption: str
    alt: str
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Tiles:
    """A sheet of small grey images, such as misread digits."""

    title: str
    says: str
    tiles: tuple[Tile, ...]
    kind: Literal["tiles"] = "tiles"


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection of a wiring; ``brake`` marks an inhibitory one."""

    source: str
    target: str
    brake: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Wiring:
    """A small network of on/off neurons, drawn in layers from the bottom up, once per case.

    ``layers`` lists node names, inputs first.  Each case is (caption, names of the active
    nodes, whether its output is right).
    """

    title: str
    says: str
    layers: tuple[tuple[str, ...], ...]
    wires: tuple[Wire, ...]
    cases: tuple[tuple[str, frozenset[str], bool], ...]
    kind: Literal["wiring"] = "wiring"


Evidence = Plot | Bars | Table | Matrix | Picture | Tiles | Wiring
KINDS: dict[str, type] = {
    "plot": Plot,
    "bars": Bars,
    "table": Table,
    "matrix": Matrix,
    "picture": Picture,
    "tiles": Tiles,
    "wiring": Wiring,
}


def series(name: str, xs: Iterable[float], ys: Iterable[float], role: Role = "plain") -> Series:
    """Make one line of a plot from any numbers; points that are not finite leave a gap.

    Of more than ``MAX_POINTS`` points, every n-th one is kept.
    """
    return Series(str(name), _thinned(xs), _thinned(ys), role)


def plot(title: str, *lines: Series, says: str = "", **axes: Any) -> Plot:
    """Make a line plot.  ``axes``: x_label, y_label, log_y, mark_x, mark_label."""
    return Plot(title, says or title, tuple(lines), **axes)


def table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    marked: Iterable[tuple[int, int]] = (),
) -> Table:
    """Make a table; cells are shown as ``str`` has them."""
    return Table(
        title,
        tuple(map(str, header)),
        tuple(tuple(map(str, row)) for row in rows),
        tuple(marked),
    )


def tile(pixels: np.ndarray[Any, Any], caption: str, alt: str) -> Tile:
    """Make a grey tile of an (h, w) array of numbers in [0, 255]."""
    import numpy as np

    grey = np.clip(np.asarray(pixels, dtype=float), 0, 255).astype(np.uint8)
    height, width = grey.shape
    return Tile(caption, alt, width, height, grey.tobytes())


def _thinned(values: Iterable[float]) -> tuple[float, ...]:
    import numpy as np

    numbers = values.ravel() if isinstance(values, np.ndarray) else np.asarray(list(values))
    kept = numbers.ravel()[:: -(-numbers.size // MAX_POINTS) or 1]
    return tuple(kept.astype(float).tolist())
