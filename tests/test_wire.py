"""Values cross the wall unchanged, or as the name of what cannot."""

from __future__ import annotations

import math
import sys
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.expect import same
from grader.sandbox import wire
from grader.sandbox.portray import portray
from grader.sandbox.values import DTYPES, MAX_DEPTH, MAX_LIST
from grader.sandbox.wire import Encoder, Opaque, Reference, Tagged, WireError

calmly = settings(deadline=None)  # a loaded machine is no fault of the wire
numbers = st.integers(-(10**60), 10**60) | st.floats() | st.complex_numbers(allow_nan=False)
keys = st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.just("$int")
atoms = numbers | st.none() | st.booleans() | st.text(max_size=9) | st.binary(max_size=9)
arrays = hnp.arrays(
    st.sampled_from(sorted(DTYPES)), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0)
)
values = st.recursive(
    atoms | arrays,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=4)
        | st.frozensets(st.integers() | st.text(max_size=3) | st.none(), max_size=4)
    ),
    max_leaves=12,
)


def frame(message, encoder=None):
    """Return the bytes of one frame."""
    return b"".join(bytes(piece) for piece in wire.pack(message, encoder))


def opened(data, *, references=False):
    """Return the message of a frame's bytes."""
    header, body = wire.lengths(data[: wire.PREFIX.size])
    rest = data[wire.PREFIX.size :]
    assert len(rest) == header + body
    return wire.unpack(rest[:header], bytearray(rest[header:]), references=references)


def crossed(value):
    """Send a value as a student's process does and return what the judge gets."""
    return opened(frame({"value": value}, Encoder(portray)))["value"]


@calmly
@given(values)
@example({True: 1, "a": [(-0.0, np.float32(0.1))]})
def test_every_plain_value_comes_back_equal_and_of_its_kind(value):
    """What goes through the wire comes out equal, with the same types all the way down."""
    back = crossed(value)
    assert kinds(back) == kinds(value)
    assert same(back, value)


def kinds(value):
    """Return the types of a value and of its parts, as the judge may tell them apart."""
    if isinstance(value, (np.ndarray, np.generic)):
        scalar = {"<f8": float, "<i8": int, "|b1": bool}
        plain = value.ndim == 0 and value.dtype.newbyteorder("<").str in scalar
        return None if plain else (value.dtype.newbyteorder("<"), value.shape)
    if isinstance(value, (list, tuple)):
        return type(value), [kinds(item) for item in value]
    if isinstance(value, dict):
        return dict, [kinds(item) for item in value.values()]
    return None if isinstance(value, (bool, int, float)) else type(value)


@pytest.mark.parametrize(
    "value",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(10)[::-3],
        np.arange(5, dtype=">i4"),
        np.array([1.5], dtype=">f2"),
        np.float16(0.1),
        np.float32(0.1),
        np.complex64(1 + 2j),
        np.array(7),
        np.zeros((0, 3)),
        np.zeros((2, 0, 5), dtype=np.uint8),
        np.array([True, False]),
        np.ma.masked_array([1.0, 2.0], [False, True]),
        np.arange(4.0).view(np.recarray),
    ],
    ids=repr,
)
def test_arrays_of_any_layout_cross_with_type_and_shape(value):
    """Big-endian, transposed, strided, empty and 0-d arrays keep their numbers and shape."""
    back = crossed(value)
    assert np.shape(back) == value.shape
    assert back.dtype == value.dtype.newbyteorder("<")
    assert np.array_equal(back, np.asarray(value))


def test_numbers_at_the_edges_cross_exactly():
    """Integers beyond 2⁵³, the sign of zero, nan and the infinities survive."""
    for whole in (2**53, -(2**53) - 1, 10**1000, -(2**63)):
        assert crossed(whole) == whole
    assert math.copysign(1, crossed(-0.0)) == -1
    assert math.isnan(crossed(math.nan))
    assert crossed([math.inf, -math.inf]) == [math.inf, -math.inf]
    assert crossed(5e-324) == 5e-324


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        (float, float),
        (int, int),
        (bool, bool),
        (np.int64, int),
        (np.float64, float),
        (np.float32, np.float32),
        (np.float16, np.float16),
        (str, str),
    ],
)
def test_long_lists_stay_lists_of_their_kind(kind, arrives):
    """A thousand numbers come back as a list; float32 stays float32, the rest Python's own."""
    sent = [kind(n % 2) for n in range(1000)]
    back = crossed(sent)
    assert back == sent
    assert {type(item) for item in back} == {arrives}


def test_mixed_and_enormous_long_lists_cross_item_by_item():
    """A long list of unlike items, or of integers beyond 64 bits, is no array."""
    for sent in ([True, 1.5, "a", None] * 20, [10**30] * 100, [1] * 70 + [2**64]):
        back = crossed(sent)
        assert back == sent
        assert [type(item) for item in back] == [type(item) for item in sent]


