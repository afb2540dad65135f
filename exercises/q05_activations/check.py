"""Activation functions: their values, their slopes and their drawing."""

from __future__ import annotations

import numpy as np
from curves import judged
from functions import FORMULAS, SLOPES, VALUES
from mistakes import AT_ZERO, OF_IDENTITY, OF_SLOPES, OF_VALUES
from pictures import quotients, slope_over_truth, values_over_truth

from grader import Finding, agrees, check, computes, equivalent, fetch, generator
from grader.expression import Expression
from grader.figures import drawing
from grader.in_words import prose
from grader.show import show

FRIENDLY = (0, 1, -1, 0.5, -0.5, 2, -2, 3, -3)
FAR = (30, -30, 710, -710, 1e4, -1e4)
HUGE = 10**30
SLOPES_AT_ZERO = {"sigmoid": 0.25, "tanh": 1.0, "relu": None}
QUESTION = (
    "NOTES: which activation would you put into the hidden layers of a deep network, and why?"
)
RUBRIC = (
    "A reason that rests on the slope. ReLU: slope 1 wherever the neuron is on, so that a gradient "
    "passes unweakened; better still with a word on neurons that are off for all inputs. tanh can "
    "be defended (centred, slope up to 1) by someone who sees that both S-curves flatten far out. "
    "The sigmoid's slope is ¼ at most, and the step has none to follow."
)


@check(points=0.5)
def step_values(student):
    """The step is 0 below zero and 1 from zero on

    Where: the function `step`, at zero and on its left.

    Why: the Heaviside step answers a yes-or-no question, so its two values are 0 and 1. A function
    that jumps from −1 to 1 is the sign, which is another one. Zero itself belongs to the right-hand
    side: the neuron is on as soon as its input reaches the threshold. Put the question to the whole
    array at once; a plain `if` cannot, because one half of the array may say yes and the other no.

    Almost: `np.where(z ___ 0, ___, ___)`, with the comparison that lets zero count as yes.
    """
    yield from values(student, "step")


@check(points=0.75)
def sigmoid_values(student):
    """The sigmoid rises from 0 to 1 and holds however large the input is

    Where: the function `sigmoid`. Look first at zero, where it is ½, then far out on both sides.

    Why: the exponential of −z shrinks to nothing on the right, so that the fraction grows to 1, and
    it explodes on the left, so that the fraction vanishes. Three slips are common: the sign in the
    exponent, a product in place of a fraction, and missing brackets around the denominator. NumPy's
    exponential takes arrays; the one in `math` takes a single number.

    Almost: `1 / (___ + np.exp(___))`. At −10,000 its overflow is only a warning, since 1/∞ is 0.
    """
    yield from values(student, "sigmoid")


@check(points=0.75)
def tanh_values(student):
    """tanh rises from −1 to 1 and holds however large the input is

    Where: the function `tanh`, at inputs of 710 and more.

    Why: the fraction with two exponentials is right on paper. In floating point $e^{710}$ is more
    than the largest number, 1.8e308, so that infinity is divided by infinity, and that is nan. Long
    before, at about 20, tanh is 1 to every digit that a float has. A form in which the exponential
    stands in the denominator only never meets this: there it may vanish or explode, and the
    fraction stays a number. The function that NumPy brings along is safe too.

    Almost: `np.___(z)`, or twice the sigmoid of ___, less one.
    """
    yield from values(student, "tanh")


@check(points=0.75)
def relu_values(student):
    """ReLU is 0 for negative inputs and passes the others through

    Where: the function `relu`, on an array that holds both signs.

    Why: each element is to be compared with zero on its own. Python's built-in `max` compares whole
    things: given a number and an array, it asks whether the array as a whole is larger, and an
    array with many elements has no single answer. That is what the error about an ambiguous truth
    value means. NumPy has a function that compares two arguments element by element; one of them
    may be a single number, and the answer has the shape of the other.

    Almost: `np.___(0, z)`, or z times the condition ___.
    """
    yield from values(student, "relu")


@check(points=1)
def sigmoid_slope(student):
    """The sigmoid's slope is ¼ at zero and shrinks to nothing far out

    Where: `derivative("sigmoid")`, at the point that the report names.

    Why: read the sigmoid as one over something and differentiate that. The chain rule brings in the
    inner derivative of $e^{-z}$, whose minus cancels that of the reciprocal, and the square of the
    denominator. The result can be said with the sigmoid alone: its value times what is missing to
    one. In that form a stands for σ(z), so the expression must hold the sigmoid where the formula
    in the book has a. SymPy can do all of it.

    Almost: with `s = 1 / (1 + exp(-z))`, either `s * (___)` or `diff(___, z)`.
    """
    yield from slope(student, "sigmoid")


@check(points=1)
def tanh_slope(student):
    """The slope of tanh is 1 at zero and shrinks to nothing far out

    Where: `derivative("tanh")`, at the point that the report names.

    Why: tanh is sinh divided by cosh, and each of the two is the other's derivative. The quotient
    rule puts cosh² − sinh² above cosh², and that numerator is 1. So the slope is one over cosh²,
    which is the square of sech, and also one minus the square of tanh. In both forms the square is
    easily lost. If SymPy has only written down that something is to be differentiated, ask it to
    carry that out.

    Almost: `1 - ___**___`, or `diff(___, z)`.
    """
    yield from slope(student, "tanh")


