"""What an author expects of an answer: each word makes one finding that says what is wrong."""

from __future__ import annotations

import math
import types

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.expect import at_least, at_most, close, equal, one_of, raises, shape
from grader.sandbox.remote import StudentFault, as_student
from grader.sandbox.wire import Opaque

calmly = settings(deadline=None)
NOTHING = "It returned nothing: a `return` is missing."

atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=4)
    | st.binary(max_size=3)
    | st.just(Opaque("generator"))
    | st.builds(np.float32, st.floats(width=32))
    | st.just(np.zeros((2, 3)))
    | st.just(np.array([1, 2], dtype=np.uint8))
)
plain = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2) | st.integers() | st.booleans(), inner, max_size=3)
        | st.frozensets(st.integers() | st.booleans(), max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(1), 1),
        (1.0, 1),
        ((1, 2), [1, 2]),
        ([1, (2, 3)], (1, [2, 3])),
        (np.array([[1, 2]]), [[1, 2]]),
        ({"a": (1,)}, {"a": [1]}),
        (math.nan, math.nan),
        ([math.inf, -0.0], [math.inf, 0.0]),
        (10**400, 10**400),
        ("σ", "σ"),
        (1j, 1j),
        (None, None),
        (frozenset({1}), {1}),
    ],
)
def test_equal_takes_the_same_value_in_another_dress(value, expected):
    """NumPy's scalars, tuples and arrays equal the plain values that they hold."""
    assert equal(value, expected).ok


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, 1),
        (1, True),
        ([0, 1], [False, True]),
        ({True: 1}, {1: 1}),
        ({1}, {True}),
        (np.True_, 1),
        ("1", 1),
        (None, 0),
        ([], None),
        ([1], [1, 1]),
        ({"a": 1}, {"b": 1}),
        (10**400, 10**400 + 1),
        (math.nan, 1.0),
        (Opaque("map"), Opaque("map")),
        (b"a", "a"),
    ],
)
def test_equal_tells_unlike_values_apart(value, expected):
    """A truth value is no number, a text no number, and nothing is nothing."""
    finding = equal(value, expected)
    assert not finding.ok
    assert finding.expected != finding.got or isinstance(expected, Opaque)


@calmly
@given(plain, plain)
@example([[1, 2], [3]], np.zeros((2, 2)))
def test_every_word_has_an_answer_to_every_value(value, expected):
    """Whatever the student's code returns, a word makes a finding of it and never fails."""
    findings = [
        equal(value, expected),
        equal(value, expected, known={"It is the other one.": value}),
        close(value, 1.5, known={"It is nothing.": None, "It is this.": [[1], [1, 2]]}),
        close(value, [[1, 2, 3], [4, 5, 6]]),
        shape(value, (2, 3), known={"It is flat.": (6,)}),
        at_least(value, 0),
        at_most(value, 0),
        one_of(value, [expected, 1]),
    ]
    assert all(isinstance(finding.ok, bool) for finding in findings)
    assert all(len(finding.got) < 400 for finding in findings)


@calmly
@given(plain)
def test_equal_is_reflexive(value):
    """A value that could cross equals itself, and finds no mistake in itself."""
    assume("generator" not in repr(value))
    finding = equal(value, value, known={"It is what it is.": value})
    assert finding.ok
    assert finding.diagnosis is None


sizes = st.floats(1e-2, 1e200).flatmap(lambda size: st.sampled_from([size, -size]))


@calmly
@given(sizes, st.floats(-1e-12, 1e-12))
def test_close_forgives_the_noise_of_floating_point(truth, noise):
    """An answer that is off by parts in 10¹² is right, alone or in an array."""
    assert close(truth * (1 + noise), truth).ok
    assert close([1.0, truth * (1 + noise)], np.array([1.0, truth])).ok


@calmly
@given(sizes, st.floats(1e-6, 1e3))
def test_close_sees_an_error_of_a_millionth(truth, error):
    """An answer in double precision that is off by a millionth is wrong, and shown to be."""
    for wrong in (truth * (1 + error), truth * (1 - error)):
        finding = close(wrong, truth)
        assert not finding.ok
        assert finding.got != finding.expected


def test_close_asks_of_a_number_type_what_it_can_give():
    """Single and half precision are compared as single and half precision, on either side."""
    third = 1 / 3
    assert close(np.float32(third), third).ok
    assert close([np.float32(third)] * 3, [third] * 3).ok
    assert close(third, np.float32(third)).ok
    assert close(np.float16(third), third).ok
    assert not close(np.float32(third + 1e-5), third).ok
    assert close(np.array([3], dtype=np.uint8), np.array([5], dtype=np.uint8), within=2).ok
    assert close([True, False], [1, 0]).ok
    assert close([10**400, 0.5], [1e300, 0.5]).ok is False
    assert close(2**70, float(2**70)).ok


