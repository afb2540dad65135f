"""A student without a wall: any module of this process, for authors at a prompt."""

from __future__ import annotations

import itertools
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.model import Source
from grader.sandbox import wire
from grader.sandbox.child import Responder


class LocalChannel:
    """The channel to a module in this process: the same requests and replies, no wall."""

    generation = 1
    draws = 0

    def __init__(self, module: types.ModuleType) -> None:
        """Answer for an imported module."""
        self._responder = Responder(module)
        self._nonces = itertools.count(1)
        file = Path(getattr(module, "__file__", None) or f"{module.__name__}.py")
        text = file.read_text(encoding="utf-8") if file.suffix == ".py" and file.is_file() else ""
        self.source = Source(file.name, text)

    def ask(self, request: Mapping[str, Any], replies: int = 1) -> Iterator[dict[str, Any]]:  # noqa: ARG002
        """Answer at once, through the same encoding as behind the wall."""
        encoder = wire.Encoder(whole=True)
        pieces = wire.pack({**request, "nonce": next(self._nonces)}, encoder)
        sent = b"".join(bytes(piece) for piece in pieces)
        message = wire.unpack(*_split(sent), references=True)
        for pieces in self._responder.answers(message):
            yield wire.unpack(*_split(b"".join(bytes(piece) for piece in pieces)))


def _split(frame: bytes) -> tuple[bytes, bytearray]:
    start = wire.PREFIX.size
    header, _ = wire.lengths(frame[:start])
    return frame[start : start + header], bytearray(frame[start + header :])
