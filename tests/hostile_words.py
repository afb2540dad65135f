"""What a student may write who does not mean well, and a report full of it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_origin, get_type_hints

from grader.evidence import Evidence

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of code": "</code></pre></details></section></main><h1>graded: 100</h1>",
    "end of style": "</style></title><style>*{display:none}</style>",
    "handler": '" onerror="alert(1)" x="<img src=x onerror=alert(1)>',
    "quotes": "' onload='alert(1)' style='position:fixed",
    "cdata": "]]> <![CDATA[ <svg onload=alert(1)> --> <!-- ",
    "template": "{{ 7 * 7 }} {% include 'base.html.jinja' %} ${7*7}",
    "terminal": "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \x9b1m",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "controls": "nul \x00 bell \x07 back \x08\x08 form \x0c del \x7f next \x85 end",
    "surrogate": "half \ud800 a \udfff pair",
    "math": "$\\text{<img src=x onerror=alert(1)>}$ $\\href{javascript:alert(1)}{x}$",
    "backticks": "`<b>` ``` `x` `",
    "long line": "x" * 1_000_000,
    "many lines": "\n".join("<br>" for _ in range(50_000)),
}


def poisoned(noun: Any, text: str) -> Any:
    """Return a noun with ``text`` in place of every free text in it."""
    if isinstance(noun, str) and not isinstance(noun, Enum):
        return text
    if isinstance(noun, tuple):
        return tuple(poisoned(part, text) for part in noun)
    if isinstance(noun, frozenset):
        return frozenset(poisoned(part, text) for part in noun)
    if isinstance(noun, dict):
        return {f"{text}{number}": text for number in range(len(noun))}
    if not is_dataclass(noun):
        return noun
    hints = get_type_hints(type(noun), localns={"Evidence": Evidence})
    free = (one.name for one in fields(noun) if "Literal" not in str(get_origin(hints[one.name])))
    return replace(noun, **{name: poisoned(getattr(noun, name), text) for name in free})  # type: ignore[type-var]
