"""Which curve of a drawing is which, whether it lies where it should, and what words are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
from functions import SLOPE_VALUES, VALUES, Function

from grader import Finding
from grader.figures import Drawing, Line, Panel
from grader.show import number, show, show_pair

ENOUGH = 100  # points of a curve
HELPER = 2  # points: a line that only marks something
WITHIN = 1e-6
AT_KINK = 1e-9  # where a jump or a kink is, any value is right
NAMES = {
    "step": re.compile(r"step|heaviside|θ|(^|[^a-z])h\("),
    "sigmoid": re.compile(r"sigm|logistic|σ"),
    "tanh": re.compile(r"tanh|hyperbol"),
    "relu": re.compile(r"relu|rectif"),
}


PANELS = {"functions": VALUES, "derivatives": SLOPE_VALUES}


def judged(figure: Drawing) -> Iterator[Finding]:
    """Judge the curves of both panels, then the words around them, then the range of z."""
    right = dict.fromkeys(PANELS, False)
    for panel, (what, truths) in zip(figure.panels, PANELS.items(), strict=True):
        for name in truths:
            got, problem = look_for(name, panel, truths)
            right[what] |= problem is None
            wanted = f"labelled, with {ENOUGH} points or more, each where it belongs"
            yield _finding(f"{name} among the {what}", wanted, got, problem, weight=2)
    for panel, what in zip(figure.panels, PANELS, strict=True):
        # Words around an empty panel say nothing, so they count from the first right curve on.
        empty = None if right[what] else "No curve of this panel is right yet."
        got = "no legend" if panel.legend is None else show(list(panel.legend))
        problem = empty or _unnamed(panel)
        yield _finding(f"the legend of the {what}", "each curve's name", got, problem)
        labels = (panel.x_label.strip(), panel.y_label.strip())
        problem = None if all(labels) else "`set_xlabel` and `set_ylabel` name the axes."
        yield _finding(f"the axes of the {what}", "two labels", show(labels), empty or problem)
    (a, b), (c, d) = (panel.x_range for panel in figure.panels)
    ranges = f"({a:.3g}, {b:.3g}) and ({c:.3g}, {d:.3g})"
    same = np.allclose((a, b), (c, d), rtol=0, atol=1e-6 * (b - a))
    problem = None if same else f"The x ranges differ: {ranges}."
    if not all(right.values()):
        problem = "One of the panels has no right curve yet."
    yield _finding("the range of z", "the same on both panels", ranges, problem, weight=2)


def named(label: str | None) -> set[str]:
    """Return the functions that a label names, in any spelling: σ, logistic, ``$\\sigma'$``."""
    plain = unicodedata.normalize("NFKC", label or "").casefold()
    plain = re.sub(r"[\s_\-{}\\$]", "", plain)
    return {name for name, pattern in NAMES.items() if pattern.search(plain)}


def look_for(name: str, panel: Panel, truths: dict[str, Function]) -> tuple[str, str | None]:
    """Return what stands for a curve on a panel, and what is wrong with it: None if nothing is."""
    curves = {place: line for place, line in enumerate(panel.lines, 1) if len(line.x) > HELPER}
    faults = {place: fault(line, truths[name]) for place, line in curves.items()}
    labelled = [place for place, line in curves.items() if name in named(line.label)]
    right = [place for place in labelled if faults[place] is None]
    if right:
        return f"line {right[0]}", None
    for place in labelled:
        line = curves[place]
        others = [truths[other] for other in named(line.label) - {name} if other in truths]
        if all(fault(line, other) for other in others):  # else it is one of those
            return f"line {place}, labelled {line.label!r}", faults[place]
    for place, line in curves.items():
        if faults[place] is None and line.label is None:
            return f"line {place}", f"Line {place} has no label: `plot` takes `label=...`."
        if faults[place] is None:
            said = f"Line {place} follows it, but its label does not name it."
            return f"line {place}, labelled {line.label!r}", said
    return f"{len(curves)} other curves" if curves else "no curve", "No such curve is there."


def fault(line: Line, truth: Function) -> str | None:
    """Say what is wrong with a line that should follow a function; None where nothing is."""
    drawn = np.isfinite(line.x) & np.isfinite(line.y)
    x, y = line.x[drawn], line.y[drawn]
    with np.errstate(over="ignore"):
        true = truth(x)
        off = (np.abs(y - true) > WITHIN * np.maximum(1, np.abs(true))) & (np.abs(x) > AT_KINK)
    if off.any():
        place = np.flatnonzero(off)[np.abs(x[off]).argmin()]
        expected, got = show_pair(float(true[place]), float(y[place]))
        return f"At z = {number(float(x[place]), 3)} it is drawn at {got} in place of {expected}."
    if len(x) < ENOUGH:
        return f"It has {len(x)} points, and at least {ENOUGH} are asked for."
    if not x.min() < 0 < x.max():
        return "It shows only one side of zero."
    return None


def _unnamed(panel: Panel) -> str | None:
    if panel.legend is None:
        return "`legend()` was not called on these axes."
    known = {name for text in panel.legend for name in named(text)}
    unnamed = [name for name in SLOPE_VALUES if name not in known]  # the step may be left out
    return f"The legend does not name {', '.join(unnamed)}." if unnamed else None


def _finding(shown: str, expected: str, got: str, problem: str | None, weight: int = 1) -> Finding:
    ok = problem is None
    return Finding(shown, expected, got, ok, problem, subject="plot_activations", weight=weight)
