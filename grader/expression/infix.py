"""A formula as text, the way SymPy would write it: ``exp(-x)/(1 + exp(-x))**2``."""

from __future__ import annotations

from grader.expression.node import (
    FOREIGN,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    NUMBERS,
    SYMBOL,
    TOO_LARGE,
    Node,
)

RELATION, SUM, PRODUCT, POWER, ATOM = range(5)  # how tightly the parts of a text hold together
RELATIONS = {
    "StrictLessThan": "<",
    "LessThan": "<=",
    "StrictGreaterThan": ">",
    "GreaterThan": ">=",
}
NAMES = {
    "Exp1": "E",
    "Pi": "pi",
    "ImaginaryUnit": "I",
    "Infinity": "oo",
    "NegativeInfinity": "-oo",
    "NaN": "nan",
    "ComplexInfinity": "zoo",
    "BooleanTrue": "True",
    "BooleanFalse": "False",
    "Equality": "Eq",
    "Unequality": "Ne",
}
CAPS = {
    "nodes": f"an expression of more than {MAX_NODES} parts",
    "depth": f"an expression nested deeper than {MAX_DEPTH} levels",
    "digits": f"an expression with a number of more than {MAX_DIGITS} digits",
}
ONE = Node("Integer", "1")
HALF = Node("Rational", "1/2")

Text = tuple[str, int]  # what is written, and how tightly it holds together


def text(root: Node) -> str:
    """Return a formula as text."""
    return _write(root)[0]


def _write(node: Node) -> Text:  # noqa: PLR0911  a line for each kind of node
    if node.kind == TOO_LARGE:
        return CAPS[node.text], RELATION
    if node.kind == SYMBOL:
        return node.text, ATOM
    if node.kind in NUMBERS or node.kind == "Mul":
        return _product(node.parts if node.kind == "Mul" else (node,))
    if node.kind == "Add":
        return _sum(node.parts)
    if node.kind == "Pow":
        return _power(*node.parts)
    if node.kind in RELATIONS:
        left, right = (_inside(part, SUM) for part in node.parts)
        return f"{left} {RELATIONS[node.kind]} {right}", RELATION
    if node.kind == "ExprCondPair" or (node.kind, node.text) == (FOREIGN, "Tuple"):
        return f"({_listed(node.parts)})", ATOM
    name = node.text if node.kind == FOREIGN else NAMES.get(node.kind, node.kind)
    return (f"{name}({_listed(_said(node))})" if node.parts else name), ATOM


def _said(node: Node) -> tuple[Node, ...]:
    """Return the parts of a call, without the value at 0 that SymPy gives every Heaviside."""
    default = node.kind == "Heaviside" and node.parts[1:] == (HALF,)
    return node.parts[:1] if default else node.parts


def _listed(parts: tuple[Node, ...]) -> str:
    return ", ".join(text(part) for part in parts)


def _inside(node: Node, at_least: int) -> str:
    written, holds = _write(node)
    return written if holds >= at_least else f"({written})"


def _sum(parts: tuple[Node, ...]) -> Text:
    if parts[0].kind in NUMBERS and parts[0].text.startswith("-"):
        parts = (*parts[1:], parts[0])  # "x - 1" reads better than "-1 + x"
    first, *others = (_inside(part, SUM) for part in parts)
    signed = (f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in others)
    return first + "".join(signed), SUM


def _product(parts: tuple[Node, ...]) -> Text:
    minus = ""
    above: list[str] = []
    below: list[str] = []
    for part in parts:
        if part.kind in NUMBERS and not (minus or above or below):
            number, _, divisor = part.text.removeprefix("-").partition("/")
            minus = "-" if part.text.startswith("-") else ""
            above += [_short(number)] if number != "1" else []
            below += [divisor] if divisor else []
        elif part.kind == "Pow" and (exponent := _opposite(part.parts[1])):
            below.append(_inside(_raised(part.parts[0], exponent), POWER))
        else:
            above.append(_inside(part, PRODUCT))
    written = "*".join(above) or "1"
    if below:
        written += f"/{below[0]}" if len(below) == 1 else f"/({'*'.join(below)})"
    single = len(above) < 2 and not below  # noqa: PLR2004
    return minus + written, SUM if minus else ATOM if single else PRODUCT


def _power(base: Node, exponent: Node) -> Text:
    if opposite := _opposite(exponent):
        return f"1/{_inside(_raised(base, opposite), POWER)}", PRODUCT
    if exponent == HALF:
        return f"sqrt({text(base)})", ATOM
    return f"{_inside(base, ATOM)}**{_inside(exponent, ATOM)}", POWER


def _raised(base: Node, exponent: Node) -> Node:
    return base if exponent == ONE else Node("Pow", parts=(base, exponent))


def _opposite(exponent: Node) -> Node | None:
    """Return the positive twin of a negative number, else None."""
    if exponent.kind in NUMBERS and exponent.text.startswith("-"):
        return Node(exponent.kind, exponent.text[1:])
    return None


def _short(number: str) -> str:
    """Return a number without the digits that a binary fraction drags along."""
    return f"{float(number):.15g}" if "." in number else number
