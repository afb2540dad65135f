"""Perceptron and Logistic Regression: one step of each, a fit, and what separates the two."""

from __future__ import annotations

import numpy as np
from ends import WITHIN, pair, wrong_end
from mistakes import (
    OF_PROBABILITIES,
    OF_SOFTMAX,
    OF_STEP,
    RAISING,
    SUMS,
    of_changes,
    of_gradient,
    right_step,
)
from models import error, overlapping, sigmoid
from models import gradient as gradient_of
from models import softmax as rows
from pictures import boundary, nudged, progress, two_models

from grader import Finding, check, computes, fetch, generator, prose
from grader.expect import same, type_remark
from grader.show import show

SIZES = ((73, 1), (90, 2), (84, 3))  # samples and features of the data that are fitted
SAMPLES, EPOCHS = 20, 10  # of the Perceptron's experiment


@check(points=1.5)
def step(student):
    """The Perceptron moves only when it is wrong, and towards the right answer

    Where: the function `perceptron_step`. Try the sample of the message with pencil and paper:
    first z, then the output, then the two changes.

    Idea: the output is 1 where z is 0 or more, else 0. The difference between label and output is
    1, 0 or −1. It is 0 when the output is right, and then nothing may move. It is 1 when a sample
    of class 1 was missed, so z has to grow for this sample, and adding a bit of x itself to w does
    just that. It is −1 when a sample of class 0 was taken for a 1. The bias is treated like a
    weight whose input is always 1.

    Almost: `w + eta * (___ - ___) * x`, and the bias changes by the same factor, without the x.
    """
    rng = generator(student)
    drawn = []
    for y, n in ((0, 3), (1, 5)):
        w, x = rng.uniform(-2, 2, size=(2, n)).round(1)
        b = round(float(rng.uniform(0.5, 2) * (1 - 2 * y) - x @ w), 2)  # on the wrong side
        drawn.append((w, b, x, y, 0.3))
    yield from computes(
        student.perceptron_step,
        right_step,
        on=[
            (np.array([1.0, -1.0]), -1.5, np.array([1.0, 2.0]), 1, 0.1),
            (np.array([1.0, -1.0]), 0.5, np.array([3.0, 1.0]), 0, 0.1),
            (np.array([1.0, 1.0]), -1.0, np.array([1.0, 2.0]), 1, 0.1),
            (np.array([0.0, 0.0]), 0.0, np.array([1.0, 2.0]), 0, 0.5),
        ],
        drawn=drawn,
        known=OF_STEP,
        parts=("w", "b"),
        squeeze=True,
    )


@check(points=1.5)
def probabilities(student):
    """The distance from the boundary becomes a probability, and nothing overflows on the way

    Where: the function `predict_proba`, and the z that the message shows.

    Idea: for every sample compute z from all features and the bias, then squash z into the range
    from 0 to 1. Far from the boundary the result is 0 or 1 to all digits, yet the obvious formula
    asks for the exponential of 1000 on the way, which no float can hold. Two forms of the same
    function help: one with exp(−z), which is harmless where z is positive, and one with exp(z),
    which is harmless where z is negative. Choose by the sign of z, or find a function in NumPy or
    SciPy that is the same up to a factor.

    Almost: `e = np.exp(-np.abs(z))`, then `np.where(z >= 0, 1, ___) / (1 + ___)`.
    """
    rng = generator(student)
    X, w = rng.normal(size=(7, 4)).round(1), rng.normal(size=4).round(1)
    yield from computes(
        student.predict_proba,
        lambda X, w, b: sigmoid(X @ w + b),
        on=[
            (np.array([[0.0, 0.0]]), np.array([1.0, 2.0]), 0.0),
            (np.array([[0.0], [1.0], [-1.0]]), np.array([2.0]), 0.7),
            (np.array([[1000.0], [-1000.0]]), np.array([1.0]), 0.0),
        ],
        drawn=[(X, w, -0.4)],
        known=OF_PROBABILITIES,
        raising=RAISING,
        quiet=True,
        squeeze=True,
    )


