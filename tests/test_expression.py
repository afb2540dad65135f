"""Formulas cross the wall as plain trees, and the judge reads, values and prints them itself."""

from __future__ import annotations

import copy
import json
import random

import mpmath
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.expression import Expression, from_number, from_sympy, read
from grader.expression.node import ARITY
from grader.sandbox import wire
from grader.sandbox.portray import portray
from grader.sandbox.wire import Opaque, WireError

x = sp.Symbol("x")
r = sp.Symbol("r", real=True)
POINTS = (1.25, -0.75, 0.3, 2.0)
FORMULAS = [
    1 / (1 + sp.exp(-r)),
    sp.exp(-r) / (1 + sp.exp(-r)) ** 2,
    1 - sp.tanh(r) ** 2,
    sp.sech(r / 2) ** 2 / 4,
    4 / (sp.sinh(r) + sp.coth(r) + sp.csch(r)),
    sp.Piecewise((0, r < 0), (r**2, r <= 1), (sp.sqrt(r), True)),
    sp.Piecewise(
        (1, sp.And(r > 0, sp.Ne(r, 2))), (2, sp.Or(sp.Eq(r, 2), sp.Not(r < -1))), (3, True)
    ),
    sp.Max(0, r, r / 2) - sp.Min(r, sp.Rational(1, 3)),
    sp.Abs(r) * sp.sign(r) + sp.Heaviside(r) - sp.Heaviside(r, 1),
    sp.log(1 + sp.exp(r)) / sp.log(2),
    r * sp.erf(r / sp.sqrt(2)) + sp.atan(r) / sp.pi,
    sp.sin(r) * sp.cos(r) + sp.tan(r / 3) - sp.sec(r / 3) + sp.cot(r) * sp.csc(r),
    sp.sqrt(-1 - r**2) ** 2 + sp.re(sp.I * r) + sp.im(sp.I * r) + sp.conjugate(r * sp.I) * sp.I,
    (r**2 + 1) ** sp.Rational(5, 3) * 2**r,
    sp.Float("0.1") * r + sp.Float(1e-7) - sp.Rational(22, 7) + sp.E,
    sp.ITE(r > 0, r > 1, r < -1) & sp.true,
    -(r**2) + 3 * r - sp.Rational(1, 2),
]
TREES = [from_sympy(formula) for formula in FORMULAS]


def crossed(value: object) -> object:
    """Send a value through the real encoder and decoder."""
    encoder = wire.Encoder(portray)
    tree = json.loads(json.dumps(encoder.encode(value)))
    tagged = wire.Decoder([]).decode(tree)
    assert isinstance(tagged, wire.Tagged)
    return read(tagged.data)


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_values_are_those_of_sympy(formula):
    """The judge's own arithmetic gives SymPy's values to 25 digits, also after the wire."""
    expression = crossed(formula)
    assert isinstance(expression, Expression)
    for point in POINTS:
        exact = formula.subs(r, sp.Float(point, 50))
        if exact in (sp.true, sp.false):
            assert expression.is_condition
            assert mpmath.isnan(expression.evaluate(point))
        else:
            true = sp.N(exact, 40)
            assert abs(sp.sympify(expression.evaluate(point)) - true) < 1e-25 * (1 + abs(true))


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_the_text_can_be_read_back(formula):
    """What a report shows is the formula itself: SymPy reads the same values out of it."""
    again = sp.sympify(str(read(from_sympy(formula))), locals={"r": r})
    for point in POINTS:
        value, other = formula.subs(r, point), again.subs(r, point)
        assert value == other or abs(sp.N(value) - sp.N(other)) < 1e-12


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (1 - sp.tanh(x) ** 2, "1 - tanh(x)**2"),
        (sp.diff(1 / (1 + sp.exp(-x)), x), "exp(-x)/(1 + exp(-x))**2"),
        (sp.sech(x / 2) ** 2 / 4, "sech(x/2)**2/4"),
        (-sp.Rational(3, 2) / x, "-3/(2*x)"),
        (x - 1, "x - 1"),
        (1 / sp.sqrt(x), "1/sqrt(x)"),
        ((-x - 1) ** 3, "(-x - 1)**3"),
        (0.1 * x, "0.1*x"),
        (2 ** (-x), "2**(-x)"),
        (sp.Piecewise((0, x < 0), (1, True)), "Piecewise((0, x < 0), (1, True))"),
        (sp.Heaviside(x), "Heaviside(x)"),
        (sp.Derivative(sp.tanh(x), x), "Derivative(tanh(x), x)"),
        (sp.Integer(-7), "-7"),
        (sp.Symbol("α") * sp.oo, "oo*α"),
    ],
    ids=str,
)
def test_the_text_is_short(formula, text):
    """Formulas read as a student would write them."""
    assert str(read(from_sympy(formula))) == text


