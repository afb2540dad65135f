"""How the outputs of three heads are spread, for the same random features."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from symptoms import facts

from grader import Bars

Array = np.ndarray[Any, Any]

SPREADS = {  # of the outputs that are counted: where the bars begin and end, and their number
    "spam": ("spam: the probability of spam", 0.0, 1.0, 10),
    "mnist": ("mnist: the probabilities of ten digits", 0.0, 1.0, 10),
    "housing": ("housing: the price", -3.0, 3.0, 12),
}


def histogram(task: str, outputs: Array) -> Bars | None:
    """Count the outputs, (m, units), bar by bar; None where there is nothing to count."""
    values = outputs[np.isfinite(outputs)]
    if task not in SPREADS or not values.size:
        return None
    title, low, high, bars = SPREADS[task]
    edges = np.linspace(low, high, bars + 1)
    counts, _ = np.histogram(values, edges)
    names = [f"{a:.1f} to {b:.1f}" for a, b in pairwise(edges)]
    outside = "alarm" if task != "housing" else "yours"  # no probability lies beyond 0 and 1
    below, above = int((values < low).sum()), int((values > high).sum())
    rows = [(name, float(count), "yours") for name, count in zip(names, counts, strict=True)]
    rows = [(f"below {low:.1f}", float(below), outside)] * (below > 0) + rows
    rows += [(f"above {high:.1f}", float(above), outside)] * (above > 0)
    labels, numbers, roles = zip(*rows, strict=True)
    says = f"{values.size:,} outputs for {len(outputs)} rows of features, {facts(outputs)}."
    return Bars(f"{title}, for random features", says, labels, numbers, roles)
