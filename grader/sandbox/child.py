"""What runs beside the student's code: load the module once, answer calls with values.

Nothing here is trusted by the judge.  It is written to be helpful to an honest student and
says nothing that an attacker could not say as well.
"""

from __future__ import annotations
import __future__

import contextlib
import functools
import linecache
import operator
import os
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from grader.sandbox import frontend, wire
from grader.sandbox.portray import is_model, portray

INLINE = 1 << 18  # bytes: larger answers wait in the child until they are fetched
MAX_TRACE = 8
MAX_MESSAGE = 2000
MAX_WARNINGS = 20
SPOILT = 99  # exit code where this module itself could not go on
MAX_FILES = 1000
MAX_RAISED = 20  # cells of a notebook
FUTURE = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


class MissingNameError(Exception):
    """A name that the student's module does not define yet."""


class Responder:
    """Answers the judge's requests from one module of a student."""

    def __init__(self, module: types.ModuleType | None = None) -> None:
        """Take an existing module, or none: then ``load`` makes it."""
        self.module = module
        self.file = getattr(module, "__file__", None) or ""
        self.kept: dict[int, object] = {}

    def answers(self, request: Mapping[str, Any]) -> Iterator[list[Any]]:
        """Yield the packed replies to one request: one, or one for each of several calls."""
        for call in request.get("calls", [None]):
            yield self.answer({**request, "call": call})

    def answer(self, request: Mapping[str, Any]) -> list[Any]:
        """Return the packed reply to one request; whatever the student's code does is in it."""
        handlers: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "load": self._load,
            "get": self._get,
            "call": self._call,
            "draw": self._draw,
            "files": self._files,
        }
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                reply = handlers[request["op"]](request)
            except MissingNameError as error:
                reply = {"missing": str(error)}
            except BaseException as error:  # noqa: BLE001  a student may raise anything
                reply = {"raised": self._describe(error)}
        reply["nonce"] = request["nonce"]
        reply["warnings"] = [
            [item.category.__name__, said(item.message)] for item in caught[:MAX_WARNINGS]
        ]
        try:
            return wire.pack(reply)
        except wire.WireError as error:
            return wire.pack(reply | {"value": _unsent("value", error)})

    def resolve(self, reference: wire.Reference) -> object:
        """Return what an earlier answer left here, or something inside it."""
        thing: Any = self.module if reference.number == 0 else self.kept[reference.number]
        for kind, key in reference.path:
            if kind == "item":
                thing = thing[key]
            elif thing is self.module and not hasattr(thing, key):
                raise MissingNameError(key)
            else:
                thing = getattr(thing, key)
        return thing

    def _load(self, request: Mapping[str, Any]) -> dict[str, Any]:
        name, self.file = request["module"], request["file"]
        source = request["source"].decode("utf-8", "surrogatepass")
        seed_everything(request["seed"])
        module = types.ModuleType(name)
        module.__file__ = self.file
        # Dataclasses under postponed annotations look their module up while it is still running.
        sys.modules[name] = self.module = module
        lines = source.splitlines(keepends=True)
        linecache.cache[self.file] = (len(source), None, lines, self.file)
        if request["cells"]:
            return {"value": self._run_cells(module, source.split("\n"), request["cells"])}
        exec(compile(source, self.file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        return {"value": None}

    def _run_cells(
        self, module: types.ModuleType, lines: list[str], starts: list[int]
    ) -> list[dict[str, Any]]:
        """Run each cell of a notebook, whatever became of the others; describe what they raised.

        ``starts`` are the lines at which cells begin.  As in a notebook, what a cell imports from
        ``__future__`` holds for those after it.
        """
        module.__dict__.update(frontend.names())
        raised: list[dict[str, Any]] = []
        flags = 0
        for start, end in pairwise([*starts, len(lines) + 1]):
            text = "\n" * (start - 1) + "\n".join(lines[start - 1 : end - 1])
            try:
                code = compile(text, self.file, "exec", flags, dont_inherit=True)
                flags |= code.co_flags & FUTURE
                exec(code, module.__dict__)  # noqa: S102
            except BaseException as error:  # noqa: BLE001  a student may raise anything
                raised.append(self._describe(error))
        return raised[:MAX_RAISED]

    def _get(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return self._reply(self.resolve(request["of"]))

    def _call(self, request: Mapping[str, Any]) -> dict[str, Any]:
        function: Any = self.resolve(request["of"])
        given, options = request["call"]
        args = [self._actual(item) for item in given]
        kwargs = {key: self._actual(item) for key, item in options.items()}
        answer = function(*args, **kwargs)
        return self._reply(answer, limit=0 if is_model(answer) else INLINE)

    def _actual(self, item: object) -> object:
        return self.resolve(item) if isinstance(item, wire.Reference) else item

    def _draw(self, request: Mapping[str, Any]) -> dict[str, Any]:
        from grader.sandbox.pens import draw

        function: Any = self.resolve(request["of"])
        return {"value": draw(function, request["panels"])}

    def _files(self, request: Mapping[str, Any]) -> dict[str, Any]:
        folder = Path(request["under"])
        found = [file for file in sorted(folder.rglob("*")) if file.is_file()][:MAX_FILES]
        listed = [[file.relative_to(folder).as_posix(), file.stat().st_size] for file in found]
        return {"value": listed}

    def _reply(self, answer: object, *, limit: int | None = None) -> dict[str, Any]:
        """Keep an answer, and send it along where it is not larger than ``limit`` bytes."""
        number = len(self.kept) + 1
        self.kept[number] = answer
        name = type(answer).__name__
        if limit == 0:
            return {"number": number, "later": name}
        encoder = wire.Encoder(portray)
        try:
            tree = encoder.encode(answer)
        except wire.WireError as error:
            return {"number": number, "value": _unsent(name, error)}
        if limit is not None and sum(buffer.nbytes for buffer in encoder.buffers) > limit:
            return {"number": number, "later": name}
        return {"number": number, "value": wire.Encoded(tree, encoder.buffers)}

    def _describe(self, error: BaseException) -> dict[str, Any]:
        kinds = [kind.__name__ for kind in type(error).__mro__[:MAX_TRACE]]
        frames = [
            [line, frame.f_code.co_name]
            for frame, line in traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename == self.file
        ]
        if isinstance(error, SyntaxError) and error.filename == self.file:
            frames.append([error.lineno or 0, ""])
        return {
            "type": kinds[0],
            "kinds": kinds,
            "message": said(error),
            "frames": frames[-MAX_TRACE:],
        }


def said(thing: object) -> str:
    """Return what something says of itself, shortened; nothing where it cannot."""
    with contextlib.suppress(BaseException):
        return str.__str__(str(thing))[:MAX_MESSAGE]
    return ""


def _unsent(name: str, error: wire.WireError) -> wire.Opaque:
    return wire.Opaque(f"{name} that cannot be sent ({error})")


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
        for pieces in responder.answers(request):
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


def leave(code: int) -> NoReturn:
    """End the process without running anything that the student left behind."""
    with contextlib.suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
