"""What a syntax tree uses: words of Python, and names resolved to where they come from."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import CourseError

_WORDS: dict[str, tuple[type[ast.AST], ...]] = {
    "assert": (ast.Assert,),
    "class": (ast.ClassDef,),
    "def": (ast.FunctionDef, ast.AsyncFunctionDef),
    "for": (ast.For, ast.AsyncFor, ast.comprehension),
    "global": (ast.Global,),
    "if": (ast.If, ast.IfExp),
    "import": (ast.Import, ast.ImportFrom),
    "lambda": (ast.Lambda,),
    "raise": (ast.Raise,),
    "return": (ast.Return,),
    "try": (ast.Try, ast.TryStar),
    "while": (ast.While,),
    "with": (ast.With, ast.AsyncWith),
    "yield": (ast.Yield, ast.YieldFrom),
}
_THING = re.compile(r"\.[^\W\d]\w*|[^\W\d]\w*(\.[^\W\d]\w*)*")
_WORD_OF = {kind: word for word, kinds in _WORDS.items() for kind in kinds}
_SHORT = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "tf": "tensorflow"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A word, a name (``numpy.tanh``) or an attribute of anything (``.tanh``) in the text."""

    name: str
    line: int
    imported: bool = False  # named by an import statement, which is no use yet


def mentions_in(tree: ast.Module) -> Iterator[Mention]:
    """Find what a syntax tree uses and imports, names resolved to where they come from."""
    origins = _origins(tree)
    inner: set[int] = set()  # parts of a dotted name that was already seen as a whole
    for node in ast.walk(tree):
        if type(node) in _WORD_OF:
            yield Mention(_WORD_OF[type(node)], _line(node))
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (Mention(name, node.lineno, imported=True) for *_, name in _imports(node))
        if not isinstance(node, (ast.Attribute, ast.Name)) or id(node) in inner:
            continue
        head, attributes = _unwound(node, inner)
        yield from (Mention(f".{attribute}", node.lineno) for attribute in attributes)
        if isinstance(head, ast.Name) and (attributes or isinstance(head.ctx, ast.Load)):
            for origin in origins.get(head.id, [head.id, *_starred(head.id, origins)]):
                yield Mention(_full(".".join([origin, *attributes])), node.lineno)


def first_of(thing: str, mentions: list[Mention]) -> Mention | None:
    """Return the first mention of a thing, or of something in it: ``numpy`` is in ``numpy.tanh``.

    Raises :class:`~grader.errors.CourseError` for what no mention can be.
    """
    if not _THING.fullmatch(thing) or (keyword.iskeyword(thing) and thing not in _WORDS):
        raise CourseError(
            f"{thing!r} cannot be looked for: give a name such as 'np.tanh', an attribute such as "
            f"'.diff', or one of {', '.join(_WORDS)}"
        )
    name = _full(thing)
    alike = (m for m in mentions if m.name == name or m.name.startswith(f"{name}."))
    return min(alike, key=lambda mention: mention.line, default=None)


def _full(name: str) -> str:
    """Return a dotted name under its module's own name; ``tensorflow.keras`` is ``keras``."""
    head, dot, rest = name.partition(".")
    full = f"{_SHORT.get(head, head)}{dot}{rest}"
    return full.removeprefix("tensorflow.") if f"{full}.".startswith("tensorflow.keras.") else full


def _imports(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str, str]]:
    """Yield (name bound, what it stands for, what was imported); a star binds ``*``."""
    for alias in node.names:
        name = alias.name if isinstance(node, ast.Import) else f"{node.module or ''}.{alias.name}"
        if isinstance(node, ast.Import) and not alias.asname:
            head = name.partition(".")[0]
            yield head, head, _full(name)
        else:
            yield alias.asname or alias.name, name, _full(name)


def _origins(tree: ast.Module) -> dict[str, list[str]]:
    """Return what each imported name stands for, wherever in the file it is imported."""
    origins: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for bound, name, _ in _imports(node):
                origins.setdefault(bound, []).append(name)
    return origins


def _starred(name: str, origins: dict[str, list[str]]) -> list[str]:
    return [f"{origin.removesuffix('*')}{name}" for origin in origins.get("*", [])]


def _unwound(node: ast.expr, inner: set[int]) -> tuple[ast.expr, list[str]]:
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
        inner.add(id(node))
    return node, attributes[::-1]


def _line(node: ast.AST) -> int:
    return int(getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 1))
