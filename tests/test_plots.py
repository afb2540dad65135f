"""Plots and bars: where lines, ticks and labels go, and that no number can break them."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markup import Page
from pictures import gradient_bars, loss_plot, odd_numbers, slope_plot

from grader.evidence import Bars, Evidence, Plot, plot, series
from grader.render import bars, plots, strokes
from grader.render.charts import figure
from grader.render.scales import Scale, round_numbers

ANY_FLOATS = st.lists(st.floats(), max_size=12)


def drawn(evidence: Evidence) -> Page:
    """Return the figure of some evidence."""
    return Page(str(figure(evidence, "figure-1")))


def unit(low: float, high: float) -> Scale:
    """Return an axis of a hundred pixels."""
    return Scale(low, high, 0.0, 100.0)


def test_expected_is_solid_and_yours_is_dashed() -> None:
    """The two lines differ by more than their colour, and are named where they end."""
    found = drawn(slope_plot())
    strokes = [path for path in found.all("path") if "stroke-linejoin" in path]
    assert ["stroke-dasharray" in path for path in strokes] == [False, True]
    assert [text["class"] for text in found.all("text", class_="name")] == [
        "expected name",
        "yours name",
    ]
    assert "Solid: expected. Dashed: yours." in found.text
    assert "steepest here" in found.text


def test_points_that_are_not_finite_leave_a_gap() -> None:
    """A line stops before nan and begins again after it; a lone point becomes a dot."""
    line = plot("t", series("a", range(8), [1, 2, math.nan, 3, math.inf, 4, 5, 6]))
    laid = plots.draw(line)
    assert laid is not None
    assert laid.lines[0].path.count("M") == 2
    assert len(laid.lines[0].dots) == 6


def test_a_log_axis_has_decades_and_leaves_out_what_it_cannot_hold() -> None:
    """Ticks are powers of ten; zero and negative values have no place."""
    line = plot("t", series("a", [0, 1, 2, 3], [1e-6, 0, -1, 100]), log_y=True)
    laid = plots.draw(line)
    assert laid is not None
    assert [tick.text for tick in laid.y_ticks] == ["10⁻⁶", "10⁻⁴", "0.01", "1", "100"]
    assert len(laid.lines[0].dots) == 2


def test_a_runaway_answer_does_not_flatten_the_expected_curve() -> None:
    """The frame reaches one height of the expected curve beyond it, and says that it cuts."""
    x = np.linspace(0, 1, 30)
    wild = plot("t", series("e", x, x, "expected"), series("y", x, np.exp(40 * x), "yours"))
    laid = plots.draw(wild)
    assert laid is not None
    assert laid.cut
    heights = [float(y) for y in re.findall(r"[\d.]+ ([\d.-]+)", laid.lines[0].path)]
    assert max(heights) - min(heights) > 60
    assert "Values outside the frame are cut off" in drawn(wild).text


def test_the_numbers_of_a_plot_stand_under_it() -> None:
    """A table of at most 25 rows holds first and last point of every line."""
    found = drawn(slope_plot())
    assert len(found.all("tr")) == 26
    assert found.text.count("nan") == 1
    header, rows, _ = plots.numbers(slope_plot())  # type: ignore[arg-type]
    assert header == ("z", "expected", "yours")
    assert rows[0][:2] == ("−6", "0.002467")
    assert rows[-1][0] == "6"


def test_lines_over_different_points_share_a_table() -> None:
    """Where lines have other points, each row names its line."""
    line = plot("t", series("a", range(100), range(100)), series("b", [1], [2]), x_label="n")
    header, rows, left_out = plots.numbers(line)
    assert header == ("Line", "n", "y")
    assert len(rows) <= 25
    assert rows[-1] == ("b", "1", "2")
    assert left_out == 0


def test_many_lines_are_named_once_and_thinned() -> None:
    """Forty runs of two names have two labels, and eight thousand points stay a small file."""
    laid = plots.draw(loss_plot())  # type: ignore[arg-type]
    assert laid is not None
    assert [line.label for line in laid.lines if line.label] == ["solved", "stuck"]
    assert laid.header == ("epoch", "solved", "stuck")
    assert len(figure(loss_plot(), "f")) < 40_000


def test_thinning_keeps_every_peak() -> None:
    """One high point among ten thousand is still drawn."""
    ys = np.zeros(10_000)
    ys[4321] = 1.0
    laid = plots.draw(plot("t", series("a", range(10_000), ys)))
    assert laid is not None
    heights = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", laid.lines[0].path)]
    assert len(heights) < 2000
    assert min(heights) < max(heights) - 150


@given(st.lists(st.floats(0, 300), min_size=2, max_size=60))
def test_points_that_nobody_would_see_are_left_out(heights: list[float]) -> None:
    """What is drawn passes every point within a fifth of a pixel, from the first to the last."""
    run = list(enumerate(heights))
    kept = strokes.straightened(run)
    assert (kept[0], kept[-1]) == (run[0], run[-1])
    line = np.interp(range(len(run)), *zip(*kept, strict=True))
    assert np.abs(line - heights).max() <= strokes.STRAIGHT + 1e-9


def test_a_straight_line_is_two_points_and_a_vertical_one_stays_whole() -> None:
    """Where x does not grow nothing is judged to lie between."""
    assert len(strokes.straightened([(x, 2 * x) for x in range(100)])) == 2
    upright = [(1.0, 0.0), (1.0, 9.0), (1.0, 4.0), (0.0, 4.0)]
    assert strokes.straightened(upright) == upright


def test_labels_do_not_cover_one_another() -> None:
    """Lines that end at the same height have labels apart, inside the drawing."""
    lines = [series(f"line {n}", [0, 1], [0, 1]) for n in range(8)]
    laid = plots.draw(plot("t", *lines))
    assert laid is not None
    heights = sorted(line.label_y for line in laid.lines)
    assert min(np.diff(heights)) >= plots.LINE_HEIGHT
    assert heights[-1] <= laid.bottom
    assert heights[0] >= 0


def test_a_plot_without_a_finite_number_says_so() -> None:
    """Nothing to draw is a sentence, not an empty frame."""
    assert (
        "There is no finite number to draw." in drawn(plot("t", series("a", [1], [math.nan]))).text
    )
    assert "There is no finite number to draw." in drawn(Plot("t", "t", ())).text


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-6, 6, ["−6", "−4", "−2", "0", "2", "4", "6"]),
        (0, 9801, ["0", "2000", "4000", "6000", "8000"]),
        (0.0001, 0.00035, ["0.0001", "0.00015", "0.0002", "0.00025", "0.0003", "0.00035"]),
        (2e6, 1e7, ["2e6", "4e6", "6e6", "8e6", "1e7"]),
    ],
)
def test_ticks_stand_at_round_numbers(low: float, high: float, texts: list[str]) -> None:
    """Ticks are multiples of 1, 2 or 5 times a power of ten, written alike."""
    assert [text for _, text in round_numbers(low, high, 5)] == texts


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12), st.integers(3, 9))
def test_there_are_about_as_many_ticks_as_asked(low: float, width: float, count: int) -> None:
    """Whatever the range, ticks lie in it and their number is near the wanted one."""
    scale = unit(low, low + max(width, abs(low) * 1e-6))
    ticks = scale.ticks(count)
    assert count / 2.5 - 1 <= len(ticks) <= count * 2
    assert all(-0.11 <= tick.at <= 100.11 for tick in ticks)


@given(xs=ANY_FLOATS, ys=ANY_FLOATS, log=st.booleans(), mark=st.none() | st.floats())
@settings(deadline=None)
def test_no_numbers_break_a_plot(
    xs: list[float], ys: list[float], *, log: bool, mark: float | None
) -> None:
    """Infinities, nan, 1e308 and denormal numbers give a drawing within a browser's reach."""
    line = plot(
        "t", series("a", xs, ys, "expected"), series("b", ys, xs, "yours"), log_y=log, mark_x=mark
    )
    coordinates_are_fine(drawn(line).html)