@check(points=1)
def relu_slope(student):
    """ReLU's slope is 0 left of zero and 1 right of it

    Where: `derivative("relu")`, on either side of zero. Zero itself is not asked here.

    Why: left of zero ReLU is constant, and a constant does not rise. Right of zero it is the line
    through the origin that gains one with each step to the right. So the slope takes just two
    values; it looks like the step, not like ReLU and not like the sign. `Piecewise` says this
    directly. SymPy finds it too: for a real symbol, the derivative of `Max(0, z)` is a
    `Heaviside`, which is the same function.

    Almost: `Piecewise((___, z < 0), (___, True))`.
    """
    yield from slope(student, "relu", kinks=(0,))


@check(points=1)
def slopes_at_zero(student):
    """At zero the two S-curves have a slope and ReLU has none

    Where: the dict that `slope_at_zero` returns; the report names the entry.

    Why: a slope exists where the difference quotient has one limit, whichever side it comes from.
    The table below shows the quotients for smaller and smaller steps to the left and to the right.
    For two of the functions both columns run to the same number. For the third they stay apart
    however small the step: the curve is unbroken but has a corner. Software has to compute with
    some number there, and any number between the two sides will do, but that is a convention and
    no slope.

    Almost: `{"sigmoid": 1 / ___, "tanh": ___, "relu": None}`.
    """
    answer = fetch(student.slope_at_zero())
    if not isinstance(answer, dict):
        expected = 'a dict with the keys "sigmoid", "tanh" and "relu"'
        said = "Return one dict, with a slope or None under each name."
        yield Finding("slope_at_zero()", expected, show(answer), ok=False, diagnosis=said)
        return
    for name, true in SLOPES_AT_ZERO.items():
        given = answer.get(name, "no such key")
        slope = as_float(given)
        missing = given is None or (slope is not None and np.isnan(slope))
        ok = missing if true is None else slope is not None and abs(slope - true) <= 1e-9
        mistakes = (said for said, wrong in AT_ZERO[name].items() if slope == wrong)
        said = None if ok else next(mistakes, None)
        if ok and true is None and given is not None:
            said = "nan is taken for None here."
        shown = f'slope_at_zero()["{name}"]'
        yield Finding(shown, show(true), show(given), ok, said, subject="slope_at_zero")
    yield quotients()


@check(points=1)
def tanh_as_sigmoid(student):
    """tanh is the sigmoid, stretched and shifted

    Where: the function `tanh_from_sigmoid`, and behind it your `sigmoid`.

    Why: both curves are S-shaped, but they differ in three ways. The sigmoid runs from 0 to 1, tanh
    from −1 to 1, so the height must be doubled. At zero the sigmoid is ½ and tanh is 0, so the
    curve must be moved down. And tanh is steeper: with the height doubled alone the slope at zero
    would be ½, while tanh has slope 1, so the input must be changed as well. If the answer is right
    near zero and wrong far out, look at the sigmoid itself.

    Almost: `___ * sigmoid(___ * z) - ___`.
    """
    rng = generator(student)
    inputs = (0.5, points(student), rng.normal(size=(rng.integers(2, 4), rng.integers(4, 7))))
    yield from computes(
        student.tanh_from_sigmoid,
        np.tanh,
        on=[(one,) for one in inputs],
        within=1e-12,
        known=OF_IDENTITY,
    )


@check(points=2, partial=True, seconds=30)
def drawn(student):
    """Every function and every slope is drawn where it lies, and named

    Where: `plot_activations`; the report shows your drawing and names the curve.

    Why: a reader meets the picture without your code. Each curve needs a label, and `legend()` must
    be called after the curves are drawn, or no label shows. The axes need words. A curve and its
    slope can only be compared where both panels show the same range, so make one array of inputs
    and use it for both. Two points are enough for a straight line, but a bend needs many.

    Almost: `z = np.linspace(___, ___, 201)`, then for each function
    `ax_functions.plot(z, ___(z), label="___")`.
    """
    figure = drawing(student.plot_activations)
    yield from judged(figure)
    yield figure.picture("Your drawing", "The curves as plot_activations draws them")


@check(points=0)
def notes(student):
    """Which activation belongs into a deep network, in your own words"""
    yield prose(student.NOTES, RUBRIC, QUESTION)


def values(student, name):
    """Compare a function at single points first, then on inputs of other shapes and types."""
    function = getattr(student, name)
    right = True
    at = points(student)
    for finding in agrees(function, FORMULAS[name], at=at, known=OF_VALUES[name]):
        right &= finding.ok
        yield finding
    if right:
        rng = generator(student)
        whole = rng.permutation(np.arange(-4, 5))
        square = rng.normal(size=(rng.integers(2, 4), rng.integers(4, 7)))
        number = round(float(rng.uniform(-3, 3)), 2)
        yield from computes(function, VALUES[name], on=[(number,), (whole,), (square,)])
    yield from values_over_truth(function, name)


def slope(student, name, kinks=()):
    """Compare a derivative with the true one, whatever its form."""
    answer = student.derivative(name)
    yield equivalent(answer, SLOPES[name], kinks=kinks, known=OF_SLOPES[name])
    yield from slope_over_truth(answer, name)


def points(student):
    """Return where a function is tried: easy points, drawn ones, then far ones."""
    return np.array([*FRIENDLY, *generator(student).uniform(-6, 6, size=16).round(2), *FAR])


def as_float(given):
    """Return a number of any type, SymPy's included, as a float; None for anything else."""
    if isinstance(given, Expression) and not given.symbols:
        value = given.evaluate(0)
        return None if value.imag else float(value.real)
    if isinstance(given, bool) or not isinstance(given, (int, float, np.integer, np.floating)):
        return None
    return np.inf if abs(given) > HUGE else float(given)  # float() gives up at 1e308
