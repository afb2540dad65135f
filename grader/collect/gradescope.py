"""Gradescope's export: a folder per submission, and one file that says whose each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from grader.collect.people import Person
from grader.collect.piece import Piece, Sorted, instant
from grader.errors import SubmissionError
from grader.submission.files import Member, UnreadableError

METADATA = "submission_metadata.yml"
LIMIT = 100_000_000  # bytes: the file holds everything that earlier autograders printed


def fits(members: Iterable[Member]) -> bool:
    """Tell whether the file that every export has is among them."""
    return any(one.name == METADATA for one in members)


def read(members: Iterable[Member]) -> Sorted:
    """Sort an export; a group's submission belongs to all who handed it in.

    Raises :class:`~grader.errors.SubmissionError` where the file cannot be understood.
    """
    members = list(members)
    found = next(one for one in members if one.name == METADATA)
    home = found.path.parent
    known = _metadata(found)
    pieces: list[Piece] = []
    unmatched: list[tuple[str, str]] = []
    for member in members:
        if member is found:
            continue
        inside = member.path.relative_to(home) if member.path.is_relative_to(home) else member.path
        about = known.get(inside.parts[0])
        people = _people(about) if isinstance(about, Mapping) else ()
        if not isinstance(about, Mapping) or not people or len(inside.parts) == 1:
            unmatched.append((str(member.path), f"{METADATA} names nobody who handed it in"))
            continue
        received = _instant(about.get(":created_at"))
        path = PurePosixPath(*inside.parts[1:])
        pieces.append(Piece(member, people, path, received=received))
    folders = {piece.member.path.relative_to(home).parts[0] for piece in pieces}
    unmatched += [
        (str(name), f"is in {METADATA}, but has no files") for name in known if name not in folders
    ]
    return Sorted(pieces, unmatched)


def _metadata(member: Member) -> Mapping[str, Any]:
    import yaml

    # The C parser is the same safe loader, and some exports hold megabytes.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(member.load(LIMIT), Loader=loader)  # noqa: S506 it is a safe one
    except UnreadableError as error:
        raise SubmissionError(str(error)) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise SubmissionError(
            f"{member}{line}: this is not the file that Gradescope writes\n"
            "  next: export the submissions again"
        ) from None
    if not isinstance(found, Mapping):
        raise SubmissionError(
            f"{member} lists no submissions\n  next: export the submissions again"
        )
    return found


def _people(about: Mapping[str, Any]) -> tuple[Person, ...]:
    listed = about.get(":submitters")
    submitters = [one for one in listed if isinstance(one, Mapping)] if listed else []
    return tuple(
        Person(name, number=_text(one, ":sid"), email=_text(one, ":email"))
        for one in submitters
        if (name := _text(one, ":name") or _text(one, ":email") or _text(one, ":sid"))
    )


def _text(about: Mapping[str, Any], key: str) -> str | None:
    value = about.get(key)
    return str(value).strip() or None if value is not None else None


def _instant(value: object) -> str | None:
    return instant(value.isoformat() if isinstance(value, datetime) else str(value))