@given(values=ANY_FLOATS, log=st.booleans(), limit=st.none() | st.floats())
@example(values=[5e-324], log=False, limit=None)
@settings(deadline=None)
def test_no_numbers_break_bars(values: list[float], *, log: bool, limit: float | None) -> None:
    """Bars of any length, upwards and downwards, stay inside the drawing."""
    names, roles = tuple(map(str, values)), ("plain",) * len(values)
    chart = Bars("t", "t", names, tuple(values), roles, log=log, limit=limit)  # type: ignore[arg-type]
    coordinates_are_fine(drawn(chart).html)
    for bar in bars.draw(chart).bars:
        assert 0 <= bar.start <= bar.end <= bars.WIDTH


def coordinates_are_fine(html: str) -> None:
    """Assert that every coordinate is a number that browsers can take."""
    for name, value in re.findall(r' (x|y|cx|cy|d|width|height|points|viewBox)="([^"]*)"', html):
        assert not re.search("nan|inf", value), (name, value)
        numbers = [abs(float(found)) for found in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", value)]
        assert max(numbers) <= 20_000, (name, value)


def test_bars_carry_their_numbers_and_the_line_to_reach() -> None:
    """Each bar has its label and number; one without a place on a log axis is empty."""
    laid = bars.draw(gradient_bars())  # type: ignore[arg-type]
    assert [bar.number for bar in laid.bars] == ["3.2e−5", "0.021", "0.0187", "0"]
    assert laid.bars[3].start == laid.bars[3].end
    assert laid.limit is not None
    assert laid.bars[0].end < laid.limit < laid.bars[1].end
    assert "0.01 to learn from" in drawn(gradient_bars()).text


def test_odd_numbers_are_spelled_out() -> None:
    """The table under a plot says nan and inf, with a true minus."""
    text = drawn(odd_numbers()).text
    assert "nan" in text
    assert "−inf" in text
