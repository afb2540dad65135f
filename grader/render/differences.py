"""The parts of an answer that differ from the expected one, marked."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from grader.render.untrusted import excerpt

_TOKEN = re.compile(r"[^\s,;:=\[\](){}]+|.", re.DOTALL)


def marked(got: str, expected: str) -> Markup:
    """Return ``got`` with the words in ``<mark>`` that differ from ``expected``.

    Only where both have the same form and agree in part: a mark on everything says nothing.
    """
    yours, theirs = (_TOKEN.findall(excerpt(text)) for text in (got, expected))
    wrong = [not _same(*pair) for pair in zip(yours, theirs, strict=False)]
    words = sum(len(token) > 1 or token.isalnum() for token in yours)
    if len(yours) != len(theirs) or not 0 < 2 * sum(wrong) <= words:
        return escape(excerpt(got))
    mark = Markup("<mark>{}</mark>")
    return Markup("").join(
        mark.format(token) if differs else token
        for token, differs in zip(yours, wrong, strict=True)
    )


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False
