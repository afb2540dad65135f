"""Who was graded, and under which names the results lie: what a finished run leaves behind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.batch.files import write
from grader.batch.plan import Entry
from grader.batch.shards import Shard
from grader.batch.store import NAMES, Store
from grader.errors import GraderError
from grader.model import tidy
from grader.render.plain_data import MisfitError, reader, writer

SCHEMA = "grader/roll/v1"
FOLDER = "rolls"
SHOWN_NAMES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """An entry and what it earned: points by exercise, None where a checker broke."""

    entry: Entry
    points: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Roll:
    """The class as one run has left it."""

    course: str
    seed: int  # as reports state it
    part: int
    parts: int
    whole: str  # a hash of the whole class: shards of one batch have the same
    lines: tuple[Line, ...]

    @property
    def shard(self) -> Shard:
        """The part of the class that this roll holds."""
        return Shard(self.part, self.parts)


def path(store: Store, shard: Shard) -> Path:
    """Return the file of a shard's roll."""
    return store.folder / FOLDER / f"{shard.name}.json"


def read(file: Path) -> Roll | None:
    """Return the roll in a file, None where there is none.

    Raises :class:`~grader.errors.GraderError` where it is not whole.
    """
    try:
        data = json.loads(file.read_bytes())
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise MisfitError(SCHEMA, data)
        found: Roll = reader(NAMES, Roll)(data)
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise GraderError(
            f"{file} is not whole ({error})\n  next: grade again, with the same command"
        ) from error
    return found


def save(roll: Roll, store: Store) -> None:
    """Keep a roll in place of an earlier one."""
    file = path(store, roll.shard)
    file.parent.mkdir(exist_ok=True)
    write(file, json.dumps({"schema": SCHEMA} | writer(NAMES, Roll)(roll)) + "\n")


def moves(before: Roll, after: Sequence[Line]) -> list[str]:
    """Say in a few lines how scores change, over the exercises that both rolls have."""
    old = {line.entry.stem: line for line in before.lines}
    changed: dict[str, list[str]] = {"up": [], "down": []}
    same = 0
    for line in after:
        earlier = old.get(line.entry.stem)
        if earlier is None:
            continue
        both = earlier.points.keys() & line.points.keys()
        was, now = (tidy(sum(one.points[name] or 0 for name in both)) for one in (earlier, line))
        if now == was:
            same += 1
        else:
            changed["up" if now > was else "down"].append(f"{line.entry.student} {was:g} → {now:g}")
    if not any(changed.values()):
        return []
    up, down = map(len, changed.values())
    said = [f"scores: {up} go up, {down} go down, {same} stay"]
    return said + [f"  {word}: {listed(names)}" for word, names in changed.items() if names]


def listed(names: Sequence[str]) -> str:
    """Return some names as one line, the first of them where there are many."""
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")
