"""Text that a student controls, made safe to look at: no hidden codes, no endless lines."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

LIMIT = 500  # characters in view

# An escape sequence ends where the next one begins, so that no text takes more than one pass.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours and cursor movements
    r"|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"  # titles and links
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_TURNS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]


def _codes() -> dict[int, str | None]:
    controls = (code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc")
    table: dict[int, str | None] = dict.fromkeys(controls)
    table |= {ord("\n"): "\n", ord("\t"): "\t"}
    table |= {code: f"[U+{code:04X}]" for code in _TURNS}
    return table | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


_CODES = _codes()


def clean(text: str) -> str:
    """Return ``text`` without terminal codes and control characters.

    Marks that turn the reading direction around become visible codes such as ``[U+202E]``
    (CVE-2021-42574 shows what they can hide), half surrogates the replacement character.
    """
    if text.isprintable():
        return text
    return _LINE_ENDS.sub("\n", _ESCAPE.sub("", text)).translate(_CODES)


def excerpt(text: str, limit: int = LIMIT) -> str:
    """Return the first ``limit`` characters of ``text``, cleaned; says how many there were."""
    if len(text) <= limit:
        return text if text.isprintable() else clean(text)
    return f"{clean(text[:limit])}… ({limit:,} of {len(text):,} characters)"


def tail(text: str, limit: int = LIMIT) -> str:
    """Return the last ``limit`` characters of ``text``, cleaned: what was printed last."""
    return clean(text[-limit:])


def whole(text: str) -> Markup:
    """Return all of ``text``, cleaned, as HTML: for whoever has to read it to the end."""
    return escape(clean(text))


def shortened(text: str, limit: int) -> str:
    """Return ``text`` on one line of at most ``limit`` characters, as labels of pictures need."""
    line = " ".join(clean(text[: 2 * limit]).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
