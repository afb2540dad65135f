"""Names on disk: a folder for each student and a path for each file, safe and distinct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from grader.collect.people import Person, folded
from grader.submission.names import file_stems, is_hidden

# A folder with such a name would be taken for work itself.
_WORK = re.compile(r"\.(?:py|py\.txt|ipynb|zip|json)$", re.IGNORECASE)


def folders(groups: Sequence[Sequence[Person]], taken: Sequence[str]) -> list[str]:
    """Return a folder's name for each group of people, none of them among the ``taken``.

    Where two students have one name, each gets a number as well.
    """
    labels = [_label(people) for people in groups]
    shared = Counter(map(folded, [*labels, *taken]))
    wanted = [
        f"{label} {_number(people)}" if shared[folded(label)] > 1 and _number(people) else label
        for label, people in zip(labels, groups, strict=True)
    ]
    return file_stems([*taken, *map(_visible, wanted)])[len(taken) :]


def paths(wanted: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """Return a path for each file of an attempt: inside it, and distinct on every system.

    Paths that differ only by case or by the form of their accents would be one file on some.
    """
    safe = [PurePosixPath(*(_safe(part) for part in path.parts)) for path in wanted]
    whole = ["/".join(path.parts) for path in safe]
    order = sorted(range(len(whole)), key=lambda at: (whole[at] != folded(whole[at]), at))
    taken: set[str] = set()
    found: dict[int, PurePosixPath] = {}
    for at in order:
        path, number = safe[at], 1
        while folded(str(path)) in taken:
            number += 1
            path = safe[at].with_stem(f"{safe[at].stem}-{number}")
        taken.add(folded(str(path)))
        found[at] = path
    return [found[at] for at in range(len(safe))]


def _label(people: Sequence[Person]) -> str:
    if len(people) < 3:  # noqa: PLR2004 more names make no readable one
        return " and ".join(person.name for person in people)
    return f"{people[0].name} and {len(people) - 1} others"


def _number(people: Sequence[Person]) -> str | None:
    one = people[0]
    return one.canvas_id or one.moodle_id or one.number or one.canvas_anonymous


def _visible(name: str) -> str:
    stem = file_stems([name])[0]
    return f"student {_WORK.sub('', stem)}" if is_hidden(stem) or _WORK.search(stem) else name


def _safe(part: str) -> str:
    """Return one step of a path; a name that is safe as it is stays so."""
    stem = file_stems([part])[0]
    return stem if stem.removesuffix("-2") != part else part
