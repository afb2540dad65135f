"""The zoo: submissions that attack, each a file of `tests/hostile/<kind>/`.

The first line of a file's docstring says how its first question has to end and what it tries:
`crashed: closes the channel`.  Lines below may add `honest:`, the questions that its code answers
as any other would ("everything" for all); `exercise:`, whose module it hands in; `question:`, which
one the verdict is about; `student:`, under which name; `file:`, called what; and `under B:`, how
the question ends where there are no namespaces.  Whoever gets what it is after prints `BREACH`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "hostile"
KINDS = ("forging", "stealing", "exhausting", "surviving", "injecting")
BREACH = "BREACH"
CANARY = "canary-"  # followed by 32 digits that no attack knows
LEFT = "left-by-attack"  # how files are called that are meant to outlive their maker

_DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
_FIELD = re.compile(r"^(honest|exercise|question|student|file|under B): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attack:
    """One submission of the zoo, and how it has to end."""

    kind: str
    name: str
    text: str
    verdict: str  # of the first question, or two that race; "problem" where there is no module
    verdict_under_b: str
    honest: frozenset[str]  # the names of the questions whose points it deserves
    module: str
    question: str | None  # None for the first
    student: str
    file: str

    @property
    def id(self) -> str:
        """The name of its test."""
        return f"{self.kind}-{self.name}"

    def deserves(self, check: str) -> bool:
        """Tell whether its honest part answers a question."""
        return bool({check, "everything"} & self.honest)

    def hand_in(self, folder: Path) -> None:
        """Write the submission into the folder of a class."""
        home = folder / self.student
        home.mkdir()
        (home / self.file).write_text(self.text, encoding="utf-8")


def attacks() -> list[Attack]:
    """Return the whole zoo, kind by kind."""
    return [read(path) for kind in KINDS for path in sorted((HERE / kind).glob("*.py"))]


def read(path: Path) -> Attack:
    """Read one file; raises ValueError where its docstring names no verdict."""
    text = path.read_text(encoding="utf-8")
    found = _DOCSTRING.match(text)
    words = found[1] if found else ""
    verdict, colon, does = words.partition("\n")[0].partition(": ")
    if not colon or not does:
        raise ValueError(f"{path}: the docstring opens with a verdict, as in 'failed: lies'")
    fields = {key: escaped(value) for key, value in _FIELD.findall(words)}
    module = fields.get("exercise", "circle")
    return Attack(
        kind=path.parent.name,
        name=path.stem,
        text=text,
        verdict=verdict,
        verdict_under_b=fields.get("under B", verdict),
        honest=frozenset(fields.get("honest", "").split()),
        module=module,
        question=fields.get("question"),
        student=fields.get("student", f"{path.parent.name}-{path.stem}"),
        file=fields.get("file", f"{module}.py"),
    )


def escaped(text: str) -> str:
    """Return a text with its backslash escapes read: a name may hold any letter but a slash."""
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")
