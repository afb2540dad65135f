"""People as platforms know them, and who of one list is who of another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A student, by every name and number that a platform, roster or gradebook gives."""

    name: str
    canvas_id: str | None = None
    canvas_anonymous: str | None = None
    canvas_slug: str | None = None  # "okaforamina": all that Canvas's file names keep of a name
    moodle_id: str | None = None  # Moodle's participant number, of one assignment
    moodle_path: str | None = None  # what stands before the file names in Moodle's download
    number: str | None = None  # the school's: SIS user ID, Gradescope's sid, nbgrader's student_id
    login: str | None = None
    email: str | None = None

    @property
    def identity(self) -> str:
        """The strongest of the names, under which a later download is the same person's."""
        strong = {
            "canvas": self.canvas_id,
            "canvas-anonymous": self.canvas_anonymous,
            "moodle": self.moodle_id,
            "number": self.number,
            "email": self.email,
        }
        return next((f"{kind}:{value}" for kind, value in strong.items() if value), self.name)


Keys = Callable[[Person], Iterable[str | None]]


def pair(known: Sequence[Person], rows: Sequence[Person]) -> dict[int, int]:
    """Return for people of ``known``, by index, their index in ``rows``.

    Numbers count before names.  What two people share on either side tells nobody apart, and
    two whose numbers differ are not paired, whatever their names.
    """
    paired: dict[int, int] = {}
    for ours, theirs in _WAYS:
        left, right = _telling(known, ours), _telling(rows, theirs)
        for key, index in left.items():
            row = right.get(key)
            if row is None or index in paired or row in paired.values():
                continue
            if not _contradict(known[index], rows[row]):
                paired[index] = row
    return paired


def folded(text: str) -> str:
    """Return a name so that case, width, accents' form and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _telling(people: Sequence[Person], keys: Keys) -> dict[str, int]:
    """Return the keys that one person alone has, and who has them."""
    every = [(key, index) for index, one in enumerate(people) for key in {*keys(one)} if key]
    shared = Counter(key for key, _ in every)
    return {key: index for key, index in every if shared[key] == 1}


def _contradict(one: Person, other: Person) -> bool:
    numbers = ("canvas_id", "moodle_id", "number")
    both = ((getattr(one, kind), getattr(other, kind)) for kind in numbers)
    return any(mine and theirs and mine != theirs for mine, theirs in both)


def _field(name: str) -> Keys:
    return lambda one: [folded(value) if (value := getattr(one, name)) else None]


def _ids(one: Person) -> list[str | None]:
    ids = (one.number, one.login, one.email, one.canvas_id, one.moodle_id)
    return [folded(value) for value in ids if value]


def _names(one: Person) -> list[str | None]:
    """Return a name in full and, from Moodle, without what may be a group's name before it."""
    parts = one.name.split("-") if one.moodle_path else [one.name]
    return [_words("-".join(parts[start:])) for start in range(len(parts))]


def _words(name: str) -> str:
    """Return the words of a name in one order: "Okafor, Amina" is "Amina Okafor"."""
    return " ".join(sorted(folded(name).replace(",", " ").split()))


def _slugs(one: Person) -> list[str | None]:
    """Return what Canvas may make of a name, whichever of its words is the family's."""
    if one.canvas_slug is not None:
        return [one.canvas_slug]
    words = one.name.lower().replace(",", " ").split()
    turned = ["".join(words[cut:] + words[:cut]) for cut in range(len(words))]
    return [re.sub(r"\W", "", slug, flags=flag) for slug in turned for flag in (0, re.ASCII)]


_WAYS: tuple[tuple[Keys, Keys], ...] = (
    *((_field(kind), _field(kind)) for kind in ("canvas_id", "canvas_anonymous", "moodle_id")),
    *((_field(kind), _field(kind)) for kind in ("number", "email", "login")),
    (lambda one: [_words(one.name)], lambda one: [_words(one.name)]),
    (_names, lambda one: [_words(one.name)]),
    (_slugs, _slugs),
    # A folder or file that was named by a number, a login or an address.
    (lambda one: [folded(one.name)], _ids),
)
