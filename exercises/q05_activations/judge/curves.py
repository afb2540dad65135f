"""Which curve of a drawing is which, and whether it lies where it should."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from functions import Function

from grader.drawing import Line, Panel
from grader.show import number, show_pair

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
