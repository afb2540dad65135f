"""Lines that a notebook understands and Python does not: magics, shell commands, requests for help.

None of them is run while grading.  Each becomes ``pass``, so that every line keeps its number and
what stands around it stays Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# They change how a notebook looks or works, not what its code computes: nothing to speak of.
SILENT = {"autoreload", "config", "grade", "load_ext", "matplotlib", "precision", "reload_ext"}
AROUND = {"capture", "time"}  # cell magics whose cell is run as it is
MAX_SHOWN = 60

_CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w+)")
_LINE = re.compile(
    r"(?P<indent>\s*+)(?:"
    r"(?P<help>\?{1,2}[\w.*%]+|%{0,2}[\w.]+\?{1,2})\s*+;?\s*+(?:\#.*)?"
    r"|%{1,2}(?P<magic>[A-Za-z]\w*)(?P<rest>.*)"
    r"|!.*"
    r"|[\w.,\s]+=\s*(?:!|%[A-Za-z]).*"
    r")"
)
_TOKEN = re.compile(r"""\#.*|'''|\"\"\"|'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|[()\[\]{}]|\\$""")
_CLOSING = {quote: re.compile(rf"(?:\\.|\\$|[^\\])*?{quote}") for quote in ("'''", '"""')}


@dataclass(frozen=True, slots=True)
class Plain:
    """A cell as Python, line by line, and what of it is not run."""

    text: str
    unrun: tuple[tuple[int, str], ...] = ()  # line in the cell, what stood there


def without_magics(text: str) -> Plain:
    """Return the Python of a cell that holds magics or shell lines."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL_MAGIC.match(lines[first])
    if magic and magic["name"] not in AROUND:
        return Plain("\n" * (len(lines) - 1), ((first + 1, _short(lines[first])),))
    if magic:
        lines[first] = "pass"
    made: list[str] = []
    unrun: list[tuple[int, str]] = []
    scanner = _Scanner()
    goes_on = False  # a command that is not run has another line
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line) if scanner.at_start and not goes_on else None
        plain = "" if goes_on else _plain(match) if match else line
        if match and match["magic"] not in SILENT | {"time"} and not match["help"]:
            unrun.append((number, _short(line)))
        goes_on = (goes_on or plain.endswith("pass")) and line.endswith("\\")
        made.append(plain)
        scanner.feed(plain)
    return Plain("\n".join(made), tuple(unrun))


def _plain(match: re.Match[str]) -> str:
    """Return a line that Python can take: ``%time x = f()`` still binds x."""
    timed = match["rest"].strip() if match["magic"] == "time" else ""
    return f"{match['indent']}{timed or 'pass'}"


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


class _Scanner:
    """Tells whether a line begins a statement, or lies inside a text or between brackets."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continued = False

    @property
    def at_start(self) -> bool:
        return not (self._quote or self._depth or self._continued)

    def feed(self, line: str) -> None:
        at, self._continued = 0, False
        while at <= len(line):
            if self._quote:
                end = _CLOSING[self._quote].match(line, at)
                if end is None:
                    return
                self._quote, at = "", end.end()
            token = _TOKEN.search(line, at)
            if token is None:
                return
            at = token.end()
            if token[0] in _CLOSING:
                self._quote = token[0]
            elif token[0] in "([{":
                self._depth += 1
            elif token[0] in ")]}":
                self._depth = max(0, self._depth - 1)
            elif token[0] == "\\":
                self._continued = True
                return
