"""What a formula is worth at a point: each node is asked for its number, from the leaves up."""

from __future__ import annotations

from typing import Any

from grader.expression.arithmetic import (
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    NAN,
    Undefined,
    bounded,
    constant,
    number,
    real,
)
from grader.expression.node import NUMBERS, SYMBOL, Node


def value(root: Node, x: complex) -> Any:
    """Return the value where every symbol is ``x``, to 30 digits; nan where there is none."""
    try:
        return _number(root, bounded(number(x)))
    except (ArithmeticError, ValueError):  # a pole, an undefined comparison, what mpmath refuses
        return NAN


def _number(node: Node, x: Any) -> Any:
    kind = node.kind
    if kind == SYMBOL:
        return x
    if kind in NUMBERS:
        return constant(node.text)
    if kind in CONSTANTS:
        return CONSTANTS[kind]
    if kind in FUNCTIONS:
        return bounded(FUNCTIONS[kind](*[_number(part, x) for part in node.parts]))
    if kind == "Piecewise":
        return _number(_branch(node, x), x)
    raise Undefined


def _branch(node: Node, x: Any) -> Node:
    """Return the part of a Piecewise that applies; the others may have no value here."""
    for pair in node.parts:
        if pair.kind == "ExprCondPair" and _holds(pair.parts[1], x):
            return pair.parts[0]
    raise Undefined


def _holds(node: Node, x: Any) -> bool:
    if node.kind in COMPARISONS:
        left, right = (real(_number(part, x)) for part in node.parts)
        return COMPARISONS[node.kind](left, right)
    if node.kind == "And":
        return all(_holds(part, x) for part in node.parts)
    if node.kind == "Or":
        return any(_holds(part, x) for part in node.parts)
    if node.kind == "Not":
        return not _holds(node.parts[0], x)
    if node.kind == "ITE":
        condition, then, otherwise = node.parts
        return _holds(then if _holds(condition, x) else otherwise, x)
    if node.kind in {"BooleanTrue", "BooleanFalse"}:
        return node.kind == "BooleanTrue"
    raise Undefined