@check(points=2)
def gradient(student):
    """The gradient of the mean log loss is right in every weight and in the bias

    Where: the function `log_loss_gradient`. The table shows how the loss really changes when one
    number is nudged a little.

    Idea: take one sample first. The chain has three links: from the loss to p, from p to z, from z
    to the weights. The first link has p(1 − p) in its denominator, the second is exactly
    p(1 − p), and so their product is only the difference of two numbers. The third link is the
    input: x for the weights and 1 for the bias. The mean over all samples is the sum, divided by
    their number. Do not forget the bias inside of z.

    Almost: `error = predict_proba(X, w, b) - ___`, then `X.T @ error / ___` and the mean of
    `error`.
    """
    rng = generator(student)
    X, y = np.array([[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0], [2.0, -1.0]]), np.array([0, 1, 0, 1])
    w, b = np.array([0.5, -1.0]), 0.7
    drawn = [
        (rng.normal(size=(m, n)).round(2), rng.integers(2, size=m), rng.normal(size=n).round(1), b)
        for m, n in ((200, 5), (37, 3))
    ]
    right = True
    for finding in computes(
        student.log_loss_gradient,
        gradient_of(error),
        on=[(X, y, w, b)],
        drawn=drawn,
        within=1e-6,
        known=of_gradient(len(y)),
        raising=RAISING,
        parts=("the gradient by w", "the gradient by b"),
        squeeze=True,
    ):
        right &= finding.ok
        yield finding
    if not right:
        yield nudged(X, y, np.append(w, b))


@check(points=2.5, seconds=60)
def fit(student):
    """Gradient descent reaches the weights of the least log loss

    Where: the function `fit_logistic`, called with its defaults, 3000 steps at the rate 1.

    Idea: start with all weights and the bias at zero. Each step needs the gradient at the place
    where you are now, over the whole data set, and goes against it. Nothing stops before the last
    step, and nothing is shuffled. On classes that overlap, the log loss is a bowl with a single
    lowest point, so every right descent ends at the same numbers. If yours end elsewhere, then
    either the gradient is not that of the mean log loss, or weights and bias are not updated
    together, or the steps are fewer.

    Almost: in a loop over `range(steps)`: `by_w, by_b = log_loss_gradient(X, y, w, b)`, then
    `w = w - ___ * ___`, and `b` in the same way.
    """
    rng = generator(student)
    sets = [overlapping(rng, m, n) for m, n in SIZES]
    answers = [fetch(student.fit_logistic(data.X, data.y)) for data in sets]
    ends = [pair(answer, len(data.best) - 1) for answer, data in zip(answers, sets, strict=True)]
    for data, answer, end in zip(sets, answers, ends, strict=True):
        shown = f"fit_logistic(X, y) with X of shape {show(data.X.shape)}"
        expected = show((data.best[:-1], data.best[-1]))
        ok = end is not None and bool(np.all(np.abs(end - data.best) <= WITHIN))
        said = None if ok else wrong_end(sets, answers, ends)
        yield Finding(shown, expected, show(answer), ok, said, subject="fit_logistic")
        if not ok:
            break
    if ends[1] is not None:
        yield boundary(sets[1], ends[1])


@check(points=1)
def softmax(student):
    """Softmax gives each sample probabilities that sum to 1 over the classes

    Where: the function `proba_softmax`: rows are samples, columns are classes.

    Idea: every row of z becomes positive numbers by exponentiation, and then each of them is
    divided by the sum of its own row. The sum has to run along the classes, and it has to keep its
    axis, so that a column of m sums stands beside the m rows. Large z overflow. Subtracting the
    same number from all z of a row divides all its exponentials by the same factor, which cancels
    in the quotient; so subtract the number that makes the largest exponent 0.

    Almost: `e = np.exp(z - z.max(axis=___, keepdims=True))`, then divide `e` by its sum along the
    same axis.
    """
    rng = generator(student)
    X, W = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]])
    b = np.array([0.0, 0.0, 1.0])
    drawn = [rng.normal(size=size).round(1) for size in ((6, 2), (2, 4), (4,))]
    yield from computes(
        student.proba_softmax,
        lambda X, W, b: rows(X @ W + b),
        on=[(X, W, b), (X, W, b + 1000), (X, W, b - 1000)],
        drawn=[tuple(drawn)],
        known=OF_SOFTMAX,
        raising=RAISING | SUMS,
        squeeze=True,
    )


