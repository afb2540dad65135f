"""What runs beside the student's code: load the module once, answer calls with values.

Nothing here is trusted by the judge.  It is written to be helpful to an honest student and
says nothing that an attacker could not say as well.
"""

from __future__ import annotations

import contextlib
import linecache
import os
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from grader.sandbox import wire
from grader.sandbox.portray import is_model, portray

INLINE = 1 << 18  # bytes: larger answers wait in the child until they are fetched
MAX_TRACE = 8
MAX_MESSAGE = 2000
MAX_WARNINGS = 20


class Missing(Exception):
    """A name that the student's module does not define yet."""


class Responder:
    """Answers the judge's requests from one module of a student."""

    def __init__(self, module: types.ModuleType | None = None) -> None:
        """Take an existing module, or none: then ``load`` makes it."""
        self.module = module
        self.file = getattr(module, "__file__", None) or ""
        self.kept: dict[int, object] = {}

    def answer(self, request: Mapping[str, Any]) -> list[Any]:
        """Return the packed reply to one request; whatever the student's code does is in it."""
        handlers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "load": self._load,
            "get": self._get,
            "call": self._call,
            "draw": self._draw,
        }
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                reply = handlers[request["op"]](request)
            except Missing as error:
                reply = {"missing": str(error)}
            except BaseException as error:  # noqa: BLE001  a student may raise anything
                reply = {"raised": self._describe(error)}
        heard = [[item.category.__name__, str(item.message)[:MAX_MESSAGE]] for item in caught]
        reply |= {"nonce": request["nonce"], "warnings": heard[:MAX_WARNINGS]}
        return wire.pack(reply)

    def resolve(self, reference: wire.Reference) -> object:
        """Return what an earlier answer left here, or something inside it."""
        thing: Any = self.module if reference.number == 0 else self.kept[reference.number]
        for kind, key in reference.path:
            if kind == "item":
                thing = thing[key]
            elif thing is self.module and not hasattr(thing, key):
                raise Missing(key)
            else:
                thing = getattr(thing, key)
        return thing

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        name, self.file = request["module"], request["file"]
        source = request["source"].decode()
        seed_everything(request["seed"])
        module = types.ModuleType(name)
        module.__file__ = self.file
        # Dataclasses under postponed annotations look their module up while it is still running.
        sys.modules[name] = self.module = module
        lines = source.splitlines(keepends=True)
        linecache.cache[self.file] = (len(source), None, lines, self.file)
        exec(compile(source, self.file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        return {"value": None}

    def _get(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return self._reply(self.resolve(request["of"]), limit=wire.MAX_BODY, inline=True)

    def _call(self, request: Mapping[str, Any]) -> dict[str, Any]:
        function: Any = self.resolve(request["of"])
        args = [self._actual(item) for item in request["args"]]
        kwargs = {key: self._actual(item) for key, item in request["kwargs"].items()}
        answer = function(*args, **kwargs)
        return self._reply(answer, limit=INLINE, inline=not is_model(answer))

    def _actual(self, item: object) -> object:
        return self.resolve(item) if isinstance(item, wire.Reference) else item

    def _draw(self, request: Mapping[str, Any]) -> dict[str, Any]:
        from grader.sandbox.pens import draw

        function: Any = self.resolve(request["of"])
        return {"value": draw(function, request["panels"])}

    def _reply(self, answer: object, *, limit: int, inline: bool) -> dict[str, Any]:
        number = len(self.kept) + 1
        self.kept[number] = answer
        if inline:
            encoder = wire.Encoder(portray)
            try:
                tree = encoder.encode(answer)
            except wire.WireError as error:
                return {"number": number, "value": wire.Opaque(f"{type(answer).__name__}: {error}")}
            if sum(buffer.nbytes for buffer in encoder.buffers) <= limit:
                return {"number": number, "value": wire.Encoded(tree, encoder.buffers)}
        return {"number": number, "later": type(answer).__name__[:200]}

    def _describe(self, error: BaseException) -> dict[str, Any]:
        with contextlib.suppress(BaseException):
            message = str(error)
            frames = [
                [frame.lineno or 0, frame.name]
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename == self.file
            ]
            if isinstance(error, SyntaxError) and error.filename == self.file:
                frames.append([error.lineno or 0, ""])
            return {
                "type": type(error).__name__[:200],
                "message": message[:MAX_MESSAGE],
                "frames": frames[-MAX_TRACE:],
            }
        return {"type": "an exception that cannot be shown", "message": "", "frames": []}


def seed_everything(seed: int) -> None:
    """Seed ``random`` and NumPy, and Keras as soon as the student's code wants it."""
    import random

    import numpy as np

    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002  students use the global generator
    keras: Any = sys.modules.get("keras")
    if keras is not None:
        # `keras.utils.set_random_seed` without TensorFlow's part would leave its ops unseeded.
        keras.utils.set_random_seed(seed % 2**31)


def serve(channel: Any) -> None:
    """Answer requests on a connected socket until the judge closes it."""
    responder = Responder()
    while True:
        request = read(channel)
        if request is None:
            return
        pieces = responder.answer(request)
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        for piece in pieces:
            channel.sendall(piece)


def read(channel: Any) -> dict[str, Any] | None:
    """Return the next request, or None where the judge has hung up."""
    prefix = _exactly(channel, wire.PREFIX.size)
    if prefix is None:
        return None
    header, body = wire.lengths(bytes(prefix))
    head, tail = _exactly(channel, header), _exactly(channel, body)
    if head is None or tail is None:
        return None
    return wire.unpack(bytes(head), tail, references=True)


def _exactly(channel: Any, count: int) -> bytearray | None:
    data = bytearray(count)
    view = memoryview(data)
    while view:
        received = channel.recv_into(view)
        if received == 0:
            return None
        view = view[received:]
    return data


def leave() -> None:
    """End the process without running anything that the student left behind."""
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)
