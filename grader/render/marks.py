"""The small marks of a drawing as SVG: a page holds hundreds of ticks and dots.

A template would take three times as long for each.  Numbers are our own and texts are escaped,
so that nothing else can get into the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from grader.render.scales import Tick


def across(ticks: Iterable[Tick], y: float) -> Markup:
    """Return the texts of a horizontal axis, all at one height."""
    return _texts((tick.at, y, tick.text) for tick in ticks)


def upwards(ticks: Iterable[Tick], x: float) -> Markup:
    """Return the texts of a vertical axis, lowered so that their middle meets the tick."""
    return _texts((x, tick.at + 4, tick.text) for tick in ticks)


def dots(points: Iterable[tuple[float, float]]) -> Markup:
    """Return a dot at each point."""
    return Markup(  # noqa: S704  numbers alone
        "".join(f'<circle cx="{round(x, 1):g}" cy="{round(y, 1):g}" r="3"/>' for x, y in points)
    )


def _texts(placed: Iterable[tuple[float, float, str]]) -> Markup:
    return Markup(  # noqa: S704  numbers, and texts that are escaped
        "".join(f'<text x="{x:g}" y="{y:g}">{escape(text)}</text>' for x, y, text in placed)
    )
