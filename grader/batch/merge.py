"""The shards of a batch put together: reports are made once every part is there and whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from grader.batch import roll
from grader.batch.files import make_folder
from grader.batch.press import Imprint, Press
from grader.batch.roll import Roll
from grader.batch.shards import WHOLE
from grader.batch.store import FOLDER, DamagedError, Store
from grader.errors import Exit, GraderError
from grader.model import Report


class MergeError(GraderError):
    """Shards that do not make a whole."""

    code = Exit.USAGE


def merge(
    folders: Sequence[Path], out: Path, formats: frozenset[str], say: Callable[[str], None]
) -> list[Report]:
    """Write the reports of a class whose parts lie in some folders; return them, light.

    Raises :class:`MergeError` where a part is missing, belongs to another batch or is not whole.
    """
    found = [(Store(folder / FOLDER), part) for folder in folders for part in _parts(folder)]
    if not found:
        names = ", ".join(map(str, folders))
        raise MergeError(
            f"{names}: no part of a batch lies there\n  next: grader grade … --shard 1/4 --out DIR"
        )
    _require_one_batch([part for _, part in found])
    make_folder(out)
    target, first = Store.beside(out), found[0][1]
    with target.run(WHOLE.name):
        press = Press(target, out, Imprint(first.course, first.seed, formats))
        entries = {}
        for store, part in found:
            for entry in (line.entry for line in part.lines):
                entries[entry.number] = entry
                _carry(entry.keys.values(), store, target, part)
                press.read(entry)
        ordered = [entries[number] for number in sorted(entries)]
        press.publish(ordered, ordered, first.whole, say)
    return [press.reports[entry.stem] for entry in ordered]


def _parts(folder: Path) -> Iterator[Roll]:
    for file in sorted((folder / FOLDER / roll.FOLDER).glob("*.json")):
        found = roll.read(file)
        if found and found.shard != WHOLE:
            yield found


def _require_one_batch(parts: Sequence[Roll]) -> None:
    first = parts[0]
    for part in parts:
        if (part.parts, part.whole, part.seed) != (first.parts, first.whole, first.seed):
            raise MergeError(
                f"part {part.shard} is of another batch than part {first.shard}: another class, "
                "course, machine or seed\n  next: grade both parts anew from the same folders, "
                "in one --out or with one --seed"
            )
    there = {part.part for part in parts}
    missing = [str(number) for number in range(1, first.parts + 1) if number not in there]
    if missing:
        raise MergeError(
            f"part {', '.join(missing)} of {first.parts} is not there, or not yet graded\n"
            f"  next: grader grade … --shard {missing[0]}/{first.parts}, then merge again"
        )


def _carry(keys: Iterable[str], source: Store, target: Store, part: Roll) -> None:
    try:
        for key in keys:
            source.carry(key, target)
    except DamagedError as error:
        raise MergeError(
            f"part {part.shard} is not whole: {error}\n"
            f"  next: grader grade … --shard {part.shard}, then merge again"
        ) from error
