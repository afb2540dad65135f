"""What the text of a file says: where a name is defined, what it uses, whether Python reads it.

The text is only parsed, never compiled or run: the compiler unfolds nested ``finally`` blocks
exponentially, while the parser was measured to take seconds at most on a megabyte of nesting.
Before Python 3.12 the fields of f-strings are the exception: see :func:`_is_slow`.
"""

from __future__ import annotations

import ast
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

from grader.errors import CourseError
from grader.mentions import Mention, first_of, mentions_in
from grader.model import Finding, Place, Source

MAX_FIELDS = 2_000_000_000  # braces times characters; read at about 1e9 a second
MAX_CODE = 120  # characters of a line of code in a message

# The parser counts its depth in one place for all threads: it may find the count spoilt and raise
# SystemError where two of them parse (python/cpython#106905).
_ONE_AT_A_TIME = threading.Lock()
_ADVICE = {  # by what Python says, up to the first quote
    "invalid syntax": "Python does not understand this line; the slip may be on the line before",
    "(unicode error)": "a backslash in a text is special to Python; put an r before the quotes",
}


def uses(student: Any, *what: str) -> Finding:
    """Expect that the student's file uses all of these.

    Each is a word of Python (``"for"``, comprehensions included), a name with its module
    (``"np.tanh"``, ``"sympy.diff"``: whatever the student imports it as), a bare name (a builtin
    or one of the student's own), or an attribute of anything (``".diff"``).  An import alone is
    no use.  Raises :class:`~grader.errors.CourseError` for anything else, or for nothing.
    """
    source, mentions = _read(student, what)
    used = [mention for mention in mentions or [] if not mention.imported]
    missing = [thing for thing in what if not first_of(thing, used)]
    expected = f"code with {', '.join(what)}"
    got = f"code without {', '.join(missing)}" if mentions is not None else "no Python"
    return Finding(source.file, expected, got if missing else expected, ok=not missing)


def avoids(student: Any, *what: str) -> Finding:
    """Expect that the student's file neither uses nor imports any of these; see :func:`uses`.

    This reads the text and proves nothing: ``getattr`` and ``eval`` hide what they do.
    """
    source, mentions = _read(student, what)
    found = [first for thing in what if (first := first_of(thing, mentions or []))]
    expected = f"code without {', '.join(what)}"
    if mentions is None:
        return Finding(source.file, expected, "no Python", ok=False)
    if not found:
        return Finding(source.file, expected, expected, ok=True)
    place = _place(source, min(mention.line for mention in found))
    return Finding(source.file, expected, f"{place}: {place.code}", ok=False)


def place_of(source: Source, name: str) -> Place | None:
    """Return where a top-level name is last defined, assigned or imported, or None."""
    tree, _ = parsed(source.text)
    lines = [line for bound, line in bindings(tree) if bound == name] if tree else []
    return place_at(source, max(lines)) if lines else None


def place_at(source: Source, line: int) -> Place | None:
    """Return a line of the text, counted from 1, as the student knows it; None beyond its end."""
    lines = source.text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    code = lines[line - 1].strip()
    code = code if len(code) <= MAX_CODE else f"{code[: MAX_CODE - 1]}…"
    cell, number = source.lines[line - 1] if line <= len(source.lines) else (None, line)
    return Place(source.file, number, code, cell)


def syntax_problem(source: Source) -> tuple[str, Place] | None:
    """Return why Python cannot read the text, and where; None where it can.

    The message opens with the place: ``xor.py, line 3: '(' was never closed``.
    """
    _, error = parsed(source.text)
    if error is None:
        return None
    if isinstance(error, SyntaxError):
        place = _place(source, error.lineno or 1)
        advice = _ADVICE.get(error.msg.partition("'")[0].strip())
        return f"{place}: {error.msg}{f' ({advice})' if advice else ''}", place
    place = _place(source, 1)
    if isinstance(error, _SlowError):
        return f"{source.file} has too many fields in f-strings: shorten it", place
    if isinstance(error, (MemoryError, RecursionError)):
        return f"{source.file} is nested too deeply for Python to read: shorten it", place
    return f"{source.file} is not Python source ({error}): save it as UTF-8 text", place


class _SlowError(Exception):
    """A text that this Python's parser would read for minutes."""


def _is_slow(text: str) -> bool:
    """Tell whether the parser looks through much of a text for each of many fields.

    Up to Python 3.11 it searches an f-string from its start for the place of each field
    (fstring_find_expr_location in Parser/string_parser.c), and nothing else runs meanwhile.
    """
    return (
        sys.version_info < (3, 12)
        and text.count("{") * len(text) > MAX_FIELDS
        and re.search("[fF][rR]?['\"]", text) is not None
    )


def parsed(text: str) -> tuple[ast.Module | None, Exception | None]:
    """Return the syntax tree of a text, or None and why Python cannot read it."""
    if _is_slow(text):
        return None, _SlowError()
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\\d" is no matter of ours
        try:
            return ast.parse(text), None
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError) as error:
            return None, error


def _read(student: Any, what: tuple[str, ...]) -> tuple[Source, list[Mention] | None]:
    from grader.sandbox.remote import channel_of

    if not what:
        raise CourseError("nothing to look for: write uses(student, 'np.tanh')")
    source = student if isinstance(student, Source) else channel_of(student).source
    tree, _ = parsed(source.text)
    return source, list(mentions_in(tree)) if tree else None


def bindings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each name that the top level binds, with its line; functions are not entered."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, node.lineno
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0], node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif not isinstance(node, (ast.Lambda, ast.comprehension)):
            waiting.extend(ast.iter_child_nodes(node))


def _place(source: Source, line: int) -> Place:
    return place_at(source, line) or Place(source.file, line)
