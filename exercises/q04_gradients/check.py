"""The logistic function, its slope and the step's, and what they mean for training."""

from __future__ import annotations

import contextlib

import numpy as np
from ends import after_one_step, another_way, at, two, why_it_failed, why_it_moved
from mistakes import (
    OF_ANSWERS,
    OF_COLLAPSE,
    OF_SHAPES,
    OF_SIGMOID,
    OF_SLOPE,
    OF_STEEPEST,
    OF_STEP_SLOPE,
    RAISING,
    SLOPE,
)
from neuron import ENOUGH, ONE_STEP, START, right, samples, step_slope
from neuron import sigmoid as logistic
from pictures import losses, shrinking, slope_over_truth, values_over_truth

from grader import Finding, check, computes, equivalent, fetch, generator, prose
from grader.expect import as_numbers, same, type_remark
from grader.sandbox.remote import StudentFault, fault_of
from grader.show import show

STILL = 1e-6  # how far a neuron may seem to move in single precision
PAUSES = (0, 2, 5, 10, 20, 50, 100, 200, 350, 500)  # steps after which the loss is drawn


@check(points=2)
def values(student):
    """The logistic function rises from 0 to 1 and never overflows

    Where: the function `sigmoid`, at the inputs of the message.

    Idea: it is one divided by a sum of two terms, and the second of them is an exponential. At 0
    both terms are 1, so the value is one half. Far to the right the exponential vanishes, far to
    the left it explodes, and at −1000 it is more than a float can hold. The fraction would still be
    right there, but only with a warning. If numerator and denominator are both multiplied by
    exp(z), the exponential that remains is harmless on the left. Take one form on either side, and
    take NumPy's functions: they work on whole arrays.

    Almost: `e = np.exp(-np.abs(z))`, then `np.where(z >= 0, 1, ___) / (1 + ___)`.
    """
    rng = generator(student)
    drawn = rng.normal(scale=3, size=(rng.integers(2, 4), rng.integers(4, 7))).round(2)
    yield from computes(
        student.sigmoid,
        logistic,
        on=[(np.array([0.0]),)] + [(np.array([size, -size]),) for size in (1.0, 40.0, 1000.0)],
        drawn=[(drawn,)],
        known=OF_SIGMOID,
        raising=RAISING,
        quiet=True,
    )
    yield from values_over_truth(student.sigmoid)


@check(points=2)
def slope(student):
    """The slope of the logistic function, as a formula

    Where: the function `sigmoid_prime`; it returns a SymPy expression, not numbers.

    Idea: read the logistic function as the power −1 of the sum 1 + exp(−z), and use the chain rule.
    The outer derivative brings a minus and the power −2, the inner one brings another minus and
    exp(−z), so in the end the sign is plus. The result can be written with σ alone: it is the
    product of σ and of what σ lacks to 1. That is why a network can compute it from outputs that it
    has anyway. The expression must contain z inside of σ, not the output in the place of z.

    Almost: make a symbol, `a = 1 / (1 + sympy.exp(-z))`, then return `a * (___)`, or let
    `sympy.diff(___, ___)` do the work.
    """
    answer = student.sigmoid_prime()
    yield equivalent(answer, SLOPE, known=OF_SLOPE)
    yield from slope_over_truth(answer)


@check(points=1)
def step_is_flat(student):
    """The step is flat on both sides of zero and has no slope at zero

    Where: the function `step_gradient`, on both sides of zero and at zero itself.

    Idea: draw the step. Left of zero it is a horizontal line, right of zero it is another one,
    higher by 1. How steep is a horizontal line? At zero itself it jumps: from the left, the
    difference quotient gets larger and larger without end, so there is no slope, not even an
    infinite one that a descent could use. Say that with `nan`, which stands for "no such number".
    The answer has the shape of z, and each number of z is looked at by itself.

    Almost: `np.where(z == 0, ___, ___)`.
    """
    rng = generator(student)
    drawn = rng.uniform(0.1, 5, size=(2, 4)).round(1) * rng.choice([-1, 0, 1], size=(2, 4))
    yield from computes(
        student.step_gradient,
        step_slope,
        on=[(np.array([-2.0, -0.5, 0.5, 3.0]),), (np.array([-1.0, 0.0, 1.0]),)],
        drawn=[(drawn,)],
        known=OF_STEP_SLOPE,
        raising=RAISING,
    )


