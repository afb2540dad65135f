"""What must be known to hand grades back: one file beside the submissions, ``collected.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader import whole_file
from grader.collect.people import Person
from grader.errors import GraderError
from grader.render.plain_data import MisfitError, Names, reader, writer

LEDGER = "collected.json"
SCHEMA = "grader/collected/v1"

_NAMES = Names(renamed={}, computed={})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time that a student handed in."""

    name: str  # the folder's, in the student's
    source: str  # the download that it came in
    late: bool  # the platform said so
    received: str | None  # ISO 8601 with its offset, where the download says when
    files: Mapping[str, str]  # the path in the attempt, and the path in the download
    digest: str  # of names and contents: what has not changed is no new attempt


@dataclass(frozen=True, slots=True)
class Student:
    """One who handed in, or a group that did so together, and everything so far."""

    folder: str
    people: tuple[Person, ...]
    attempts: tuple[Attempt, ...]

    @property
    def identity(self) -> str:
        """The name under which a later download is the same student's."""
        return " + ".join(sorted(person.identity for person in self.people))


@dataclass(frozen=True, slots=True)
class Ledger:
    """All who handed in."""

    students: tuple[Student, ...] = ()


def read(folder: Path) -> Ledger:
    """Return what was collected into a folder, nothing where there is no ledger.

    Raises :class:`~grader.errors.GraderError` for one that is damaged.
    """
    path = folder / LEDGER
    try:
        record = json.loads(path.read_bytes())
        if not isinstance(record, dict) or record.get("schema") != SCHEMA:
            raise MisfitError(SCHEMA, record)
        ledger: Ledger = reader(_NAMES, Ledger)(record)
    except FileNotFoundError:
        return Ledger()
    except (OSError, ValueError) as error:
        raise GraderError(
            f"{path} cannot be read: {error}\n"
            "  next: mend it, or delete it and collect the downloads again into an empty folder"
        ) from None
    return ledger


def write(folder: Path, ledger: Ledger) -> None:
    """Write a ledger, which people may read and mend."""
    record = {"schema": SCHEMA, **writer(_NAMES, Ledger)(ledger)}
    whole_file.write(folder / LEDGER, (json.dumps(record, indent=1) + "\n").encode())
