"""Bytes that are no frame do no harm: there is a message or a WireError, and nothing else."""

from __future__ import annotations

import contextlib
import json
import struct

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.sandbox import wire
from grader.sandbox.decoder import READERS
from grader.sandbox.values import MAX_LIST, MAX_NAME
from grader.sandbox.wire import WireError

calmly = settings(deadline=None)  # a loaded machine is no fault of the wire
values = st.recursive(
    st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=9)
    | st.none()
    | st.builds(np.zeros, st.integers(0, 5), st.sampled_from("?bBhdfF")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(), inner, max_size=4),
    max_leaves=12,
)


def forged(tree, buffers=(), body=b""):
    """Open a frame whose header says anything."""
    header = json.dumps({"value": {"v": tree}, "buffers": list(buffers)}).encode()
    return wire.unpack(header, bytearray(body))["v"]


F8 = [["<f8", [1]]]


@pytest.mark.parametrize(
    ("tree", "buffers", "body"),
    [
        ({"$array": 0}, [["|b1", [2]]], b"\x01\x02"),
        ({"$array": 0}, [["|O8", [1]]], bytes(8)),
        ({"$array": 0}, [["<U1", [1]]], bytes(4)),
        ({"$array": 0}, [["<f8", [2]]], bytes(8)),
        ({"$array": 0}, [["<f8", [-1]]], bytes(8)),
        ({"$array": 0}, [["<f8", [True]]], bytes(8)),
        ({"$array": 0}, [["<f8", [1] * 9]], bytes(8)),
        ({"$array": 0}, [["<f8", [0, 2**29, 2**29, 2**29]]], b""),
        ({"$array": 0}, F8, bytes(9)),
        ({"$array": 1}, F8, bytes(8)),
        ({"$array": True}, F8, bytes(8)),
        ([{"$array": 0}, {"$array": 0}], F8, bytes(8)),
        ([{"$array": 0}, {"$array": 0}], F8 * 2, bytes(16)),
        ([{"$array": 1}, {"$array": 0}], F8 * 2, bytes(16)),
        (None, F8, bytes(8)),
        ({"$list": 0}, [["|i1", [MAX_LIST + 1]]], bytes(MAX_LIST + 1)),
        ({"$int": "12a"}, [], b""),
        ({"$int": "9" * 5000}, [], b""),
        ({"$float": "1e5"}, [], b""),
        ({"$complex": [1, "2"]}, [], b""),
        ({"$dict": [[1, 2, 3]]}, [], b""),
        ({"$dict": [[[], 1]]}, [], b""),
        ({"$set": [{}]}, [], b""),
        ({"$ref": [1]}, [], b""),
        ({"$opaque": 5}, [], b""),
        ({"$eval": "1"}, [], b""),
        ({"$int": "1", "b": 2}, [], b""),
        (2**53, [], b""),
        ("x" * 70_000, [], b""),
    ],
)
def test_malformed_values_are_refused(tree, buffers, body):
    """Every form that an honest sender does not use is a WireError."""
    with pytest.raises(WireError):
        forged(tree, buffers, body)


def test_a_type_name_of_any_length_is_cut():
    """What a submission calls its types must not fill a report."""
    assert len(forged({"$opaque": "x" * 60_000}).type) == MAX_NAME


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999", "[" * 100_000])
def test_constants_and_nesting_that_json_lets_through_are_refused(text):
    """Not-a-number and infinities have a form of their own, and depth has a limit."""
    with pytest.raises(WireError):
        wire.unpack(b'{"value": {"v": %s}, "buffers": []}' % text.encode(), bytearray())


@calmly
@given(st.binary(min_size=wire.PREFIX.size, max_size=64))
@example(struct.pack("<4sIQ", wire.MAGIC, 1 << 30, 0))
@example(struct.pack("<4sIQ", wire.MAGIC, 0, 1 << 62))
def test_random_bytes_are_no_frame(data):
    """Whatever bytes come, there is a message or a WireError and nothing else."""
    refused_or_read(data)


jsons = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["<f8", "|b1", "value", "buffers"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*READERS, "value", "buffers", "$x"]), inner, max_size=2)
    ),
    max_leaves=20,
)


@calmly
@given(jsons, jsons, st.binary(max_size=16))
def test_random_headers_do_no_harm(value, buffers, body):
    """A well-formed JSON header may say anything: the outcome is a message or a WireError."""
    header = json.dumps({"value": value, "buffers": buffers}).encode()
    refused_or_read(wire.PREFIX.pack(wire.MAGIC, len(header), len(body)) + header + body)


@calmly
@given(values, st.data())
def test_damaged_frames_do_no_harm(value, data):
    """A frame with a few changed, lost or added bytes is read or refused, nothing else."""
    damaged = bytearray(b"".join(map(bytes, wire.pack({"value": value}))))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    refused_or_read(bytes(damaged))


def refused_or_read(data):
    """Read bytes as the judge does; only WireError may stop it."""
    with contextlib.suppress(WireError):
        header, body = wire.lengths(data[: wire.PREFIX.size].ljust(wire.PREFIX.size))
        rest = data[wire.PREFIX.size :]
        if len(rest) == header + body:
            assert isinstance(wire.unpack(rest[:header], bytearray(rest[header:])), dict)