def test_what_is_not_in_the_table_crosses_by_name():
    """Derivatives, integrals, distributions and made-up functions have names and no value."""
    for formula, name in [
        (sp.Derivative(sp.tanh(x), x), "Derivative"),
        (sp.Integral(sp.tanh(x), x), "Integral"),
        (x * sp.DiracDelta(x), "DiracDelta"),
        (sp.Function("f")(x) + 1, "f"),
        (sp.Function("tanh")(x), "tanh"),
        (sp.gamma(x), "gamma"),
    ]:
        expression = crossed(formula)
        assert isinstance(expression, Expression)
        assert expression.foreign[0] == name
        assert expression.contains(name)
        assert mpmath.isnan(expression.evaluate(1))


def test_symbols_that_cannot_be_shown_are_numbered():
    """A symbol's name may hold anything; only plain and Greek names are shown."""
    names = ["x", "σ", "x_1", "<script>", "a" * 17, "<script>", "", "\u202e", "\ud800"]
    expression = crossed(sp.Add(*[sp.Symbol(name) * k for k, name in enumerate(names, 2)]))
    assert isinstance(expression, Expression)
    assert {"x", "σ", "x_1"} <= expression.symbols
    assert len(expression.symbols) == 8
    assert all(name.isidentifier() or name.lstrip("?").isdecimal() for name in expression.symbols)
    assert "<" not in str(expression)


def test_foreign_names_that_cannot_be_shown_are_not():
    """A made-up function's name is as little trusted as a symbol's."""
    expression = crossed(sp.Function("<b>")(x))
    assert str(expression) == "?(x)"


@pytest.mark.parametrize(
    ("formula", "cap"),
    [
        (sum(x**k for k in range(300)), "parts"),
        (sp.Integer(10) ** 40, "digits"),
        (x * sp.Rational(1, 10**45), "digits"),
    ],
    ids=["nodes", "integer", "rational"],
)
def test_what_is_too_large_is_told_so(formula, cap):
    """A formula that breaks a cap crosses as one node that says which."""
    expression = crossed(formula)
    assert isinstance(expression, Expression)
    assert expression.too_large
    assert cap in str(expression)
    assert mpmath.isnan(expression.evaluate(1))


def test_deep_formulas_are_told_so_and_the_deepest_lawful_one_crosses():
    """Sixty levels cross the wire, sixty-one do not."""
    formula: sp.Expr = x
    for _ in range(59):
        formula = sp.exp(formula)
    deepest = crossed(formula)
    assert isinstance(deepest, Expression)
    assert not deepest.too_large
    deeper = crossed(sp.exp(formula))
    assert isinstance(deeper, Expression)
    assert "deeper" in str(deeper)


@pytest.mark.parametrize(
    "value",
    [sp.Matrix([x]), sp.ImmutableMatrix([x]), sp.MatrixSymbol("A", 2, 2), sp.FiniteSet(1, 2)],
)
def test_what_is_no_formula_is_opaque(value):
    """Matrices and sets are not formulas: only their type's name crosses."""
    assert isinstance(read(from_sympy(value)), Opaque)


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        "x",
        [],
        {},
        [1, 2],
        [["Symbol", "x"]],
        ["Symbol"],
        ["Symbol", 1],
        ["Symbol", "x", "y"],
        ["Symbol", "x" * 65],
        ["Integer", 1],
        ["Integer", "1" * 41],
        ["Integer", "0x10"],
        ["Integer", "١"],
        ["Rational", "1/0"],
        ["Rational", "1/2/3"],
        ["Float", "nan"],
        ["Float", "1e99999"],
        ["Float", "1_000.0"],
        ["Add"],
        ["Pow", ["Symbol", "x"]],
        ["exp", ["Symbol", "x"], ["Symbol", "x"]],
        ["exp", "x"],
        ["eval", ["Symbol", "x"]],
        ["__import__", ["Symbol", "os"]],
        ["Pi", ["Symbol", "x"]],
        ["Foreign"],
        ["Foreign", ["Symbol", "x"]],
        ["Foreign", "f" * 65],
        ["TooLarge", "other"],
        ["TooLarge"],
        ["Opaque"],
        ["Add", *[["Integer", "1"]] * 400],
        [wire.Opaque("x")],
    ],
    ids=str,
)
def test_malformed_trees_are_refused(data):
    """A tree that breaks a rule is an error of the channel, whatever the rule."""
    with pytest.raises(WireError):
        read(data)