def test_lone_surrogates_are_written_out():
    """A text that no encoding can carry arrives readable, as value and as key."""
    assert crossed("a\udc80") == "a\\udc80"
    assert crossed({"\udc80": 1}) == {"\\udc80": 1}


class L(float):
    """A number that claims to equal everything."""

    __eq__ = __gt__ = __lt__ = lambda self, other: True
    __hash__ = float.__hash__
    __float__ = lambda self: 1.0
    __repr__ = __str__ = lambda self: "1.0"


class I(int):  # noqa: E742
    """The same for an integer."""

    __eq__ = __gt__ = __lt__ = lambda self, other: True
    __hash__ = int.__hash__
    __int__ = __index__ = lambda self: 1


class S(str):
    """The same for a text."""

    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
    __str__ = lambda self: "liar"
    __slots__ = ()


class A(np.ndarray):
    """An array with an opinion."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError

    __eq__ = lambda self, other: True
    __hash__ = None


def test_lying_subclasses_arrive_as_their_base():
    """What crosses is the number, text or array itself: nothing a subclass says about itself."""
    assert crossed(L(7)) == 7.0
    assert type(crossed(L(7))) is float
    assert crossed(I(7)) == 7
    assert crossed(I(2**70)) == 2**70
    assert crossed(S("a")) == "a"
    assert type(crossed(np.zeros(2).view(A))) is np.ndarray
    assert crossed(type("D", (dict,), {})(a=1)) == {"a": 1}
    assert crossed(NamedTuple("P", [("x", Any)])(1)) == (1,)
    assert crossed([L(3)] * 100) == [3.0] * 100


class Raising:
    """Refuses everything."""

    def __array__(self, *args, **kwargs):
        raise ValueError

    def __repr__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((n for n in range(3)), "generator"),
        (np.array([1, "a", None], dtype=object), "array of object"),
        (np.array(["a", "b"]), "array of <U1"),
        (np.zeros(2, dtype=[("a", "f8")]), "array of [('a', '<f8')]"),
        (np.zeros((1,) * 9), "array with 9 dimensions"),
        (Raising(), "Raising"),
        (object, "type"),
        (len, "builtin_function_or_method"),
        ("x" * 70_000, "str of 70000 characters"),
        (sys, "module"),
    ],
)
def test_what_cannot_cross_arrives_as_the_name_of_its_type(value, name):
    """Generators, object arrays, functions and the like are named, never run or opened."""
    assert crossed(value) == Opaque(name)
    assert crossed([1, value]) == [1, Opaque(name)]


@pytest.mark.parametrize(
    "nest", [lambda v: [v], lambda v: (v,), lambda v: {1: v}, lambda v: {"a": v}]
)
def test_nesting_crosses_up_to_the_limit_and_is_refused_beyond(nest):
    """What may be sent may be read: the sender's limit of depth is the stricter one."""
    value = 1j
    for _ in range(MAX_DEPTH - 1):
        value = nest(value)
    assert crossed(value) == value
    with pytest.raises(WireError, match="nested"):
        crossed(nest(value))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([np.zeros(1)] * 5000, "arrays"),
        ([1] * (MAX_LIST + 1), "items"),
        (10**5000, "digits"),
        ([["a" * 1000]] * 2000, "structure"),
        ([np.zeros(1 << 26)] * 2, "numbers"),
    ],
    ids=["arrays", "items", "digits", "structure", "numbers"],
)
def test_senders_keep_the_caps(value, said):
    """A value beyond a cap is refused with a sentence before it is sent."""
    with pytest.raises(WireError, match=said):
        wire.pack({"value": value})


def test_requests_must_arrive_whole_and_may_be_written_to():
    """The judge cannot send a function by its name alone; its arrays belong to the student."""
    for unsendable in (len, np.array([None]), "x" * 70_000):
        with pytest.raises(WireError, match="cannot cross"):
            wire.pack({"value": unsendable}, Encoder(whole=True))
    sent = {"of": Reference(3, (("item", (1, 2)),)), "x": [np.zeros(3, dtype=bool), np.ones(2)]}
    back = opened(frame(sent, Encoder(whole=True)), references=True)
    assert back["of"] == Reference(3, (["item", (1, 2)],))
    assert all(array.flags.writeable and array.flags.aligned for array in back["x"])
    assert not crossed(np.ones(2)).flags.writeable


def test_tags_cross_only_where_they_may():
    """Expressions and models cross as plain data; a reference is refused in a reply."""
    assert crossed([Tagged("sympy", ["Symbol", "x"])]) == [Tagged("sympy", ["Symbol", "x"])]
    with pytest.raises(WireError, match="reference"):
        crossed(Reference(1))
