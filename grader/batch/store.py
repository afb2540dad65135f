"""Where results are kept: one JSON file for each, named by its content, so that none is made twice.

The folder ``.grader`` beside the reports holds ``results/<first 2>/<key>.json``, the secret seed,
and a roll for each finished run.  It shows hidden questions: it is the instructor's alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from grader import wording
from grader.batch.contents import SCHEMA
from grader.batch.files import make_folder, write
from grader.classroom.light import light_result
from grader.errors import GraderError
from grader.lock import taken
from grader.model import Result, Verdict
from grader.render.plain_data import MisfitError, Names, reader, writer

FOLDER = ".grader"
SEED_BITS = 128
NAMES = Names({}, {})
_LIGHT, _BODY = ', "light": ', ', "graded": '  # keys of nothing within, so that both can be sought
# How another run may end otherwise: the machine was slow, or something else filled its memory.
HASTY = frozenset({Verdict.TIMEOUT, Verdict.MEMORY})
# Ours, or what a process meets when everything around it is killed.
NEVER = frozenset({Verdict.BROKEN, Verdict.CRASHED})


@dataclass(frozen=True, slots=True)
class Graded:
    """A result and where it comes from."""

    result: Result
    sandbox: str  # the wall behind which the code ran
    versions: Mapping[str, str]
    started: str  # UTC, ISO 8601
    seconds: float
    host: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a stored result tells before it is read: whether another run would be the same."""

    key: str
    run: str
    settled: bool  # as good for any later run
    finished: bool  # as good for the run that made it


class DamagedError(GraderError):
    """A file of the store that is not as it was written."""


class Store:
    """The results beside one folder of reports."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; nothing is made before something is to be kept."""
        self.folder = folder

    @classmethod
    def beside(cls, out: Path) -> Store:
        """Return the store that belongs to a folder of reports, made if there is none."""
        store = cls(out / FOLDER)
        make_folder(store.folder, mode=0o700)
        return store

    def path(self, key: str) -> Path:
        """Return the file of a result."""
        return self.folder / "results" / key[:2] / f"{key}.json"

    def put(self, key: str, run: str, graded: Graded) -> None:
        """Keep a result; a crash at any moment leaves all of it or nothing."""
        slight = replace(graded, result=light_result(graded.result))
        light, body = (
            json.dumps(writer(NAMES, Graded)(one), allow_nan=False) for one in (slight, graded)
        )
        head = {
            "schema": SCHEMA,
            "key": key,
            "run": run,
            "settled": not _met(graded.result, HASTY | NEVER),
            "finished": not _met(graded.result, NEVER),
            "sha256": _hash(light, body),
        }
        path = self.path(key)
        make_folder(path.parent)
        write(path, f"{json.dumps(head)[:-1]}{_LIGHT}{light}{_BODY}{body}}}\n")

    def head(self, key: str) -> Head | None:
        """Return what is known of a result, None where there is none.

        Raises :class:`DamagedError` for a file that is not whole.
        """
        text = self._text(key)
        return None if text is None else _head(key, text)[0]

    def get(self, key: str, *, whole: bool) -> Graded:
        """Return a result, or a light one, which is read many times faster.

        Raises :class:`DamagedError` where it is missing or not whole.
        """
        text = self._text(key)
        if text is None:
            raise DamagedError(
                f"{self.path(key)} is missing\n  next: grade again, with the same command"
            )
        _, light, body = _head(key, text)
        try:
            graded: Graded = reader(NAMES, Graded)(json.loads(body if whole else light))
        except (MisfitError, ValueError) as error:
            raise DamagedError(
                f"{self.path(key)}: {error}\n  next: grade again, with the same command"
            ) from error
        return graded

    def carry(self, key: str, target: Store) -> None:
        """Put a copy of a result into another store, unless it has it.

        Raises :class:`DamagedError` where it is missing or not whole here.
        """
        text = self._text(key)
        if text is None:
            raise DamagedError(f"the result {key[:12]} is missing")
        _head(key, text)
        if target.folder.resolve() != self.folder.resolve():
            make_folder(target.path(key).parent)
            write(target.path(key), text)

    def seed(self) -> int:
        """Return the store's secret seed, drawn when it is first asked for.

        It must not change, or no result could be used again; and nobody may know it, because
        hidden questions draw their inputs from it.
        """
        path = self.folder / "seed"
        if not path.exists():
            drawn = self.folder / f".seed.{secrets.token_hex(8)}.part"
            write(drawn, f"{secrets.randbits(SEED_BITS)}\n", mode=0o600)
            with contextlib.suppress(FileExistsError):
                os.link(drawn, path)  # of several that begin at once, the first one's counts
            drawn.unlink()
        text = path.read_text(encoding="ascii", errors="replace").strip()
        if not (text.isascii() and text.isdecimal()):
            raise GraderError(
                f"{path} holds no number\n  next: remove it; everything is then graded anew"
            )
        return int(text)

    @contextlib.contextmanager
    def run(self, name: str) -> Iterator[str]:
        """Hold the store for one run, under a word that tells its results from an earlier run's.

        A run that was killed is gone on with under its own word.  ``name`` tells runs apart that
        may go on at once, the shards of a batch.  Raises :class:`~grader.errors.GraderError`
        where such a run is under way already.
        """
        with self._held(name) as held:
            if not taken(held):
                raise GraderError(
                    f"{self.folder.parent}: another 'grader grade' is writing there\n"
                    "  next: wait for its end, or name another folder with --out"
                )
            held.seek(0)
            word = held.read().strip()
            if not word:
                word = secrets.token_hex(8)
                held.write(word)
                held.flush()
            yield word
            held.truncate(0)

    def _held(self, name: str) -> TextIO:
        path = self.folder / f"{name}.run"
        try:
            return path.open("a+", encoding="ascii")
        except OSError as error:
            raise GraderError(
                f"{path} cannot be written ({error.strerror})\n"
                "  next: name another folder with --out"
            ) from error

    def _text(self, key: str) -> str | None:
        try:
            return self.path(key).read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DamagedError(f"{self.path(key)} cannot be read ({error.strerror})") from error


def _head(key: str, text: str) -> tuple[Head, str, str]:
    """Split a stored text into what it tells of itself, the light result and the whole one.

    Raises :class:`DamagedError` where their hash is not the one that is told.
    """
    start, _, rest = text.partition(_LIGHT)
    light, _, rest = rest.partition(_BODY)
    body = rest.removesuffix("}\n")
    try:
        told = json.loads(f"{start}}}")
        whole = _hash(light, body) == told["sha256"]
        if whole and (told["schema"], told["key"]) == (SCHEMA, key):
            head = Head(key, told["run"], bool(told["settled"]), bool(told["finished"]))
            return head, light, body
    except (ValueError, KeyError, TypeError):
        pass
    raise DamagedError(f"the result {key[:12]} is not whole")


def _hash(light: str, body: str) -> str:
    return hashlib.sha256(f"{light}\n{body}".encode("ascii", "replace")).hexdigest()


def _met(result: Result, verdicts: frozenset[Verdict]) -> bool:
    """Tell whether a result met something that may not come again."""
    if any(outcome.verdict in verdicts for outcome in result.outcomes):
        return True
    said = (result.problem, *(one.message for one in result.outcomes))
    ends = [text for text in said if text and wording.is_cut_off(text)]
    return bool(ends) if verdicts & HASTY else any("Stopped" not in text for text in ends)
