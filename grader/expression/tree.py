"""A formula as the judge holds it: what is in it, what it is worth at a point, how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.expression import infix, walk
from grader.expression.node import CONDITIONS, FOREIGN, SYMBOL, TOO_LARGE, Node


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula made of the nodes of a closed table."""

    root: Node

    @property
    def symbols(self) -> frozenset[str]:
        """The names of its symbols; those that cannot be shown are called ``?1``, ``?2``."""
        return frozenset(node.text for node in self.root.all() if node.kind == SYMBOL)

    @property
    def foreign(self) -> tuple[str, ...]:
        """The names of what has no value of its own, each once: ``Derivative``, ``DiracDelta``."""
        return tuple(dict.fromkeys(n.text for n in self.root.all() if n.kind == FOREIGN))

    @property
    def size(self) -> int:
        """How many nodes it has."""
        return sum(1 for _ in self.root.all())

    @property
    def too_large(self) -> bool:
        """Whether it broke a cap and so did not cross."""
        return self.root.kind == TOO_LARGE

    @property
    def is_condition(self) -> bool:
        """Whether it is true or false, such as ``x > 0``, and no number."""
        return self.root.kind in CONDITIONS

    def contains(self, name: str) -> bool:
        """Tell whether a node of this name, such as ``Piecewise`` or ``Derivative``, is in it."""
        return any(name in (n.kind, n.text) for n in self.root.all() if n.kind != SYMBOL)

    def evaluate(self, x: complex) -> Any:
        """Return its value, an mpmath number of 30 digits, where every symbol is ``x``.

        It is nan where there is none: at a pole, for a condition, with a foreign node inside.
        """
        return walk.value(self.root, x)

    def __str__(self) -> str:
        """Read as SymPy would write it: ``1 - tanh(x)**2``."""
        return infix.text(self.root)
