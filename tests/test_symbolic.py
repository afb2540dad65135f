"""Formulas are compared by their values, in whatever form a student writes them."""

from __future__ import annotations

import types

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import agrees, check, equivalent
from grader.errors import CourseError
from grader.formula import values
from grader.sandbox.remote import as_student

x = sp.Symbol("x")
r = sp.Symbol("r", real=True)
p = sp.Symbol("positive", positive=True)
S = 1 / (1 + sp.exp(-x))
RELU = sp.Piecewise((0, x < 0), (x, True))
SLOPES = {
    "sigmoid": sp.exp(-x) / (1 + sp.exp(-x)) ** 2,
    "tanh": 1 - sp.tanh(x) ** 2,
    "relu": sp.Piecewise((0, x < 0), (1, True)),
}
E = sp.exp

RIGHT = [
    ("sigmoid", sp.diff(S, x)),
    ("sigmoid", S * (1 - S)),
    ("sigmoid", S - S**2),
    ("sigmoid", E(x) / (1 + E(x)) ** 2),
    ("sigmoid", 1 / (E(x / 2) + E(-x / 2)) ** 2),
    ("sigmoid", sp.sech(x / 2) ** 2 / 4),
    ("sigmoid", 1 / (2 + 2 * sp.cosh(x))),
    ("sigmoid", 1 / (4 * sp.cosh(x / 2) ** 2)),
    ("sigmoid", (1 - sp.tanh(x / 2) ** 2) / 4),
    ("sigmoid", 0.25 * sp.sech(0.5 * x) ** 2),
    ("sigmoid", 1.0 * E(-1.0 * x) / (1.0 + E(-1.0 * x)) ** 2.0),
    ("sigmoid", sp.diff(1 / (1 + sp.E ** (-r)), r)),
    ("sigmoid", sp.diff(sp.log(1 + E(x)), x, 2)),
    ("sigmoid", sp.simplify(sp.diff(S, x))),
    ("sigmoid", sp.expand(S * (1 - S))),
    ("sigmoid", sp.diff(1 / (1 + sp.Float(2.718281828459045) ** (-x)), x)),
    ("sigmoid", sp.diff(E(p) / (E(p) + 1), p)),
    ("tanh", sp.diff(sp.tanh(x), x)),
    ("tanh", sp.sech(x) ** 2),
    ("tanh", 1 / sp.cosh(r) ** 2),
    ("tanh", 4 / (E(x) + E(-x)) ** 2),
    ("tanh", 4 * E(2 * x) / (E(2 * x) + 1) ** 2),
    ("tanh", sp.diff((E(x) - E(-x)) / (E(x) + E(-x)), x)),
    ("tanh", sp.diff(2 / (1 + E(-2 * x)) - 1, x)),
    ("tanh", (1 - sp.tanh(x)) * (1 + sp.tanh(x))),
    ("tanh", sp.cos(sp.I * x) ** -2),
    ("tanh", sp.diff(sp.sinh(x) / sp.cosh(x), x).rewrite(sp.exp)),
    ("relu", sp.diff(RELU, x)),
    ("relu", sp.Piecewise((0, x <= 0), (1, x > 0))),
    ("relu", sp.Heaviside(x)),
    ("relu", sp.Heaviside(x, 0)),
    ("relu", sp.diff(sp.Max(0, x), x)),
    ("relu", (1 + sp.sign(r)) / 2),
    ("relu", (x + sp.Abs(x)) / (2 * x)),
    ("relu", sp.Max(0, x) / x),
    ("relu", sp.diff((r + sp.Abs(r)) / 2, r)),
    ("relu", sp.Rational(1, 2) + sp.sqrt(x**2) / (2 * x)),
    ("relu", sp.Piecewise((0.0, sp.Or(x < 0, sp.Eq(x, 0))), (1.0, True))),
    ("relu", sp.Max(0, sp.sign(r))),
    ("relu", sp.Piecewise((0, sp.Not(x >= 0)), (sp.Integer(1), sp.true))),
]