def test_a_wrong_shape_is_never_called_a_wrong_value():
    """The ladder stops at the shape, and names its relation to the right one."""
    finding = close(np.zeros((3, 2)), np.ones((2, 3)))
    assert (finding.expected, finding.got) == ("shape (2, 3)", "shape (3, 2)")
    assert finding.diagnosis == "Looks like the transpose."
    assert finding.evidence == ()
    assert "another shape" in str(close(np.ones((6,)), np.ones((2, 3))).diagnosis)
    assert "another shape" in str(close([5.0], 5.0).diagnosis)
    assert close(5.0, [5.0, 5.0]).got == "one number: 5.0"
    assert shape(np.zeros((2, 3)), (2, 3)).ok
    assert not shape(np.zeros((2, 3)), (3, 2)).ok


def test_wrong_values_are_listed_with_their_places():
    """The first differing values stand in a table, with enough digits to see the difference."""
    truth = np.arange(20.0).reshape(4, 5)
    wrong = truth.copy()
    wrong[1:3, 2] += 1e-5
    (table,) = close(wrong, truth).evidence
    assert table.title == "2 of 20 values differ"
    assert table.rows == (("[1, 2]", "7.0", "7.00001"), ("[2, 2]", "12.0", "12.00001"))


def test_a_known_mistake_is_named_where_it_matches_everywhere():
    """A sentence needs every value, nan included; one value that differs takes it away."""
    known = {"Square it.": [1.0, 2.0, 3.0], "Divide by n.": [0.5, 1.0, math.nan]}
    truth = [1.0, 4.0, 9.0]
    assert close([1.0, 2.0, 3.0], truth, known=known).diagnosis == "Square it."
    assert close([0.5, 1.0, math.nan], truth, known=known).diagnosis == "Divide by n."
    assert close([1.0, 2.0, 3.001], truth, known=known).diagnosis is None
    assert close(truth, truth, known={"Right is no mistake.": truth}).diagnosis is None
    assert close([[1.0]], 4.0, known={"A matrix.": [[1.0]]}).diagnosis == "A matrix."
    assert equal(3, 4, known={"No.": True, "Off by one.": 3}).diagnosis == "Off by one."
    assert one_of(3, [4, 5], known={"Off by one.": 3}).diagnosis == "Off by one."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, NOTHING),
        ([math.nan, 1.0], "It gives nan (not a number) where there is a finite answer."),
        ([math.inf, 1.0], "It overflows to inf where there is a finite answer."),
        (Opaque("generator"), "It returned a generator."),
        ("0.5", "It returned a str and no number."),
        (["a", "b"], "It returned a list that does not hold numbers only."),
        ([1, None], "It returned a list that does not hold numbers only."),
        ({"a": 1}, "It returned a dict that does not hold numbers only."),
        ([[1, 2], [3]], "It returned a list whose rows differ in length."),
        ([np.zeros((2, 2)), np.zeros((2, 3))], "It returned a list whose rows differ in length."),
    ],
)
def test_answers_that_are_no_numbers_are_named(value, said):
    """What came instead of finite numbers is said in the student's words."""
    assert close(value, [1.0, 2.0]).diagnosis == said


def test_bounds_take_real_numbers_only():
    """At least, at most: nan, truth values, texts and complex numbers satisfy no bound."""
    assert at_least(np.float32(0.5), 0.5).ok
    assert at_most(10**400, 1e300).ok is False
    assert at_least(10**400, 1e300).ok
    for value in (math.nan, True, "9", 1j, [5]):
        assert not at_least(value, 0).ok
        assert not at_most(value, 10).ok
    low = at_least(0.2, 0.9, diagnosis="Train longer.")
    assert (low.expected, low.got, low.diagnosis) == ("at least 0.9", "0.2", "Train longer.")
    assert at_least(0.95, 0.9, diagnosis="Train longer.").diagnosis is None
    assert at_least(None, 0.9, diagnosis="Train longer.").diagnosis == NOTHING


def test_an_author_who_expects_no_numbers_of_close_is_told():
    """The check is at fault where close() is given a text or a ragged list to expect."""
    for wrong in ("a", None, [[1], [1, 2]]):
        with pytest.raises(CourseError, match="close"):
            close(1, wrong)


def test_raises_expects_an_error_of_a_family():
    """A call that raises the named error, or one derived from it, is right; others are not."""
    module = types.ModuleType("m")
    exec(  # a student's module
        "class Own(ValueError): pass\n"
        "def f(x):\n    if x == 0: raise Own('no')\n    if x == 1: raise KeyError(1)\n"
        "    if x == 2: raise NotImplementedError\n    return x",
        module.__dict__,
    )
    student = as_student(module)
    assert raises(student.f(0), ValueError).ok
    assert raises(student.f(0), Exception).ok
    wrong = raises(student.f(1), ValueError)
    assert (wrong.ok, wrong.got, wrong.subject) == (False, "raises KeyError", "f")
    assert raises(student.f(3), ValueError).got == "3"
    with pytest.raises(StudentFault, match="Still to do"):
        raises(student.f(2), ValueError)
    with pytest.raises(StudentFault, match="not defined"):
        raises(student.g(2), ValueError)