@check(points=2, seconds=60)
def training(student):
    """Gradient descent moves a neuron with the logistic function, but not one with the step

    Where: the function `train_neuron`; the message says with which activation.

    Idea: each step computes z, the outputs and their errors for all samples, then the product of
    error and slope. The mean of that product is the gradient by b; with x as a further factor it is
    the gradient by w. Both are subtracted, times the rate. Only the outputs and the slope differ
    between the two activations. For the step the slope is 0 at every sample, so the product is 0,
    the gradient is 0, and the neuron stays exactly where it is, however wrong its outputs are.
    Nothing may take the place of that slope.

    Almost: `delta = (a - y) * ___`, then `w = w - lr * np.mean(delta * ___)` and the same for `b`
    without that factor.
    """
    rng = generator(student)
    rising, falling = (samples(rng, rising=up) for up in (True, False))
    still = fetch(student.train_neuron(falling.x, falling.y, "step"))
    ok = at(two(still), START, STILL)
    yield Finding(
        'train_neuron(x, y, "step")',
        f"{START}, the place where it started",
        show(still),
        ok,
        None if ok else why_it_moved(falling, still),
        subject="train_neuron",
    )
    answers = [
        (data, fetch(student.train_neuron(data.x, data.y, "sigmoid"))) for data in (rising, falling)
    ]
    learned = ok
    for (data, answer), kind in zip(answers, ("rising", "falling"), strict=True):
        end = two(answer)
        share = 0.0 if end is None else right(data.x, data.y, *end)
        ok = share >= ENOUGH
        learned = learned and ok
        yield Finding(
            f'train_neuron(x, y, "sigmoid") on {kind} labels',
            f"at least {ENOUGH:.0%} of the labels right",
            f"{share:.0%} right, with (w, b) = {show(answer)}",
            ok,
            another_way(data, end) if ok else why_it_failed(answers),
            subject="train_neuron",
        )
    if learned:
        x, y, rate = ONE_STEP
        yield after_one_step(fetch(student.train_neuron(x, y, "sigmoid", lr=rate, steps=1)))
    paths = {name: path(student, rising, name) for name in ("sigmoid", "step")}
    if all(paths.values()):
        yield losses(rising, paths)


@check(points=1.5)
def one_layer(student):
    """Two linear layers do what one linear layer does

    Where: the function `collapse`; the message says which part of its answer is wrong.

    Idea: write down what the two layers do with one row x: first $x W_1 + b_1$, then all of that
    times $W_2$, plus $b_2$. Multiply out. Every term either has an x in front, and these make up W,
    or it has none, and these make up b. Matrices may not change places: x stands on the left, so
    $W_1$ meets it first. Check the shapes: (n, h) times (h, k) is (n, k). The bias of the first
    layer has h numbers and cannot simply be added to the k numbers of the second; it takes the same
    way as everything else that leaves the first layer.

    Almost: `W = W1 @ ___` and `b = ___ @ W2 + ___`.
    """
    rng = generator(student)
    small = [np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), np.array([1.0, 0.0, 2.0])]
    small += [np.array([[1.0, 0, 0, 1], [0, 2, 0, 1], [0, 0, 3, 1]]), np.array([0.0, 1, 0, -1])]
    drawn = [
        tuple(rng.normal(size=size) for size in ((n, h), (h,), (h, k), (k,)))
        for n, h, k in ((5, 7, 3), (4, 2, 6))
    ]
    yield from computes(
        student.collapse,
        lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2),
        on=[tuple(small)],
        drawn=drawn,
        within=1e-12,
        known=OF_COLLAPSE,
        raising=OF_SHAPES,
        parts=("W", "b"),
        squeeze=True,
    )