@check(points=1, after=step)
def choices(student):
    """What turns a Perceptron into Logistic Regression, and what that gains

    Where: the dict that `answers` returns, one key after the other.

    Why: the plot shows an experiment with your own `perceptron_step`, on samples that no line
    separates. Look at its number of mistakes in the last epochs, and at the log loss beside it.
    For the changes, go through the list and ask what would go wrong without each: without a smooth
    output there is no slope to follow; with another loss, as your fit shows, the weights end
    elsewhere. Whatever could be left out, or serves any model alike, is not needed.

    Almost: three of the five changes are needed: what the neuron puts out, the ___ that is made
    small, and the way in which it is made small.
    """
    data = overlapping(generator(student), SAMPLES, 2, apart=2.0)
    epochs = experiment(student, data)
    mistakes = [wrong for wrong, _ in epochs]
    shown = f"the fewest mistakes of your Perceptron in any of {EPOCHS} epochs"
    fewest = min(mistakes, default=0)
    yield Finding(shown, "at least 1", str(fewest), fewest > 0, subject="perceptron_step")
    if epochs:
        yield two_models(data, [line for _, line in epochs])
        yield progress(data, mistakes)
    yield from judged(fetch(student.answers()), mistakes)


@check(points=0)
def in_words(student):
    """Perceptron and Logistic Regression in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "A probability in place of a bare class; convergence where no line separates the "
            "classes. Equivalence needs three changes: the logistic (softmax for several classes)"
            " in place of the step, the cross-entropy loss, and training by gradient descent on "
            "it."
        ),
        question=(
            "Why is Logistic Regression usually preferred to a Perceptron, and what has to change"
            " in a Perceptron to make it equivalent?"
        ),
    )


def judged(answers, mistakes):
    """Yield a finding for each answer; ``mistakes`` are those of the experiment, by epoch."""
    if not isinstance(answers, dict):
        said = type_remark(answers, {}) or "Return one dict with the three keys of the stub."
        yield Finding("answers()", "a dict", show(answers), ok=False, diagnosis=said)
        return
    said = of_changes(answers.get("changes"))
    yield answered(answers, "changes", "what is needed, and nothing else", said)
    certain = "A Perceptron says 0 or 1, the same beside its line and far from it."
    count = mistakes[-1] if mistakes else "some"
    for key, right, reason in (
        ("has_probability", "logistic", certain),
        ("non_separable", "never_converges", f"Yours made {count} mistakes in the last epoch."),
    ):
        said = None if same(answers.get(key), right) else reason
        yield answered(answers, key, show(right), said)


def answered(answers, key, expected, problem):
    got = show(answers.get(key, "no such key"))
    shown = f'answers()["{key}"]'
    return Finding(shown, expected, got, problem is None, problem, subject="answers")


def experiment(student, data):
    """Return the mistakes and the last line, (3,), of each epoch of the student's Perceptron."""
    line, epochs = np.zeros(3), []
    for _ in range(EPOCHS):
        mistakes = 0
        for x, label in zip(data.X, data.y.tolist(), strict=True):
            call = student.perceptron_step(line[:2], float(line[2]), x, label, 1.0)
            moved = pair(fetch(call), 2)
            if moved is None:
                return []
            mistakes += bool((moved != line).any())
            line = moved
        epochs.append((mistakes, line))
    return epochs
