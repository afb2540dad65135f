"""Probabilities add up to 1: what the outputs of a ReLU layer add up to instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader import Bars, Finding
from grader.evidence import Evidence
from grader.expect import type_remark
from grader.show import show

RIGHT = {"outputs_are_probabilities": "no", "why": "relu_not_normalised"}
STEP = 0.5  # width of a bar
MOST = 4.0  # larger sums share the last bar


def told(outputs: np.ndarray[Any, Any], given: Any) -> Iterator[Finding | Evidence]:
    """Judge the two choices by the outputs of the student's own network, shape (m, 3)."""
    sums = outputs.sum(axis=1)
    zeros, above = int((sums == 0).sum()), int((outputs > 1).any(axis=1).sum())
    facts = (
        f"All-ReLU rows sum to {sums.min():.1f} … {sums.max():.1f} here, "
        f"{zeros} of {len(sums):,} are all zero and {above} hold a number above 1."
    )
    said = {
        "yes": facts,
        "softmax": "There is no softmax in this network: both layers use ReLU.",
        "rows_sum_to_one": facts,
    }
    for key, right in RIGHT.items():
        value = given.get(key) if isinstance(given, dict) else given
        ok = isinstance(value, str) and value.strip().lower() == right
        diagnosis = None
        if not isinstance(given, dict):
            diagnosis = type_remark(given, {}) or "Return a dict with two choices."
        elif key not in given:
            diagnosis = f"The dict has no key {key!r}."
        elif not ok:
            choice = value.strip().lower() if isinstance(value, str) else ""
            diagnosis = said.get(choice, "That is none of the choices in the statement.")
        shown = f'answers()["{key}"]'
        yield Finding(shown, show(right), show(value), ok, diagnosis, subject="answers")
    yield histogram(sums, facts)


def histogram(sums: np.ndarray[Any, Any], facts: str) -> Bars:
    """Count the rows by their sum."""
    edges = np.arange(0, MOST + STEP, STEP)
    inner, _ = np.histogram(sums[sums > 0], [*edges[:-1], np.inf])
    names = [f"{low:.1f} to {low + STEP:.1f}" for low in edges[:-2]] + [f"{edges[-2]:.1f} and more"]
    counts = [int((sums == 0).sum()), *map(int, inner)]
    return Bars(
        f"What the outputs of {len(sums):,} rows add up to, in your own network",
        f"{facts} Probabilities would all add up to 1.",
        ("exactly 0", *names),
        tuple(map(float, counts)),
        ("alarm", *["yours" for _ in names]),
    )
