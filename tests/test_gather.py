"""Lists become arrays, unless the array would be many times larger than the list."""

from __future__ import annotations

import numpy as np
import pytest

from grader.expect import as_numbers, same
from grader.gather import MAX_NUMBERS, UnfitError, gather


@pytest.mark.parametrize("value", [[1, 2.5], [[1, 2], [3, 4]], (1, True), [], 7, [np.ones(2)] * 3])
def test_numbers_become_the_array_that_numpy_makes(value: object) -> None:
    """Lists and tuples of numbers, nested, empty or of arrays, and single numbers."""
    made, expected = gather(value), np.asarray(value)
    assert made.dtype == expected.dtype
    assert np.array_equal(made, expected)


def test_a_text_among_many_items_is_refused() -> None:
    """As an array, each of them would be as long as the longest."""
    with pytest.raises(UnfitError, match="numbers only"):
        gather([["x" * 65_536], *[""] * 40_000])
    assert as_numbers(["a", 1]) == (None, "It returned a list that does not hold numbers only.")


def test_more_numbers_than_any_answer_has_are_refused() -> None:
    """Arrays in a list widen to the largest type among them; alone, an array stays what it is."""
    part = np.zeros(MAX_NUMBERS // 2, dtype=np.int8)
    with pytest.raises(UnfitError, match="more than"):
        gather([part, part, 1j])
    assert gather(np.zeros(MAX_NUMBERS + 1, dtype=np.int8)).nbytes == MAX_NUMBERS + 1


def test_rows_of_unlike_lengths_are_refused() -> None:
    """NumPy has no array for them."""
    with pytest.raises(UnfitError, match="differ in length"):
        gather([[1], [1, 2]])


@pytest.mark.parametrize("expected", [1, [1, 2], [[0], [0]], {"a": 1}, None])
def test_a_large_array_differs_from_a_short_value(expected: object) -> None:
    """It is told by its length, row by row, and never becomes a list of millions of objects."""
    assert not same(np.zeros((2, 1 << 24), dtype=np.int8), expected)
    assert same(np.array([[1.0], [2.0]]), [[1.0], [2.0]])
