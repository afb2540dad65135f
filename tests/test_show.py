"""Values are shown as people read them, short, and different where they differ."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.expect import same
from grader.sandbox.remote import as_student
from grader.sandbox.wire import Opaque
from grader.show import MAX_TEXT, call_text, number, show, show_pair

calmly = settings(deadline=None)
atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**21, 10**40)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary(max_size=9)
    | st.builds(
        lambda n: np.arange(n * 1.0).reshape(-1, 3), st.integers(0, 40).map(lambda n: 3 * n)
    )
)
values = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=12)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=9) | st.integers(), inner, max_size=12)
        | st.frozensets(st.integers(), max_size=12)
    ),
    max_leaves=30,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333333"),
        (np.float32(0.1), "0.1"),
        (2.0, "2.0"),
        (1e-12, "1e-12"),
        (123456789.0, "1.23457e+08"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (-0.0, "-0.0"),
        (np.int64(7), "7"),
        (10**20, "100000000000000000000"),
        (10**400, "1.00000e+400"),
        (np.True_, "True"),
        (None, "None"),
        (1 - 2j, "(1.0 - 2.0j)"),
        ("a'b", '"a\'b"'),
        ((1,), "(1,)"),
        ((), "()"),
        (set(), "set()"),
        ({2, 1}, "{1, 2}"),
        ({"a": [1.0]}, "{'a': [1.0]}"),
        (list(range(10)), "[0, 1, 2, 3, 4, 5, 6, 7, … 2 more]"),
        (np.arange(3), "[0, 1, 2]"),
        (np.eye(2), "[[1.0, 0.0], [0.0, 1.0]]"),
        (np.array(2.5), "2.5"),
        (np.zeros((30, 30)), "array of shape (30, 30)"),
        (np.zeros((0, 3)), "array of shape (0, 3)"),
        (Opaque("generator"), "<generator>"),
    ],
)
def test_values_read_as_python_writes_them(value, text):
    """Numbers are rounded, long things cut short with their length, the rest is as typed."""
    assert show(value) == text


@calmly
@given(values)
def test_nothing_is_shown_at_length(value):
    """A line or two is all that any value takes."""
    assert len(show(value)) <= MAX_TEXT


def test_a_million_items_are_shown_by_their_beginning():
    """A long list takes no longer to show than a short one, and says how long it is."""
    assert show([0.5] * 1_000_000).endswith("… 999992 more]")
    assert show({n: n for n in range(100_000)}).endswith("… 99992 more}")


@calmly
@given(values, values)
@example(0.1, math.nextafter(0.1, 1))
@example([0.0] * 50 + [1.0], [0.0] * 51)
@example("a" * 1000 + "b", "a" * 1000 + "c")
@example(list(range(20)), list(range(21)))
@example({"a": {"b": [1] * 30}}, {"a": {"b": [1] * 29 + [2]}})
@example(10**30, 10**30 + 1)
@example(-(10**30), -(10**30) - 1)
@example([1], [True])
@example("1", 1)
@example(np.zeros((20, 20)), np.eye(20))
def test_a_pair_that_differs_looks_different(left, right):
    """Whenever two values are unequal, what is shown of them is unequal and still short."""
    shown = show_pair(left, right)
    assert all(len(text) < 2 * MAX_TEXT for text in shown)
    if not same(left, right):
        assert shown[0] != shown[1]


@calmly
@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_floats_are_told_apart_by_as_many_digits_as_it_takes(left, right):
    """Neighbouring doubles look different; equal ones alike."""
    shown = show_pair(left, right)
    assert (shown[0] == shown[1]) == (
        left == right and math.copysign(1, left) == math.copysign(1, right)
    )


def test_a_difference_deep_inside_is_shown_with_the_way_there():
    """What cannot be seen in the short form is pointed at."""
    left = {"W": [[0.0] * 10, [0.0] * 10]}
    right = {"W": [[0.0] * 10, [0.0] * 9 + [5.0]]}
    assert show_pair(left, right) == ("at ['W'][1][9]: 0.0", "at ['W'][1][9]: 5.0")
    assert show_pair([1] * 10, [1] * 11) == (
        "[1, 1, 1, 1, 1, 1, 1, 1, … 2 more]",
        "[1, 1, 1, 1, 1, 1, 1, 1, … 3 more]",
    )
    assert show_pair(1.0, 1.00001) == ("1.0", "1.00001")


def test_calls_read_as_the_student_would_type_them():
    """Short arguments are written out, long arrays are named by their shape."""
    student = as_student(math)
    text = call_text("f", [1, "a", np.array([1.5]), np.zeros((9, 9)), student.pi], {"k": None})
    assert text == "f(1, 'a', np.array([1.5]), array of shape (9, 9), pi, k=None)"


def test_numbers_take_the_digits_that_they_are_given():
    """An author may ask for more or fewer digits."""
    assert (number(math.pi, 3), number(math.pi, 9)) == ("3.14", "3.14159265")
    assert number("no number") == "'no number'"
