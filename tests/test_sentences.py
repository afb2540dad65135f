"""Sentences of authors and texts of students: what becomes code, formula or mark, and what not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Page

from grader.render import inline
from grader.render.differences import marked
from grader.render.mathml import ATTRIBUTES, ELEMENTS, formula
from grader.render.untrusted import clean, excerpt, shortened, tail


def test_hidden_codes_are_shown() -> None:
    """A mark that turns text around is printed as its code, and an escape sequence is dropped."""
    assert clean("a\u202eb") == "a[U+202E]b"
    assert clean("\x1b[1;31mred\x1b[0m\x00") == "red"
    assert clean("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"
    assert clean("\x1b]0;title\x07text") == "text"


def test_long_texts_are_cut_and_say_so() -> None:
    """A cut text tells how long it was; of what was printed, the end is kept."""
    assert excerpt("x" * 501) == "x" * 500 + "… (500 of 501 characters)"
    assert excerpt("x" * 500) == "x" * 500
    assert tail("a" * 600 + "end") == "a" * 497 + "end"
    assert shortened("a\nb   c", 10) == "a b c"
    assert shortened("abcdefgh", 5) == "abcd…"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Nothing that cleaning makes has to be cleaned again."""
    assert clean(clean(text)) == clean(text)


def test_authors_write_code_and_formulas() -> None:
    """Backticks become code and dollars a formula; prices and single dollars stay."""
    assert inline.authored("use `a<b` now") == "use <code>a&lt;b</code> now"
    assert inline.authored("it costs $5 and $6 <b>") == "it costs $5 and $6 &lt;b&gt;"
    assert '<math alttext="x^2">' in inline.authored("so $x^2$ it is")
    assert inline.plain("so $x^2$ and `y`") == "so x^2 and y"


def test_reports_of_students_hold_no_formulas() -> None:
    """A message may quote a student: its backticks become code, its dollars stay."""
    said = inline.reported("`f(<x>)` gave $x$")
    assert said == "<code>f(&lt;x&gt;)</code> gave $x$"


@pytest.mark.parametrize(
    "latex",
    [
        r"\sigma'(z) = \sigma(z)(1 - \sigma(z))",
        r"\hat y = \frac{1}{1 + e^{-z}}",
        r"\begin{cases}1 & z > 0\\0 & z < 0\end{cases}",
        r"\sum_{i=1}^{n} w_i x_i + b \ge 0",
        r"\bigl(X W_h + b_h\bigr) W_o",
        r"\mathbf{W}^\top \odot \sqrt{\delta}",
    ],
)
def test_formulas_of_the_course_become_mathml(latex: str) -> None:
    """Ordinary formulas are MathML of permitted parts, with their source as the alternative."""
    found = Page(str(formula(latex)))
    assert found.tags[0] == ("math", {"alttext": latex})
    assert {tag for tag, _ in found.tags} <= ELEMENTS
    assert {name for _, pairs in found.tags[1:] for name in pairs} <= ATTRIBUTES


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(http://evil.example)}{x}",
        r"\color{red}{x}",
        r"\frac{1}{",
        r"\left(",
        "^",
        r"\begin{cases}",
    ],
)
def test_what_is_no_formula_stays_code(latex: str) -> None:
    """Markup smuggled through LaTeX, and LaTeX that does not parse, is shown as its source."""
    found = Page(str(formula(latex)))
    assert [tag for tag, _ in found.tags] == ["code"]
    assert found.text == latex


def test_only_what_differs_is_marked() -> None:
    """Of two answers of one form the differing parts are marked; elsewhere nothing is."""
    assert marked("[1.0, 2.0, 9]", "[1, 2.0, 3.0]") == "[1.0, 2.0, <mark>9</mark>]"
    assert marked("[1, 2]", "[1, 2, 3]") == "[1, 2]"
    assert marked("5", "6") == "5"
    assert marked("<b> a", "<b> b c") == "&lt;b&gt; a"
