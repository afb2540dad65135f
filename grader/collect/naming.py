"""Names on disk: a folder for each student and a path for each file, safe and distinct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from grader.collect.people import Person, folded
from grader.submission.names import MAX_STEM, file_stems, is_hidden, safe_name

MAX_SUFFIX = 16  # characters
MAX_PATH = 1_000  # bytes, of a file in its attempt

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

    Paths that differ only by case or by the form of their accents would be one file on some, and
    a file cannot be called as a folder is.  The name that is plain as it is stays so.
    """
    safe = [_safe(path) for path in wanted]
    plain = [str(path) == folded(str(path)) for path in safe]
    order = sorted(range(len(safe)), key=lambda at: (-len(safe[at].parts), not plain[at], at))
    taken: set[str] = set()
    found: dict[int, PurePosixPath] = {}
    for at in order:
        path, number = safe[at], 1
        while folded(str(path)) in taken:
            number += 1
            path = safe[at].with_stem(f"{safe[at].stem}-{number}")
        taken.update(folded(str(part)) for part in (path, *path.parents))
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
    """Return a name under which a folder is seen, and taken for a student's."""
    safe = safe_name(name)
    return f"student {_WORK.sub('', safe)}" if is_hidden(safe) or _WORK.search(safe) else name


def _safe(path: PurePosixPath) -> PurePosixPath:
    """Return a path of safe names; one that is too long loses its folders, never its suffix."""
    parts = [safe_name(part) for part in path.parts]
    suffix = safe_name(path.suffix[:MAX_SUFFIX]) if path.suffix else ""
    if len(path.name.encode("utf-8", "replace")) > MAX_STEM and len(suffix) > 1:
        parts[-1] = f"{parts[-1][:-MAX_SUFFIX]}.{suffix[1:]}"
    whole = PurePosixPath(*parts)
    return whole if len(str(whole).encode()) <= MAX_PATH else PurePosixPath(parts[-1])
