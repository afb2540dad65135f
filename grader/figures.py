"""A student's drawing as data: the curves, what names them, and the picture itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.evidence import Picture
from grader.sandbox.errands import draw

Array = np.ndarray[Any, Any]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One drawn line; ``label`` is None where Matplotlib would leave it out of a legend."""

    label: str | None
    x: Array  # float64, shape (n,)
    y: Array  # float64, shape (n,)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What is on one pair of axes."""

    lines: tuple[Line, ...] = ()
    legend: tuple[str, ...] | None = None  # the texts; None where ``ax.legend()`` was not called
    x_label: str = ""
    y_label: str = ""
    title: str = ""
    x_range: Range = (0.0, 1.0)
    y_range: Range = (0.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What a drawing function drew."""

    panels: tuple[Panel, ...]
    png: bytes = field(default=b"", repr=False)

    def picture(self, title: str, alt: str = "") -> Picture:
        """Return the picture itself, as evidence for a report."""
        return Picture(title, alt or title, self.png)


def drawing(function: Any, panels: int = 2) -> Drawing:
    """Call a student's function with ``panels`` Matplotlib axes and return what it drew.

    Whatever the student's side says is read with care: there are always ``panels`` panels, and
    what is malformed in them is left out.  Raises
    :class:`~grader.sandbox.remote.StudentFault` where the function does not come back.
    """
    drawn = draw(function, panels)
    given = _list(drawn.get("panels"))[:panels]
    given += [{}] * (panels - len(given))
    png = drawn.get("png")
    return Drawing(tuple(map(_panel, given)), png if isinstance(png, bytes) else b"")


def _panel(data: Any) -> Panel:
    data = data if isinstance(data, dict) else {}
    legend = data.get("legend")
    return Panel(
        lines=tuple(line for item in _list(data.get("lines")) if (line := _line(item))),
        legend=None if legend is None else tuple(map(_text, _list(legend))),
        x_label=_text(data.get("x_label")),
        y_label=_text(data.get("y_label")),
        title=_text(data.get("title")),
        x_range=_range(data.get("x_range")),
        y_range=_range(data.get("y_range")),
    )


def _line(data: Any) -> Line | None:
    data = data if isinstance(data, dict) else {}
    x, y, label = _row(data.get("x")), _row(data.get("y")), _text(data.get("label"))
    if x is None or y is None or len(x) != len(y):
        return None
    return Line(None if label.startswith("_") or not label else label, x, y)


def _row(data: Any) -> Array | None:
    is_row = isinstance(data, np.ndarray) and data.ndim == 1 and data.dtype == np.float64
    return data if is_row else None


def _range(data: Any) -> Range:
    bounds = [float(item) for item in _list(data) if type(item) in {int, float}]
    return (min(bounds), max(bounds)) if len(bounds) == 2 else (0.0, 1.0)  # noqa: PLR2004


def _list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _text(data: Any) -> str:
    return data if isinstance(data, str) else ""
