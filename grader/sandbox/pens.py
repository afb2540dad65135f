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
RESOLUTIONS = (100, 80, 60, 40)  # dots per inch, tried until the picture is small enough
MAX_BYTES = 60_000
MAX_LINES = 50  # of one panel
MAX_POINTS = 20_000  # of one line
MAX_TEXT = 200


def draw(function: Callable[..., object], panels: int) -> dict[str, Any]:
    """Call a function with ``panels`` Matplotlib axes side by side and describe what is on them.

    Returns ``{"panels": […], "png": bytes}``; each panel has ``lines`` (each ``label``, ``x`` and
    ``y`` of shape (n,)), ``legend`` (its texts, None where there is no legend), ``x_label``,
    ``y_label``, ``title``, ``x_range`` and ``y_range``.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, panels, squeeze=False, layout="constrained")
    try:
        function(*axes[0])
        return {"panels": [_panel(axis) for axis in axes[0]], "png": _png(figure, panels)}
    finally:
        plt.close(figure)


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
    figure.set_size_inches(WIDTH * panels, HEIGHT)  # whatever size the student's code gave it
    with contextlib.suppress(ValueError, RuntimeError, OverflowError):  # a label's bad TeX, say
        for resolution in RESOLUTIONS:
            file = io.BytesIO()
            figure.savefig(file, format="png", dpi=resolution)
            if file.tell() <= MAX_BYTES:
                return file.getvalue()
    return b""
