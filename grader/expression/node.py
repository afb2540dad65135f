"""The nodes that a formula may be made of: a closed table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MAX_NODES = 400
MAX_DEPTH = 60
MAX_DIGITS = 40

FOREIGN = "Foreign"  # stands for what is not in the table; its name crosses, so that it can be told
TOO_LARGE = "TooLarge"  # stands for a whole formula that breaks a cap: ``text`` says which

# Leaves that carry a text: a name, or a number as it is written.
SYMBOL = "Symbol"
NUMBERS = frozenset({"Integer", "Rational", "Float"})

RELATIONS = ("StrictLessThan", "LessThan", "StrictGreaterThan", "GreaterThan")
EQUALITIES = ("Equality", "Unequality")
TRUTHS = ("BooleanTrue", "BooleanFalse")
CONDITIONS = frozenset({*RELATIONS, *EQUALITIES, *TRUTHS, "And", "Or", "Not", "ITE"})

# How many parts each other node has: at least, at most.
ARITY: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("Add", "Mul", "Max", "Min", "And", "Or", "Piecewise"), (1, MAX_NODES)),
    **dict.fromkeys(("Pow", "ExprCondPair", *RELATIONS, *EQUALITIES), (2, 2)),
    **dict.fromkeys(("Abs", "sign", "exp", "log", "re", "im", "conjugate", "Not"), (1, 1)),
    **dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc", "atan", "erf"), (1, 1)),
    **dict.fromkeys(("sinh", "cosh", "tanh", "coth", "sech", "csch"), (1, 1)),
    **dict.fromkeys(("Exp1", "Pi", "ImaginaryUnit", "Infinity", "NegativeInfinity"), (0, 0)),
    **dict.fromkeys(("NaN", "ComplexInfinity", *TRUTHS), (0, 0)),
    "Heaviside": (1, 2),
    "ITE": (3, 3),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One operation, function or leaf, and below it its parts."""

    kind: str
    text: str = ""  # a symbol's name, a number as it is written, the name of a foreign node
    parts: tuple[Node, ...] = ()

    def all(self) -> Iterator[Node]:
        """Go through this node and everything below it, each node before its parts."""
        yield self
        for part in self.parts:
            yield from part.all()