@check(points=1, partial=True, seconds=30)
def steepest(student):
    """The steepest point of the logistic function, and what its slope is good for

    Where: `max_slope` and the dict that `answers` returns.

    Why: the slope is σ(1 − σ). A product of two numbers that add up to 1 is largest where they are
    equal, and from the output you get back to z. The answers follow from your own functions: look
    at where the neuron with the step ended, and at what a longer training or another rate would
    have changed about that. Then look at what `collapse` did to two layers. Would a third layer, or
    a tenth, have changed the kind of thing that comes out? If not, something has to stand between
    them.

    Almost: the two equal numbers are both ___, which σ reaches at z = ___; their product is the
    slope.
    """
    given = fetch(student.max_slope())
    place = two(given)
    ok = at(place, (0.0, 0.25), (1e-2, 1e-4))
    mistakes = (said for said, wrong in OF_STEEPEST.items() if at(place, wrong, 1e-9))
    said = None if ok else next(mistakes, type_remark(given, ()))
    if ok and not at(place, (0.0, 0.25), 1e-6):
        said = "Close enough; by reasoning it is exactly z = 0."
    yield Finding(
        "max_slope()", "(0.0, 0.25)", show(given), ok, said, subject="max_slope", weight=2
    )
    if place is not None:
        yield shrinking(float(place[1]))
    yield from answered(fetch(student.answers()), lacking(student))


@check(points=0)
def in_words(student):
    """The logistic function's part in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "The step is flat: its slope is zero wherever it exists, so gradient descent has "
            "nothing to follow. The logistic function has a positive slope everywhere. Better "
            "still: it flattens far out, and its slope is at most one quarter, so depth weakens "
            "the gradient."
        ),
        question=(
            "Why was the logistic activation function a key ingredient in training the first "
            "MLPs, and why would the step not do?"
        ),
    )


def answered(answers, missing):
    """Yield a finding for each answer; ``missing`` says for which there is no evidence, and why."""
    if not isinstance(answers, dict):
        said = type_remark(answers, {}) or "Return one dict with the three keys of the stub."
        yield Finding("answers()", "a dict", show(answers), ok=False, diagnosis=said, weight=2)
        return
    for key, (choice, reason) in OF_ANSWERS.items():
        said = missing[key] or (None if same(answers.get(key), choice) else reason)
        got = show(answers.get(key, "no such key"))
        shown, weight = f'answers()["{key}"]', 1 if key == "nonlinearity" else 0.5
        yield Finding(
            shown, show(choice), got, said is None, said, subject="answers", weight=weight
        )


def lacking(student):
    """Return, for each answer, why the student's own functions do not bear it out, or None."""
    rng = generator(student)
    x, y = np.array([-2.0, -1.0, 1.0, 2.0]), np.array([1, 1, 0, 0])
    step, sigmoid = (two(taken(student.train_neuron(x, y, name))) for name in ("step", "sigmoid"))
    stays, moves = at(step, START, STILL), sigmoid is not None and not at(sigmoid, START, STILL)
    W1, b1, W2, b2 = (rng.normal(size=size) for size in ((3, 5), (5,), (5, 2), (2,)))
    rows, layer = rng.normal(size=(4, 3)), taken(student.collapse(W1, b1, W2, b2))
    parts = [as_numbers(part)[0] for part in layer] if isinstance(layer, (tuple, list)) else []
    melts = [np.size(part) for part in parts] == [6, 2]
    with np.errstate(all="ignore"):
        melts = melts and np.allclose(
            rows @ parts[0].reshape(3, 2) + parts[1].ravel(), (rows @ W1 + b1) @ W2 + b2
        )
    trains = "It counts once your neuron with the step stays where it is, and the other one moves."
    layers = "It counts once your `collapse` gives what the two layers give."
    still, melted = None if stays and moves else trains, None if melts else layers
    return {"step_trains": still, "why": still, "nonlinearity": melted}


def taken(call):
    """Return the answer of a call; None where it raised."""
    return None if fault_of(call) else fetch(call)


def path(student, data, activation):
    """Return (steps, w and b) along a training, as far as it gives numbers."""
    ways = []
    with contextlib.suppress(StudentFault):  # a picture costs no points
        for steps in PAUSES if activation == "sigmoid" else PAUSES[::3]:
            end = two(taken(student.train_neuron(data.x, data.y, activation, steps=steps)))
            ways += [] if end is None or not np.isfinite(end).all() else [(steps, end)]
    return ways
