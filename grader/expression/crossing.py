"""How a formula crosses the wall: nested lists of names and texts, and the checks on arrival.

``1 - tanh(x)**2`` is ``["Add", ["Integer", "1"], ["Mul", …]]``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from grader.expression.node import (
    ARITY,
    FOREIGN,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    NUMBERS,
    SYMBOL,
    TOO_LARGE,
    Node,
)
from grader.expression.tree import Expression
from grader.sandbox.wire import Opaque, WireError

OPAQUE = "Opaque"  # no formula at all, such as a matrix: only its type's name crosses
MAX_NAME = 64
FLOAT_DIGITS = 32

_TEXTS = {
    "Integer": re.compile(r"-?[0-9]{1,40}"),
    "Rational": re.compile(r"-?[0-9]{1,40}/[1-9][0-9]{0,39}"),
    "Float": re.compile(r"-?[0-9]{1,40}(\.[0-9]{0,40})?(e[+-]?[0-9]{1,4})?"),
}
_SHOWN_SYMBOL = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}|[Α-Ωα-ω]")
_SHOWN_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")


def from_sympy(value: Any) -> list[Any]:
    """Return a SymPy object as nested lists of texts.

    A formula that breaks a cap becomes one node that says which cap.
    """
    from sympy import Expr, MatrixBase, MatrixExpr
    from sympy.logic.boolalg import Boolean

    if not isinstance(value, (Expr, Boolean)) or isinstance(value, (MatrixBase, MatrixExpr)):
        return [OPAQUE, type(value).__name__[:MAX_NAME]]
    try:
        return _written(value, 1, count(1))
    except _BrokenCap as cap:
        return [TOO_LARGE, str(cap)]


def read(data: Any) -> Expression | Opaque:
    """Return the formula that nested lists hold, everything in them checked.

    Raises :class:`~grader.sandbox.wire.WireError` where they hold none.
    """
    match data:
        case [str(kind), str(text)] if kind == OPAQUE:
            return Opaque(text[:MAX_NAME])
        case [str(kind), ("nodes" | "depth" | "digits") as cap] if kind == TOO_LARGE:
            return Expression(Node(TOO_LARGE, cap))
    return Expression(_Reader().node(data, 1))


def from_number(value: float) -> list[Any]:
    """Return a Python number, an int or a float, as the same lists."""
    if isinstance(value, int):
        return _written_rational(value, 1) if abs(value) < 10**MAX_DIGITS else [TOO_LARGE, "digits"]
    if math.isnan(value):
        return ["NaN"]
    if math.isinf(value):
        return ["Infinity" if value > 0 else "NegativeInfinity"]
    return ["Float", repr(float(value))]


class _BrokenCap(Exception):  # noqa: N818  it never leaves this module
    """A formula is too large; the message says in what."""


def _written(value: Any, depth: int, nodes: Iterator[int]) -> list[Any]:
    if depth > MAX_DEPTH:
        raise _BrokenCap("depth")
    if next(nodes) > MAX_NODES:
        raise _BrokenCap("nodes")
    if value.is_Symbol:
        return [SYMBOL, value.name[:MAX_NAME]]
    if value.is_Rational:
        return _written_rational(int(value.p), int(value.q))
    if value.is_Float:
        from mpmath.libmp import to_str

        return ["Float", to_str(value._mpf_, FLOAT_DIGITS)]  # every digit that it has
    name = type(value).__name__
    # A function that was made up with Function("tanh") comes from no module.
    known = name in ARITY and str(type(value).__module__).startswith("sympy.")
    head = [name] if known else [FOREIGN, name[:MAX_NAME]]
    parts = (value.expr, *value.variables) if name == "Derivative" else value.args
    return [*head, *(_written(part, depth + 1, nodes) for part in parts)]


def _written_rational(above: int, below: int) -> list[Any]:
    if max(abs(above), below) >= 10**MAX_DIGITS:
        raise _BrokenCap("digits")
    return ["Integer", str(above)] if below == 1 else ["Rational", f"{above}/{below}"]


class _Reader:
    """Reads one tree: counts its nodes, and numbers the symbols whose names cannot be shown."""

    def __init__(self) -> None:
        self.count = 0
        self.unnamed: dict[str, str] = {}

    def node(self, data: Any, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("a formula that is too large")
        match data:
            case [str(kind), str(text)] if kind == SYMBOL and len(text) <= MAX_NAME:
                return Node(SYMBOL, self.symbol(text))
            case [str(kind), str(text)] if kind in NUMBERS and _TEXTS[kind].fullmatch(text):
                return Node(kind, text)
            case [str(kind), str(text), *parts] if kind == FOREIGN and len(text) <= MAX_NAME:
                name = text if _SHOWN_FOREIGN.fullmatch(text) else "?"
                return Node(FOREIGN, name, self.parts(parts, depth))
            case [str(kind), *parts] if kind in ARITY:
                least, most = ARITY[kind]
                if least <= len(parts) <= most:
                    return Node(kind, parts=self.parts(parts, depth))
        raise WireError("a formula with a malformed node")

    def parts(self, data: list[Any], depth: int) -> tuple[Node, ...]:
        return tuple(self.node(part, depth + 1) for part in data)

    def symbol(self, name: str) -> str:
        if _SHOWN_SYMBOL.fullmatch(name):
            return name
        return self.unnamed.setdefault(name, f"?{len(self.unnamed) + 1}")
