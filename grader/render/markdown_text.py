"""Pieces of Markdown that hold what they are given: no link, no mention, no HTML comes of it.

The rules are CommonMark's; beside them stand the words that GitHub links by itself.
"""

from __future__ import annotations

import re

from grader.render.inline import CODE, LONGEST, SPANS
from grader.render.untrusted import excerpt, shortened

_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|#$!])")
_START = re.compile(r"^(\d*)([-+=:.)])")  # what makes a list, a rule or a heading of a line
_LINKED = re.compile(r"@|://|www\.|#\d|GH-\d", re.IGNORECASE)


def code(text: str) -> str:
    """Return ``text`` as a code span, on one line; it may hold backticks."""
    line = shortened(text, LONGEST) or " "
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if "`" in (line[0], line[-1]) else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def cell(text: str) -> str:
    """Return Markdown that may stand in a table, where even code must not hold a bare bar."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def block(text: str) -> str:
    """Return lines of ``text`` as a fenced block; a fence in it does not end it."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def words(text: str) -> str:
    """Return text that means nothing but itself, on one line.

    A word that GitHub would link, such as a mention, becomes code.
    """
    return _no_list(_unlinked(shortened(text, LONGEST)))


def reported(text: str) -> str:
    """Return a sentence that may quote a student: its backticks hold code."""
    return _spans(CODE, excerpt(text))


def authored(text: str) -> str:
    """Return an author's sentence; formulas become code, since not every reader typesets them."""
    return _spans(SPANS, excerpt(text, LONGEST))


def _spans(pattern: re.Pattern[str], text: str) -> str:
    line = " ".join(text.split())
    parts: list[str] = []
    end = 0
    for span in pattern.finditer(line):
        inside = next(group for group in span.groups() if group is not None)
        parts += [_unlinked(line[end : span.start()]), code(inside)]
        end = span.end()
    return _no_list("".join([*parts, _unlinked(line[end:])]))


def _unlinked(line: str) -> str:
    words = line.split(" ")
    return " ".join(code(word) if _LINKED.search(word) else _escaped(word) for word in words)


def _no_list(line: str) -> str:
    return _START.sub(r"\1\\\2", line)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
