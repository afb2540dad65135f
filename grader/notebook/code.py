"""What a code cell says to Python: its tree, the names that it gives and those that it needs."""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import dataclass

from grader.notebook.cells import Cell
from grader.notebook.shell import without_magics
from grader.source import bindings, parsed

# Modules of the place where a notebook was written.  What they offer does nothing elsewhere.
FRONT_END = ("IPython", "google.colab", "ipywidgets")
STAND_IN = "get_ipython"  # the child defines it for notebooks

_GIVES = re.compile(
    r"^(?:(?:async\s+)?def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code cell as Python."""

    number: int
    text: str  # as many lines as the cell has
    tree: ast.Module | None  # None where Python cannot read it
    gives: frozenset[str]  # bound at the top level
    needs: frozenset[str]  # used from outside of any function
    defines: frozenset[str]  # of what it gives, all but imports
    unrun: tuple[tuple[int, str], ...] = ()
    mark: str = ""

    @property
    def lines(self) -> list[tuple[int, int]]:
        """The cell and the line in it of each line of the text."""
        return [(self.number, line) for line in range(1, self.text.count("\n") + 2)]


def code_of(cell: Cell) -> Code:
    """Return a code cell as Python; what only notebooks understand is taken out."""
    text = cell.text
    unrun: tuple[tuple[int, str], ...] = ()
    tree, _ = parsed(text)
    if tree is None:
        plain = without_magics(text)
        text, unrun = plain.text, plain.unrun
        tree, _ = parsed(text)
    if tree is None:
        found = frozenset(a or b for a, b in _GIVES.findall(text))
        return Code(cell.number, text, None, found, frozenset(), found, unrun, cell.mark)
    if any(name in text for name in FRONT_END):
        text = _without_front_end(text, tree)
        tree = parsed(text)[0] or tree
    return Code(
        cell.number,
        text,
        tree,
        frozenset(name for name, _ in bindings(tree)),
        frozenset(_needed(text)),
        frozenset(definitions(tree)),
        unrun,
        cell.mark,
    )


def definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return what the top level defines or assigns, the last of each name; imports do not count."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[node.name] = node
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {name.id: node for name in targets if isinstance(name, ast.Name)}
    return found


def is_stub(node: ast.stmt) -> bool:
    """Tell whether a definition has nothing but a docstring and ``raise NotImplementedError``."""
    body = getattr(node, "body", [])
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (
        len(body) == 1
        and isinstance(body[0], ast.Raise)
        and any(
            isinstance(part, ast.Name) and part.id == "NotImplementedError"
            for part in ast.walk(body[0])
        )
    )


def _needed(text: str) -> set[str]:
    """Return the global names that a text uses; what functions bind themselves is none of them."""
    names: set[str] = set()
    try:
        waiting = [symtable.symtable(text, "cell", "exec")]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return names  # such a cell cannot run either
    while waiting:
        table = waiting.pop()
        is_top = table.get_type() == "module"
        used = (symbol for symbol in table.get_symbols() if symbol.is_referenced())
        names |= {symbol.get_name() for symbol in used if is_top or symbol.is_global()}
        waiting += table.get_children()
    return names


def _without_front_end(text: str, tree: ast.Module) -> str:
    """Bind what is imported from a front end to a thing that does nothing.

    Only at the top level: inside ``try`` the import is a question, and "not there" its answer.
    """
    lines = text.split("\n")
    for node in reversed(tree.body):  # what comes before on the same line keeps its place
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or not _is_front_end(node):
            continue
        bound = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        end = node.end_lineno or node.lineno
        before = lines[node.lineno - 1].encode()[: node.col_offset].decode(errors="replace")
        after = lines[end - 1].encode()[node.end_col_offset :].decode(errors="replace")
        stand_in = " = ".join([*(name for name in bound if name != "*"), STAND_IN])
        filler = [""] * (end - node.lineno)
        lines[node.lineno - 1 : end] = [f"{before}{stand_in}{after}", *filler]
    return "\n".join(lines)


def _is_front_end(node: ast.Import | ast.ImportFrom) -> bool:
    inside = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    heads = tuple(f"{name}." for name in FRONT_END)
    return all(f"{inside}{alias.name}.".startswith(heads) for alias in node.names)
