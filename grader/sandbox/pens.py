"""What a student's drawing function draws, as plain data: lines, labels, ranges and the picture.

Runs on the untrusted side: what it returns is a claim, and the judge reads it as one.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np

WIDTH, HEIGHT = 4.5, 3.4  # inches for each panel
MARGINS = {"left": 0.08, "right": 0.98, "bottom": 0.15, "top": 0.9, "wspace": 0.25}
RESOLUTIONS = (90, 60, 40)  # dots per inch, tried until the picture is small enough
COLOURS = 64  # enough for lines and their soft edges, at a quarter of the bytes
MAX_BYTES = 40_000
MAX_LINES = 50  # of one panel
MAX_POINTS = 20_000  # of one line
MAX_TEXT = 200

prepared: dict[int, tuple[Any, Any]] = {}  # figures and axes by the number of panels


def draw(function: Callable[..., object], panels: int) -> dict[str, Any]:
    """Call a function with ``panels`` Matplotlib axes side by side and describe what is on them.

    Returns ``{"panels": […], "png": bytes}``; each panel has ``lines`` (each ``label``, ``x`` and
    ``y`` of shape (n,)), ``legend`` (its texts, None where there is no legend), ``x_label``,
    ``y_label``, ``title``, ``x_range`` and ``y_range``.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = prepared.pop(panels) if panels in prepared else blank(panels)
    plt.figure(figure)  # the current one, for code that draws with pyplot's own functions
    try:
        function(*axes[0])
        return {"panels": [_panel(axis) for axis in axes[0]], "png": _png(figure, panels)}
    finally:
        plt.close(figure)


def blank(panels: int) -> tuple[Any, Any]:
    """Return a figure that pyplot does not know yet, and its axes, of shape (1, panels)."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Margins that fit labels, and titles in a fixed place: Matplotlib's ways of finding room
    # lay out every text more than once.
    with mpl.rc_context({"axes.titley": 1.0}):
        figure = Figure()
        return figure, figure.subplots(1, panels, squeeze=False, gridspec_kw=MARGINS)


def _panel(axis: Any) -> dict[str, Any]:
    legend = axis.get_legend()
    texts = [_short(text) for text in legend.get_texts()] if legend else None
    lines = axis.get_lines()[:MAX_LINES]
    labels = [str(line.get_label())[:MAX_TEXT] for line in lines]
    if texts and all(label.startswith("_") for label in labels):
        # ax.legend(["tanh", …]) names the lines in the order in which they were drawn.
        labels[: len(texts)] = texts[: len(labels)]
    return {
        "lines": [_line(line, label) for line, label in zip(lines, labels, strict=True)],
        "legend": texts,
        "x_label": axis.get_xlabel()[:MAX_TEXT],
        "y_label": axis.get_ylabel()[:MAX_TEXT],
        "title": axis.get_title()[:MAX_TEXT],
        "x_range": [float(bound) for bound in axis.get_xlim()],
        "y_range": [float(bound) for bound in axis.get_ylim()],
    }


def _line(line: Any, label: str) -> dict[str, Any]:
    points: np.ndarray[Any, Any] = np.ma.filled(
        np.ma.asarray(line.get_xydata(), dtype=float), np.nan
    )
    points = points[:: len(points) // MAX_POINTS + 1]
    return {"label": label, "x": points[:, 0], "y": points[:, 1]}


def _short(text: Any) -> str:
    return str(text.get_text())[:MAX_TEXT]


def _png(figure: Any, panels: int) -> bytes:
    """Return the figure as a PNG, coarser where it would be too large; empty if it cannot be."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(
        figure
    )  # of our own: the student's code may have closed the figure
    figure.set_size_inches(WIDTH * panels, HEIGHT)  # whatever size the student's code gave it
    with contextlib.suppress(ValueError, RuntimeError, OverflowError):  # a label's bad TeX, say
        for resolution in RESOLUTIONS:
            figure.set_dpi(resolution)
            canvas.draw()
            picture = _few_colours(canvas.buffer_rgba())
            if len(picture) <= MAX_BYTES:
                return picture
    return b""


def _few_colours(pixels: Any) -> bytes:
    from PIL import Image

    small = io.BytesIO()
    picture = Image.fromarray(np.asarray(pixels)[:, :, :3])
    # The octree takes a fifth of the median cut's time, and lines look the same.
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(small, format="png")
    return small.getvalue()


def warm() -> None:
    """Draw something and throw it away, then keep figures of one and of two empty panels.

    Fonts and layout are slow the first time, and so is making axes and their ticks.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    draw(lambda axes: axes.plot([0, 1], label="warm") and axes.legend(), 1)
    for panels in (1, 2):
        prepared[panels] = blank(panels)
        canvas: Any = FigureCanvasAgg(prepared[panels][0])
        canvas.draw()