def test_a_tree_that_is_too_deep_is_refused():
    """Depth is bounded on arrival too, not only where an honest child writes."""
    data: list[object] = ["Symbol", "x"]
    for _ in range(60):
        data = ["exp", data]
    with pytest.raises(WireError):
        read(data)


def mutated(data: list[object], rng: random.Random) -> list[object]:
    """Return a copy of a tree in which one thing, somewhere, is another."""
    data = copy.deepcopy(data)
    places = [(data, index) for index in range(len(data))]
    for parent, index in places:
        item = parent[index]
        if isinstance(item, list):
            places += [(item, inner) for inner in range(len(item))]
    parent, index = rng.choice(places)
    names = [*ARITY, "Symbol", "Integer", "Rational", "Float", "Foreign", "TooLarge", "Opaque"]
    parent[index] = rng.choice(
        [*names, None, 1, "", "9" * 40, "-1/3", "1e9999", [], rng.choice(TREES)]
    )
    return data


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TREES), st.integers(0, 2**32), st.integers(1, 4))
def test_whatever_arrives_is_refused_or_has_a_value_and_a_text(tree, seed, changes):
    """A damaged tree is either a WireError or a formula: nothing else ever comes of it."""
    rng = random.Random(seed)
    for _ in range(changes):
        tree = mutated(tree, rng)
    try:
        expression = read(tree)
    except WireError:
        return
    if isinstance(expression, Expression):
        assert isinstance(str(expression), str)
        for point in (0, 1, -2.5, 1j, 1e300, float("inf")):
            assert isinstance(complex(expression.evaluate(point)), complex)


@pytest.mark.parametrize(
    ("number", "text"),
    [(3, "3"), (-2.5, "-2.5"), (1e-30, "1e-30"), (float("inf"), "oo"), (float("nan"), "nan")],
)
def test_plain_numbers_become_trees(number, text):
    """Python's numbers read like SymPy's."""
    expression = read(from_number(number))
    assert isinstance(expression, Expression)
    assert str(expression) == text


def test_numbers_out_of_range_are_infinite_or_zero():
    """Beyond 2^±100000 numbers behave as floats do beyond theirs."""
    big = read(from_sympy(sp.exp(sp.exp(sp.exp(x)))))
    small = read(from_sympy(sp.exp(-sp.exp(sp.exp(x)))))
    assert isinstance(big, Expression)
    assert isinstance(small, Expression)
    assert big.evaluate(5) == mpmath.inf
    assert small.evaluate(5) == 0
    squashed = read(from_sympy(1 / (1 + sp.exp(sp.exp(sp.exp(x))))))
    assert isinstance(squashed, Expression)
    assert squashed.evaluate(5) == 0


@pytest.mark.parametrize(
    "formula",
    [
        1 / r,
        r**-2,
        sp.Add(sp.log(r), -sp.log(r), evaluate=False),
        sp.Mul(r, 1 / r, evaluate=False),
        sp.Heaviside(sp.I * r + sp.I),
        sp.Piecewise((1, r > 0)),
        sp.zoo,
        sp.nan,
    ],
    ids=range(8),
)
def test_there_is_no_value_at_a_pole(formula):
    """Poles, 0/0, comparisons of complex numbers and missing branches give nan."""
    expression = read(from_sympy(formula))
    assert isinstance(expression, Expression)
    assert mpmath.isnan(expression.evaluate(0))


def test_only_the_branch_that_applies_is_evaluated():
    """A Piecewise may have branches without a value where they do not apply."""
    expression = read(from_sympy(sp.Piecewise((0, sp.Eq(r, 0)), (1 / r, True))))
    assert isinstance(expression, Expression)
    assert expression.evaluate(0) == 0
    assert expression.evaluate(4) == 0.25


def test_the_precision_of_others_is_left_alone():
    """Evaluating a formula does not change mpmath's global precision."""
    before = mpmath.mp.dps
    read(from_sympy(sp.exp(x))).evaluate(1)  # type: ignore[union-attr]
    assert mpmath.mp.dps == before
