"""Feed the judge's side of the channel with frames that grow towards code not yet reached.

    pip install atheris
    python tests/fuzz/channel.py [-max_total_time=600] [CORPUS]

Atheris (libFuzzer) keeps each input that runs a new line of the decoder, of the readers of
expressions and models, and of the words that compare and show what came.  Half of the changes are
to bytes, half to the tree that a header holds.  Nothing but a `WireError` may come out of reading,
and nothing at all out of comparing and showing.  Now and then it prints how many frames were
refused and how many read.  Options are libFuzzer's; docs/security.md has figures of a longer run.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import atheris
import numpy as np

with atheris.instrument_imports(include=["grader"]):
    from grader import expect, keras_model, show
    from grader.expression import read as read_expression
    from grader.sandbox import decoder, fault, wire

SLOWEST = 10  # seconds that one input may take, under instrumentation
LARGEST = 4096  # bytes of memory in MiB that all may take
TELLS = 100_000  # frames between two lines of figures
LENGTH = 2  # bytes at the start of an input that give the length of its header
met: Counter[str] = Counter()


def one(data: bytes) -> None:
    """Read one frame and use what it holds as checks do."""
    met["frames"] += 1
    if met["frames"] % TELLS == 0:
        print(dict(met), flush=True)  # noqa: T201
    header, body = split(data)
    with contextlib.suppress(wire.WireError):
        wire.lengths(data[: wire.PREFIX.size].ljust(wire.PREFIX.size, b"\0"))
    try:
        message = wire.unpack(header, bytearray(body))
    except wire.WireError:
        met["refused"] += 1
        return
    met["read"] += 1
    fault.fault_in(message)
    used(message.get("value"))


def used(value: Any) -> None:
    """Compare and show a value; formulas and models are read first."""
    if isinstance(value, wire.Tagged):
        met[value.kind] += 1
        try:
            value = read_expression(value.data) if value.kind == "sympy" else model(value.data)
        except wire.WireError:
            met["refused as formula or model"] += 1
            return
    show.show(value)
    show.show_pair([1.0, 2.0], value)
    expect.same(value, [1, "a", {"b": (1.5,)}])
    expect.as_numbers(value)
    if hasattr(value, "evaluate"):
        value.evaluate(0.5)
        str(value)


def model(data: Any) -> Any:
    """Read a model, which has its forward pass rehearsed where it is fit to."""
    found = keras_model.read(data)
    met["models that can run"] += found.refusal is None
    return found


def split(data: bytes) -> tuple[bytes, bytes]:
    """Return the header and the body of an input."""
    end = LENGTH + int.from_bytes(data[:LENGTH], "little")
    return data[LENGTH:end], data[end:]


def joined(header: bytes, body: bytes) -> bytes:
    """Return the input of a header and a body."""
    return len(header).to_bytes(LENGTH, "little") + header + body


def changed(data: bytes, most: int, seed: int) -> bytes:
    """Change some bytes, or some nodes of the tree that the header holds."""
    draw = random.Random(seed)
    header, body = split(data)
    try:
        tree = json.loads(header)
    except ValueError:
        tree = None
    if tree is None or draw.random() < 1 / 2:
        return bytes(atheris.Mutate(data, most))
    for _ in range(draw.randint(1, 3)):
        tree = grafted(tree, draw)
    text = json.dumps(tree).encode()
    return joined(text, body)[:most] if len(text) < 1 << 8 * LENGTH else data


def grafted(tree: Any, draw: random.Random) -> Any:  # noqa: PLR0911  a line for each kind
    """Return a tree with one node replaced, doubled, wrapped or removed."""
    if isinstance(tree, dict) and tree and draw.random() < 3 / 4:
        key = draw.choice(list(tree))
        value = tree[key]
        if draw.random() < 1 / 8:
            return {**tree, draw.choice(WORDS): value}
        return {**tree, key: grafted(value, draw)}
    if isinstance(tree, list) and tree and draw.random() < 3 / 4:
        place = draw.randrange(len(tree))
        if draw.random() < 1 / 8:
            return tree[:place] + tree[place + 1 :]
        if draw.random() < 1 / 8:
            return [*tree, tree[place]]
        return [*tree[:place], grafted(tree[place], draw), *tree[place + 1 :]]
    kind = draw.randrange(6)
    if kind == 0:
        return {draw.choice(WORDS): tree}
    if kind == 1:
        return [draw.choice(WORDS), tree, tree]
    if kind == 2:
        return draw.choice(WORDS)
    if kind == 3:
        return draw.choice([0, 1, -1, 2**53 - 1, 2**53, 1e308, 0.5, None, True, "", "-9" * 40])
    return draw.choice(TREES)


def seeds() -> Iterator[bytes]:
    """Yield frames as honest children send them, as two bytes of length, header and body."""
    weights = {"kernel": np.ones((2, 2), np.float32), "bias": np.zeros(2, np.float32)}
    dense = {"class": "Dense", "name": "d", "settings": {"activation": "relu"},
             "weights": weights, "odd": None}  # fmt: skip
    convolution = {"class": "Conv2D", "name": "c", "odd": None,
                   "settings": {"filters": 2, "kernel_size": [1, 1], "strides": [1, 1],
                                "padding": "same", "data_format": "channels_last", "groups": 1,
                                "dilation_rate": [1, 1], "activation": "relu"},
                   "weights": {"kernel": np.ones((1, 1, 2, 2), np.float32)}}  # fmt: skip
    dropout = {"class": "Dropout", "name": "o", "settings": {}, "weights": {}, "odd": None}
    trained = {"loss": "mse", "loss_class": None, "from_logits": False, "optimizer": "Adam",
               "learning_rate": 0.001, "schedule": None, "metrics": ["accuracy"]}  # fmt: skip
    network = {"layers": [dense, dropout], "unordered": None, "built": True,
               "input_shape": [None, 2], "output_shape": [None, 2],
               "compiled": trained}  # fmt: skip
    images = {**network, "layers": [convolution], "input_shape": [None, 4, 4, 2]}
    values: list[Any] = [
        1.5, 10**30, float("nan"), 1j, "text", [1, 2.5, None, True], list(range(100)), (1, (2,)),
        {"a": 1, 2: "b"}, {1, 2}, b"bytes", np.arange(6.0).reshape(2, 3), np.float32(1),
        np.zeros((0, 2), bool), wire.Opaque("generator"),
        wire.Tagged("sympy", ["Add", ["Integer", "1"], ["Pow", ["Symbol", "x"], ["Float", "2.5"]]]),
        wire.Tagged("sympy", ["Piecewise", ["ExprCondPair", ["Exp1"], ["BooleanTrue"]]]),
        wire.Tagged("model", network), wire.Tagged("model", images),
    ]  # fmt: skip
    replies: list[dict[str, Any]] = [{"value": value, "number": 1} for value in values]
    fault_sent = {"type": "E", "kinds": ["E"], "message": "m", "frames": [[1, "f"]]}
    replies += [{"raised": fault_sent}, {"missing": "name"}, {"later": "list", "number": 2}]
    for reply in replies:
        pieces = wire.pack({**reply, "nonce": 5, "warnings": [["UserWarning", "w"]]})
        frame = b"".join(bytes(piece) for piece in pieces)
        header, _ = wire.lengths(frame[: wire.PREFIX.size])
        rest = frame[wire.PREFIX.size :]
        yield joined(rest[:header], rest[header:])


def words() -> Iterator[str]:
    """Yield what mutations should put together: the words of the format."""
    yield from decoder.READERS
    yield from ("value", "buffers", "raised", "missing", "later", "number", "nonce", "message")
    yield from wire.DTYPES
    yield from ("Symbol", "Integer", "Rational", "Float", "Add", "Mul", "Pow", "Foreign", "exp")
    yield from ("class", "layers", "weights", "settings", "Dense", "Conv2D", "kernel_size")
    yield from ("input_shape", "compiled")


SEEDS = tuple(seeds())
WORDS = tuple(words())
TREES = tuple(json.loads(split(seed)[0])["value"] for seed in SEEDS)


def main() -> None:
    """Write the first inputs and the words, and let libFuzzer go."""
    corpus = Path(mkdtemp(prefix="frames-"))
    for number, frame in enumerate(SEEDS):
        (corpus / f"seed{number}").write_bytes(frame)
    dictionary = corpus.with_suffix(".dict")
    texts = (word.replace("\\", "\\\\").replace('"', '\\"') for word in WORDS)
    dictionary.write_text("".join(f'"{text}"\n' for text in texts), encoding="utf-8")
    limits = [f"-dict={dictionary}", f"-timeout={SLOWEST}", f"-rss_limit_mb={LARGEST}"]
    arguments = [sys.argv[0], *limits, "-max_len=65536", *sys.argv[1:], str(corpus)]
    atheris.Setup(arguments, one, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