WRONG = [
    ("sigmoid", S),
    ("sigmoid", 1 - S),
    ("sigmoid", x * (1 - x)),
    ("sigmoid", -SLOPES["sigmoid"]),
    ("sigmoid", E(-x) / (1 + E(-x))),
    ("sigmoid", E(x) / (1 + E(-x)) ** 2),
    ("sigmoid", S * (1 + S)),
    ("sigmoid", S**2),
    ("sigmoid", sp.sech(x / 2) ** 2),
    ("sigmoid", sp.sech(x) ** 2 / 4),
    ("sigmoid", E(-(x**2) / 4) / 4),
    ("sigmoid", SLOPES["sigmoid"] + sp.Float("1e-10")),
    ("sigmoid", SLOPES["sigmoid"] * sp.Float("1.0000001")),
    ("sigmoid", sp.Rational(1, 4)),
    ("sigmoid", 1 / (2 + x**2)),
    ("tanh", 1 - sp.tanh(x)),
    ("tanh", sp.sech(x)),
    ("tanh", 1 - x**2),
    ("tanh", 1 + sp.tanh(x) ** 2),
    ("tanh", sp.tanh(x) ** 2 - 1),
    ("tanh", sp.tanh(x)),
    ("tanh", 1 / sp.cos(x) ** 2),
    ("tanh", sp.coth(x)),
    ("tanh", 1 - sp.tanh(x) ** 3),
    ("tanh", 4 * SLOPES["sigmoid"]),
    ("tanh", sp.Integer(1)),
    ("relu", RELU),
    ("relu", sp.sign(x)),
    ("relu", sp.Max(0, x)),
    ("relu", sp.Heaviside(-x)),
    ("relu", sp.Integer(1)),
    ("relu", sp.Piecewise((0, x < sp.Rational(1, 1000)), (1, True))),
    ("relu", sp.Piecewise((0, x < -sp.Rational(1, 200)), (1, True))),
    ("relu", sp.Piecewise((sp.Rational(1, 100), x < 0), (1, True))),
    ("relu", 1 / (1 + E(-1000 * x))),
    ("relu", sp.Piecewise((1, x > 0))),
]


def slope_is(name: str, expression: object) -> bool:
    """Say whether an expression is taken for the slope of a function."""
    kinks = (0,) if name == "relu" else ()
    return equivalent(expression, SLOPES[name], kinks=kinks).ok


@pytest.mark.parametrize(("name", "expression"), RIGHT, ids=str)
def test_every_right_form_is_accepted(name, expression):
    """A derivative counts in any form: exponentials, hyperbolics, pieces, steps, floats."""
    assert slope_is(name, expression)


@pytest.mark.parametrize(("name", "expression"), WRONG, ids=str)
def test_every_wrong_form_is_refused(name, expression):
    """What differs anywhere is refused, however close it looks."""
    assert not slope_is(name, expression)


def test_the_first_wrong_point_is_a_nice_one():
    """The message speaks of x = 1 before it speaks of any drawn point."""
    finding = equivalent(1 - sp.tanh(x), SLOPES["tanh"])
    assert (finding.shown, finding.expected, finding.got) == (
        "the expression at x = 1.0",
        "0.42",
        "0.2384",
    )


def test_a_known_mistake_is_named():
    """A wrong formula that matches at every point gets its sentence."""
    finding = equivalent(1 - sp.tanh(x), SLOPES["tanh"], known={"Square it.": 1 - sp.tanh(x)})
    assert finding.diagnosis == "Square it."


def test_a_mistake_that_matches_only_here_and_there_is_not_named():
    """A sentence is said only where the wrong formula explains every value."""
    finding = equivalent(
        1 - sp.tanh(x), SLOPES["tanh"], known={"No.": 1 - x**2, "Nor.": sp.sech(x)}
    )
    assert not finding.ok
    assert finding.diagnosis is None


def test_the_given_expression_is_shown_with_its_values():
    """Beside a wrong expression stand its values, the wrong ones marked."""
    (table,) = equivalent(sp.sign(x), SLOPES["relu"], kinks=(0,)).evidence
    assert "sign(x)" in table.title
    assert table.rows[0] == ("1.0", "1.0", "1.0")
    assert table.rows[1][0] == "-1.0"
    assert (1, 2) in table.marked
    assert (0, 2) not in table.marked


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (sp.Derivative(sp.tanh(x), x), "unevaluated `Derivative`; call `.doit()`"),
        (sp.Integral(sp.tanh(x), x), "unevaluated `Integral`"),
        (sp.diff(sp.Abs(x), x), "real=True"),
        (sp.diff(sp.tanh(x) * sp.Heaviside(x), x), "DiracDelta"),
        (sp.Function("f")(x), "`f` has no value"),
        (sp.Function("tanh")(x), "`tanh` has no value"),
        (sp.Symbol("z") * x, "2 symbols (x, z)"),
        (x > 0, "a condition"),
        (sp.Lambda(x, x**2), "`Lambda` has no value"),
        (sum(sp.Symbol("x") ** k for k in range(300)), "too large"),
        (sp.Matrix([x]), "MutableDenseMatrix"),
        ("1 - tanh(x)**2", "type `str`"),
        (None, "`return` is missing"),
        (True, "type `bool`"),
        (1 + 2j, "type `complex`"),
        ([x], "type `list`"),
        (np.tanh, "not a SymPy expression"),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_refused_with_a_reason(expression, said):
    """An answer that is no formula leads to a finding that says what it is."""
    finding = equivalent(expression, SLOPES["tanh"])
    assert not finding.ok
    assert said in (finding.diagnosis or "")


