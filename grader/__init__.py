"""An exercise grader for courses on neural networks: the author's words.

Names load when they are first used, so that ``import grader`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.authoring import check
    from grader.counterexample import computes
    from grader.draws import generator
    from grader.evaluator import predict
    from grader.evidence import (
        Bars,
        Matrix,
        Picture,
        Tiles,
        Wire,
        Wiring,
        plot,
        series,
        table,
        tile,
    )
    from grader.expect import at_least, at_most, close, equal, one_of, raises, shape
    from grader.figures import drawing
    from grader.in_words import prose
    from grader.model import Finding
    from grader.sandbox.remote import each, fetch, warnings_of
    from grader.source import avoids, uses
    from grader.symbolic import agrees, equivalent

__version__ = "0.1.0"

__all__ = [
    "Bars",
    "Finding",
    "Matrix",
    "Picture",
    "Tiles",
    "Wire",
    "Wiring",
    "agrees",
    "at_least",
    "at_most",
    "avoids",
    "check",
    "close",
    "computes",
    "drawing",
    "each",
    "equal",
    "equivalent",
    "fetch",
    "generator",
    "one_of",
    "plot",
    "predict",
    "prose",
    "raises",
    "series",
    "shape",
    "table",
    "tile",
    "uses",
    "warnings_of",
]

_HOMES = {
    "grader.authoring": ("check",),
    "grader.counterexample": ("computes",),
    "grader.figures": ("drawing",),
    "grader.draws": ("generator",),
    "grader.evaluator": ("predict",),
    "grader.evidence": (
        "Bars",
        "Matrix",
        "Picture",
        "Tiles",
        "Wire",
        "Wiring",
        "plot",
        "series",
        "table",
        "tile",
    ),
    "grader.expect": ("at_least", "at_most", "close", "equal", "one_of", "raises", "shape"),
    "grader.jupyter": ("load_ipython_extension",),
    "grader.model": ("Finding",),
    "grader.in_words": ("prose",),
    "grader.sandbox.remote": ("each", "fetch", "warnings_of"),
    "grader.source": ("avoids", "uses"),
    "grader.symbolic": ("agrees", "equivalent"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'grader' has no word {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
