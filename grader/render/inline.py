"""Sentences with `code` and formulas in them, as HTML that cannot carry anything else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from grader.render.mathml import formula
from grader.render.untrusted import excerpt

LONGEST = 2000  # characters of an author's sentence; hints are whole paragraphs
CODE = re.compile(r"`([^`\n]+)`")
# A dollar opens a formula only before a visible character, so "$5 and $6" stays money.
SPANS = re.compile(r"`(?P<code>[^`\n]+)`|\$(?P<math>[^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)")


def authored(text: str) -> Markup:
    """Typeset an author's sentence: `` `x` `` becomes code, ``$x$`` a formula."""
    parts: list[str] = []
    end = 0
    text = excerpt(text, LONGEST)
    for span in SPANS.finditer(text):
        parts.append(escape(text[end : span.start()]))
        code, math = span["code"], span["math"]
        parts.append(Markup("<code>{}</code>").format(code) if code else formula(math))
        end = span.end()
    return Markup("").join([*parts, escape(text[end:])])


def reported(text: str) -> Markup:
    """Typeset a sentence that may quote a student: backticks become code, dollars stay."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(excerpt(text)))))  # noqa: S704 escaped


def plain(text: str) -> str:
    """Return an author's sentence without its marks, for labels that can hold no HTML."""
    return SPANS.sub(lambda span: span["code"] or span["math"], excerpt(text))