@pytest.mark.parametrize(
    "number", [0, 1, -7, 0.42, 10**400, 1e308, np.float64(0.3), np.inf, np.nan]
)
def test_plain_numbers_are_expressions_too(number):
    """A number is compared as the constant that it is, whatever its size."""
    assert not equivalent(number, SLOPES["tanh"]).ok
    assert equivalent(0.5, sp.Rational(1, 2)).ok


def test_a_constant_may_be_the_answer():
    """Where the formula is constant, so may the expression be, in one symbol or in none."""
    assert equivalent(sp.sin(x) ** 2 + sp.cos(x) ** 2, sp.Integer(1)).ok
    assert equivalent(sp.Integer(1), sp.Integer(1)).ok


def tower(height: int) -> sp.Expr:
    """Return x to the power of x to the power of x and so on."""
    result: sp.Expr = x
    for _ in range(height):
        result = sp.Pow(x, result, evaluate=False)
    return result


def nested(function, depth: int) -> sp.Expr:
    """Return f(f(f(x))) and so on."""
    result: sp.Expr = x
    for _ in range(depth):
        result = function(result)
    return result


@pytest.mark.parametrize(
    "expression",
    [
        x ** (10**9),
        (x + 1) ** (10**30),
        tower(40),
        nested(sp.exp, 50),
        nested(lambda e: sp.Pow(2, e, evaluate=False), 50),
        nested(lambda e: sp.sinh(2 * e, evaluate=False), 25),
        sp.sin(sp.exp(sp.exp(sp.exp(x)))),
        sp.erf(sp.exp(sp.exp(x))) * sp.exp(sp.exp(sp.exp(-x))),
        sp.Add(*[sp.tan(sp.I * x + k, evaluate=False) for k in range(65)]),
        sp.Pow(-x, sp.Rational(10**38 + 1, 10**38)),
        sp.Integer(9) ** sp.Integer(9) ** x,
    ],
    ids=range(11),
)
def test_hostile_expressions_are_refused(expression):
    """Towers and giant powers are refused; the judge never works them out."""
    assert not slope_is("tanh", expression)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(SLOPES)), st.floats(1e-9, 10), st.sampled_from([1, -1]), st.booleans()
)
def test_no_error_above_the_tolerance_passes(name, size, sign, relative):
    """An added or a multiplied error of 1e-9 or more is seen in every formula."""
    error = sp.Float(sign * size)
    wrong = SLOPES[name] * (1 + error) if relative else SLOPES[name] + error
    assert not slope_is(name, wrong)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RIGHT), st.floats(-4e-16, 4e-16), st.floats(0.1, 10))
def test_no_float_noise_is_refused(right, noise, factor):
    """Rounding in double precision, in factors and in summands, never costs anything."""
    name, expression = right
    noisy = expression * sp.Float(factor) * sp.Float(1 / factor) * (1 + sp.Float(noise))
    assert slope_is(name, noisy + sp.Float(noise))


def test_points_beside_a_kink_are_tried_and_the_kink_is_not():
    """Any value at the kink is right; a slope that changes a little beside it is not."""
    at_kink = sp.Piecewise((0, x < 0), (99, sp.Eq(x, 0)), (1, True))
    beside = sp.Piecewise((0, x < sp.Rational(1, 2000)), (1, True))
    assert slope_is("relu", at_kink)
    assert not slope_is("relu", beside)


