"""What a student draws comes across as data and as a picture, whatever it is."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt

from grader.evidence import Picture
from grader.figures import Drawing, drawing
from grader.model import Source, Verdict
from grader.render import png
from grader.sandbox import Sandbox, pens
from grader.sandbox.pens import MAX_BYTES
from grader.sandbox.remote import StudentFault, as_student, student_of

X = np.linspace(-2, 2, 50)


def drawn(function: Callable[..., Any], panels: int = 2) -> Drawing:
    """Let a function of this file draw, through the real encoding."""
    module = types.ModuleType("made")
    module.__dict__["f"] = function
    return drawing(as_student(module).f, panels=panels)


def test_lines_and_words_come_across():
    """Labels, data, legend, titles and ranges are what was drawn."""

    def two_curves(left, right):
        left.plot(X, X**2, label="square")
        left.plot(X, X**3)
        left.set(xlabel="x", ylabel="y", title="Powers", xlim=(-2, 2), ylim=(-1, 5))
        left.legend()
        right.plot([0, 1], [1, 0], label="down")

    left, right = drawn(two_curves).panels
    assert [line.label for line in left.lines] == ["square", None]
    assert np.array_equal(left.lines[0].x, X)
    assert np.array_equal(left.lines[1].y, X**3)
    assert (left.x_label, left.y_label, left.title) == ("x", "y", "Powers")
    assert (left.x_range, left.y_range) == ((-2, 2), (-1, 5))
    assert left.legend == ("square",)
    assert right.legend is None
    assert right.lines[0].label == "down"


def test_a_legend_from_a_list_names_the_lines():
    """`ax.legend(["a", "b"])` names the lines in order, where no line has a label of its own."""

    def listed(axes):
        axes.plot(X, X)
        axes.plot(X, -X)
        axes.plot(X, 0 * X)
        axes.legend(["up", "down"])

    (panel,) = drawn(listed, panels=1).panels
    assert [line.label for line in panel.lines] == ["up", "down", None]


def test_current_axes_are_the_panels():
    """Code that draws with pyplot draws on the last panel, and closing the figure harms nothing."""

    def with_pyplot(left, right):
        from matplotlib import pyplot as plt

        plt.plot(X, X, label="line")
        plt.legend()
        plt.show()
        plt.close("all")

    left, right = drawn(with_pyplot).panels
    assert left.lines == ()
    assert [line.label for line in right.lines] == ["line"]


def test_the_picture_is_a_small_png():
    """The evidence is a PNG that a page can hold."""

    def curves(left, right):
        for axes in (left, right):
            for k in range(4):
                axes.plot(X, np.sin(k * X), label=str(k))
            axes.legend()

    picture = drawn(curves).picture("Your drawing", "four sines")
    assert isinstance(picture, Picture)
    assert (picture.title, picture.alt) == ("Your drawing", "four sines")
    assert png.size(picture.png) is not None
    assert len(picture.png) <= MAX_BYTES


def test_a_wild_figure_stays_small():
    """Noise on a giant figure is made coarser until it fits; the axes are still described."""

    def wild(axes):
        axes.figure.set_size_inches(200, 200)
        axes.imshow(np.random.default_rng(1).random((800, 800, 3)))
        axes.plot(np.zeros(100_000), np.zeros(100_000))

    result = drawn(wild, panels=1)
    assert len(result.png) <= MAX_BYTES
    assert 5000 < len(result.panels[0].lines[0].x) <= 20_000


def test_a_label_that_cannot_be_set_costs_the_picture_only():
    """Bad TeX in a title stops the picture; what was drawn is still known."""

    def bad_title(axes):
        axes.plot(X, X, label="line")
        axes.set_title(r"$\frac{1$")

    result = drawn(bad_title, panels=1)
    assert result.png == b""
    assert result.panels[0].lines[0].label == "line"


def test_masked_and_empty_data():
    """Masked points are nan, an empty line has no points."""

    def gaps(axes):
        axes.plot(np.ma.masked_less(X, 0), X)
        axes.plot([], [])

    first, second = drawn(gaps, panels=1).panels[0].lines
    assert np.isnan(first.x[:25]).all()
    assert len(second.x) == 0


def test_an_exception_in_the_drawing_is_the_students():
    """Code that raises while drawing gives a fault with its call."""

    def broken(left, right):
        raise ValueError("no pen")

    with pytest.raises(StudentFault, match="no pen") as caught:
        drawn(broken)
    assert caught.value.fault.verdict is Verdict.ERROR


SPEAKS = """
import grader.sandbox.pens as pens
ANSWER = {answer}
pens.draw = lambda function, panels: ANSWER
def f(*axes):
    pass
"""


@pytest.mark.parametrize(
    "answer",
    [
        "None",
        "[]",
        "{}",
        "{'panels': None, 'png': 'text'}",
        "{'panels': [1, [2], {'lines': 3}], 'png': None}",
        "{'panels': [{'lines': [None, {}, {'x': 1, 'y': 2}, {'x': [1.0], 'y': [1.0]}]}]}",
        "{'panels': [{'legend': 7, 'x_label': 3, 'x_range': ['a', 'b'], 'y_range': [1, 2, 3]}]}",
        "{'panels': [{'legend': [1, None], 'title': {}}] * 99, 'png': 5}",
        "object()",
    ],
)
def test_whatever_the_students_side_says_there_is_a_drawing(answer, sandbox: Sandbox):
    """A child that lies about what it drew leads to empty panels, never to an error."""
    text = SPEAKS.format(answer=answer)
    with sandbox.open("made", Source("made.py", text)) as session:
        session.load()
        result = drawing(student_of(session).f)
    assert len(result.panels) == 2
    assert all(panel.lines == () for panel in result.panels)
    assert all(isinstance(text, str) for panel in result.panels for text in panel.legend or ())
    assert result.picture("x").png == b""


def test_drawing_behind_the_wall(sandbox: Sandbox):
    """A student's module draws in the sandbox, fonts and all."""
    text = (
        "def f(a, b):\n    a.plot([1, 2, 3], label='σ')\n    a.legend()\n    b.set_title('$x^2$')\n"
    )
    with sandbox.open("made", Source("made.py", text)) as session:
        session.load()
        result = drawing(student_of(session).f)
    assert result.panels[0].legend == ("σ",)
    assert result.panels[1].title == "$x^2$"
    assert png.size(result.png) is not None


def test_a_prepared_figure_draws_what_a_fresh_one_draws():
    """Panels that were drawn empty beforehand leave no trace in the picture, nor in the data."""

    def curves(left, right):
        left.plot(100 * X, X**2, label="square")
        left.set(xlabel="x", title="A square")
        left.legend()
        right.semilogy(X, np.exp(X))

    pens.prepared.clear()
    fresh = pens.draw(curves, 2)
    pens.warm()
    assert 2 in pens.prepared
    prepared = pens.draw(curves, 2)
    assert 2 not in pens.prepared
    assert prepared["png"] == fresh["png"]
    assert prepared["panels"][0]["x_range"] == fresh["panels"][0]["x_range"]


def test_nothing_is_current_before_a_student_draws():
    """Code that draws with pyplot at its top level does not draw on what was prepared."""
    pens.warm()
    assert plt.get_fignums() == []