def test_a_formula_that_the_judge_cannot_evaluate_is_the_authors_fault():
    """A formula with two symbols, or with an unknown function, is a mistake in the course."""
    for formula in (x * r, sp.Function("f")(x), sp.Derivative(x, x)):
        with pytest.raises(CourseError, match="the formula"):
            equivalent(x, formula)


def module(**functions) -> types.ModuleType:
    """A plain module in the student's place."""
    made = types.ModuleType("made")
    made.__dict__.update(functions)
    return made


def findings(function, formula=S, **options):
    """All findings about one function, asked as a course asks."""
    return list(agrees(as_student(module(f=function)).f, formula, **options))


def test_a_right_function_agrees_at_every_point():
    """Each point is one finding, in friendly order, the large ones last."""
    found = findings(lambda z: 1 / (1 + np.exp(-z)))
    assert all(finding.ok for finding in found)
    assert found[0].shown == "f(x) at x = 0.0"
    assert [finding.shown.split()[-1] for finding in found[-2:]] == ["30.0", "-30.0"]


def test_a_plain_function_can_be_asked_at_a_prompt():
    """Without a sandbox and without a module, any NumPy function will do."""
    assert all(finding.ok for finding in agrees(np.tanh, sp.tanh(x)))


def test_the_first_wrong_point_carries_the_diagnosis_and_a_table():
    """The student reads one sentence, at the easiest point that shows the mistake."""
    found = findings(lambda z: 1 / (1 + np.exp(z)), known={"That is σ(−x).": 1 / (1 + sp.exp(x))})
    wrong = [finding for finding in found if not finding.ok]
    assert wrong[0].shown == "f(x) at x = 0.5"
    assert wrong[0].diagnosis == "That is σ(−x)."
    assert [bool(finding.evidence) for finding in wrong].count(True) == 1


def test_a_mistake_of_floating_point_is_told_by_a_numpy_function():
    """A known mistake may be a NumPy function, nan and inf included."""
    naive = lambda z: (np.e**z - np.e**-z) / (np.e**z + np.e**-z)
    found = findings(naive, sp.tanh(x), at=(0.5, 710.0), known={"Use np.tanh.": naive})
    assert [finding.ok for finding in found] == [True, False]
    assert found[1].diagnosis == "Use np.tanh."
    (_, last) = findings(naive, sp.tanh(x), at=(0.5, 710.0))
    assert "larger than a float can hold" in (last.diagnosis or "")


def test_code_for_single_numbers_gets_advice():
    """`max(0, z)` and `math.exp` fail on arrays; the finding says what to use in their place."""
    import math

    (finding,) = findings(lambda z: max(0, z), sp.Max(0, x))
    assert "`np.maximum`" in (finding.diagnosis or "")
    (finding,) = findings(math.tanh, sp.tanh(x))
    assert "NumPy" in (finding.diagnosis or "")


@pytest.mark.parametrize(
    "answer", [None, "σ", ["a"], 1.0, np.zeros(3), np.zeros((3, 3)), [[1, 2], [3]], object(), {}]
)
def test_an_answer_of_another_kind_is_one_finding(answer):
    """What is no array of the right shape is reported once, as what it is."""
    (finding,) = findings(lambda z: answer)
    assert not finding.ok


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.longdouble])
def test_single_precision_is_compared_as_closely_as_it_can_be(dtype):
    """A right function in single precision is right; a slightly wrong one in double is not."""
    good = findings(lambda z: (1 / (1 + np.exp(-z.astype(dtype)))).astype(np.float32))
    assert all(finding.ok for finding in good)
    assert not all(finding.ok for finding in findings(lambda z: 1 / (1 + np.exp(-z)) + 1e-7))


def test_values_of_a_formula_reach_far_beyond_float_exponentials():
    """At ±10,000 a formula still has its limit, not an overflow."""
    assert values(1 / (1 + sp.exp(-x)), [-1e4, 1e4]).tolist() == [0.0, 1.0]
    assert values(sp.tanh(x), [-1e4, 1e4]).tolist() == [-1.0, 1.0]


def test_the_words_work_inside_a_check():
    """An author writes both words in a check and runs it on a plain module."""

    @check()
    def question(student):
        """Both agree."""
        yield from agrees(student.f, sp.tanh(x))
        yield equivalent(student.g(), sp.tanh(x))

    found = list(question.run(module(f=np.tanh, g=lambda: 1 - 2 / (sp.exp(2 * r) + 1))))
    assert all(finding.ok for finding in found)
    assert found[-1].shown == "g()"
