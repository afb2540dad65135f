"""The Playground's claims, counted over many random starts."""

from __future__ import annotations

from dataclasses import replace

import claims
import experiments
import mistakes
import numpy as np
import pictures

from grader import Finding, check, computes, fetch, generator, prose
from grader.expect import is_number, type_remark
from grader.show import number, show

DEEP = [8, 8, 8, 8]
LINE = np.arange(-3.0, 4.0)
WAVE = 1e-4 * np.tanh(LINE + 0.25)  # bends everywhere, a little
QUESTION = "NOTES: what do 2, 3 and 8 neurons teach, and which of your numbers says so?"
RUBRIC = (
    "Two neurons never solve the circle, however they start: the network is too small, since two "
    "half-planes enclose no bounded region. Three can, but some starts get stuck: the outcome is a "
    "matter of luck, and a single run proves nothing. Eight always do: large networks rarely get "
    "stuck. Each point with a number of the student's own, such as 0, 0.92 and 1. Better still: "
    "stuck networks with tanh still improve, very slowly, so that a plateau is not yet a trap."
)


@check(points=0.75)
def parameters(student):
    """Every weight and every bias of a network is counted

    Where: `count_parameters`, for the widths in the message.

    Why: each neuron has one weight for every value that comes into it, and one bias. So a layer
    adds a product of two widths, its own and that of the layer before it, and then its own width
    once more. The chain of widths has to begin with the two inputs and to end with the single
    output neuron; neither of them stands in `hidden`. The inputs are not neurons: they hand on the
    coordinates of a point and have no bias.

    Almost: put the chain together as `[2, *hidden, ___]`, go through its neighbours `a, b`, and add
    up `(a + ___) * b`.
    """
    rng = generator(student)
    shapes = [[5, 3], [3], [8] * 6, [16, 4, 7]]
    drawn = [rng.integers(2, 20, size=size).tolist() for size in (2, 5)]
    yield from computes(
        student.count_parameters,
        experiments.count_parameters,
        on=[(shape,) for shape in shapes + drawn],
        known=mistakes.OF_PARAMETERS,
    )


@check(points=2, seconds=300, cpu_seconds=60)
def solved(student):
    """Two neurons never enclose the circle, three mostly do, and eight always

    Where: `solved_fraction`; the message shows with which network, seeds and limits.

    Why: every seed is one experiment, and each experiment has one outcome: is the loss below the
    limit when training ends? `train` runs all of them at once and gives a row of losses for each
    seed, one value an epoch. Only the last value decides. A loss that was low for a moment does
    not count, and neither does accuracy, which can be perfect long before the loss is small. The
    share of True in an array of truth values is their mean.

    Almost: `runs = train(hidden, activation, seeds, epochs=___)`, then
    `(runs.losses[:, ___] < max_loss).mean()`.
    """
    rng = generator(student)
    few = list(range(20))
    some = rng.choice(200, size=30, replace=False).tolist()
    limits = int(rng.integers(82, 96)), round(float(rng.uniform(0.045, 0.06)), 4)
    seeds, epochs, limit = experiments.rising()
    yield from computes(
        student.solved_fraction,
        experiments.solved_fraction,
        on=[
            ([2], "tanh", few),
            ([8], "relu", few),
            ([3], "tanh", some, *limits),
            ([4, 4, 4], "relu", seeds, epochs, limit),
            ([3], "tanh", list(range(200))),
        ],
        known=mistakes.OF_SOLVED,
    )
    yield pictures.few_and_many()
    yield pictures.forty_starts()


@check(points=1, seconds=300, cpu_seconds=60)
def speed(student):
    """ReLU gets there in about half as many epochs as tanh

    Where: `median_epochs`; the message shows with which network, seeds and limits.

    Why: ask each seed first, and take the median last. A seed's row of losses is below the limit
    from some epoch on, so the first True in `row < max_loss` is what is wanted, and `argmax` finds
    it: of several equal maxima it gives the first. Python counts from 0, people count epochs from
    1. In a row without any True, however, all values are equal, and `argmax` says 0, which would
    make a network that never got there the fastest of all. Such rows have to go before anything is
    measured. If none is left there is no median: that is nan.

    Almost: `below = losses < max_loss`, keep the rows `below[below.___(axis=1)]`, and take
    `argmax(axis=1) + ___`.
    """
    rng = generator(student)
    all_, some = list(range(40)), rng.choice(40, size=15, replace=False).tolist()
    limit = round(float(rng.uniform(0.03, 0.08)), 3)
    reached = [
        ([4, 2], "tanh", all_, 80),
        ([4, 2], "relu", all_, 80),
        ([3], "tanh", list(range(20)), 85),
        ([4, 2], "tanh", some, 80, limit),
    ]
    never = [([2], "tanh", [0, 1, 2], 20)]
    for inputs in (reached, never):  # apart: nan has no relation to any other number
        yield from computes(
            student.median_epochs,
            experiments.median_epochs,
            on=inputs,
            known=mistakes.OF_MEDIANS,
            raising=mistakes.RAISING,
        )
    yield pictures.race()


@check(points=1)
def straight_or_bent(student):
    """Along a segment, a bend is told from a straight line in spite of rounding

    Where: `bends`, on the small array in the message.

    Why: three neighbours lie on a straight line if the middle one is the mean of the other two,
    and then the second difference is zero. Computers round, so it comes out as 1e-16 or the like:
    what counts as zero must be said, and it must be said in proportion to the values, because
    those of one network are a thousand times those of another. A bend may go up or down, so look
    at sizes. Each row is a segment of its own, and the first and the last point of a row have no
    second difference.

    Almost: `d = z[:, :-2] - 2 * z[:, ___] + z[:, 2:]`, then the mean of
    `np.abs(d) > 1e-9 * np.abs(z).___()`.
    """
    rng = generator(student)
    slopes, kinks = rng.uniform(-2, 2, size=(2, 5, 1)).round(2), rng.uniform(-2.5, 2.5, size=(5, 1))
    drawn = slopes[0] * LINE + slopes[1] + 3 * np.maximum(LINE - kinks.round(2), 0)
    found = computes(
        student.bends,
        experiments.bends,
        on=[
            (np.stack([np.maximum(LINE, 0), 2 - LINE]),),
            (0.1 * np.arange(7.0)[None],),
            (1e4 * WAVE[None],),
            (np.stack([1e6 * (LINE - 3) + WAVE, WAVE]),),
            (1e-8 * WAVE[None],),
        ],
        drawn=[(drawn,)],
        known=mistakes.OF_BENDS,
    )
    for place, finding in enumerate(found):
        # Right where numbers are exact, wrong on a line whose points are rounded.
        rounding = place == 1 and not finding.ok and not finding.diagnosis
        yield replace(finding, diagnosis=mistakes.ROUNDING) if rounding else finding


@check(points=2)
def vanishing(student):
    """In a deep sigmoid network hardly any of the error reaches the first layer

    Where: `vanishing_ratio`; the message shows with which network and seeds.

    Why: backpropagation starts at the output and hands the error on from layer to layer, towards
    the inputs. Each time it is multiplied by weights and by the slope of the activation. That of
    the sigmoid is a quarter at most, so four layers leave less than a hundredth; tanh and ReLU
    have slopes of up to 1. `hidden_deltas` gives one row for each seed, from the first hidden
    layer, the one next to the inputs, to the last one. What is asked is how much of the last
    layer's error is left in the first: a small number where errors vanish.

    Almost: `d = hidden_deltas(hidden, activation, seeds)`, then the median of
    `d[:, ___] / d[:, ___]`.
    """
    rng = generator(student)
    seeds = rng.choice(1000, size=21, replace=False).tolist()
    widths = (rng.permutation(4) + 4).tolist()
    yield from computes(
        student.vanishing_ratio,
        experiments.vanishing_ratio,
        on=[
            *((DEEP, name, list(range(60))) for name in ("sigmoid", "tanh", "relu")),
            (widths, "sigmoid", seeds),
        ],
        known=mistakes.OF_RATIO,
    )
    yield pictures.errors_on_their_way()


@check(points=1)
def one_neuron(student):
    """One neuron in the last hidden layer does not keep a network from solving the circle

    Where: the widths that `refute_one_neuron` returns.

    Idea: a single neuron hands on a single number, and the output can still say +1 where that
    number is large and −1 where it is small. So both classes are possible. What one number cannot
    do is find the disc: for that the plane has to be cut several times first. Think of how many
    neurons reliably enclose the disc when there is just one hidden layer, and give its last step to
    a layer of its own. The claim is refuted by a network that gets there from nearly every start,
    not just from a lucky one, so be generous.

    Almost: `return [___, 1]`, with as many neurons in front as never got stuck.
    """
    answer = fetch(student.refute_one_neuron())
    expected = f"at least {claims.ENOUGH} of {claims.SEEDS} solved"
    flaw = claims.flaw_of_widths(answer)
    if flaw:
        yield _refutation("refute_one_neuron", "hidden widths that end in 1", show(answer), flaw)
        return
    widths = claims.widths_of(answer)
    attempt = claims.with_widths(widths)
    reached = number(float(np.median(attempt.runs.test_accuracies)), 2)
    why = "Give the layers in front of it more neurons: with three or four, some starts get stuck."
    if widths == [1]:
        why = (
            f"[1] reaches only {reached} accuracy: a lone neuron cuts the plane in two. One neuron "
            "in the *last* hidden layer, more before it."
        )
    got, ok = f"{attempt.solved} of {claims.SEEDS}", attempt.solved >= claims.ENOUGH
    yield _refutation(
        "refute_one_neuron", expected, f"{got} with {widths}", None if ok else why, ok=ok
    )
    yield pictures.one_neuron_regions(widths, attempt.runs)


@check(points=1)
def larger_rate(student):
    """A learning rate above 0.03 gets there in fewer epochs

    Where: the rate that `refute_small_rate` returns.

    Idea: one step goes down the slope by the rate times the gradient, so a larger rate goes the
    same way in fewer steps, for as long as it does not overshoot. The Playground offers 0.1, 0.3,
    1, 3 and 10. Somewhere on that list the steps become so large that they leap across the valley,
    and the loss jumps up and down and never settles. Write a loop that trains `[4, 2]` with each of
    them from forty seeds, and look at two numbers at once: how many are solved, and how many epochs
    that takes.

    Almost: `train([4, 2], "tanh", range(40), rate=___).losses`, for each rate; then choose.
    """
    answer = fetch(student.refute_small_rate())
    flaw = claims.flaw_of_rate(answer)
    if flaw:
        yield _refutation("refute_small_rate", f"a rate above {claims.SLOW}", show(answer), flaw)
        return
    rate = float(answer)
    attempt, usual = claims.with_rate(rate), claims.usual()
    most = usual.epochs / claims.FASTER
    fast = attempt.epochs <= most  # false for nan
    enough = attempt.solved >= claims.ENOUGH
    why = None if fast else f"At 0.03 it takes {number(usual.epochs)} epochs: be bolder."
    if not enough:
        why = "The steps are too large: the loss jumps about and does not settle. Be less bold."
    came = f"{attempt.solved} of {claims.SEEDS} solved"
    if attempt.solved:
        came += f", in {number(attempt.epochs)} epochs,"
    yield _refutation(
        "refute_small_rate",
        f"{claims.ENOUGH} of {claims.SEEDS} solved, in at most {number(most, 3)} epochs",
        f"{came} with {number(rate)}",
        why,
        ok=fast and enough,
    )
    yield pictures.two_rates(rate, attempt.runs)


@check(points=1, seconds=300, cpu_seconds=60)
def choices(student):
    """What the boundary of ReLU looks like, why two neurons fail, and where errors are small

    Where: the dict that `answers` returns, under the key in the message.

    Why: your own functions have measured the evidence. Along a line through the plane, z of a ReLU
    network bends at a few points and is straight between them, while that of a tanh network bends
    everywhere; so what shape does the line have on which z is zero? A network that fails from a few
    starts is unlucky. One that fails from all of them, on the very points that it is trained on, is
    something else, and it is not that it fits them too closely. And a ratio far below 1 says on
    which side of a deep network the error is small: its numerator belongs to the first layer.

    Almost: `{"relu_boundary": "___", "two_neurons": "___", "small_deltas": "___"}`.
    """
    answer = fetch(student.answers())
    if not isinstance(answer, dict):
        note = type_remark(answer, {}) or "Return a dict with the three keys of the stub."
        yield Finding("answers()", "a dict", show(answer), ok=False, diagnosis=note)
        return
    relu, tanh = (fetch(student.bends(experiments.lines(name))) for name in ("relu", "tanh"))
    yield _choice(
        answer,
        "relu_boundary",
        "piecewise_linear",
        f"Along straight segments your `bends` is {show(relu, 3)} with ReLU and {show(tanh, 3)} "
        "with tanh",
        backed=_between(relu, 0.01, 0.4) and _between(tanh, 0.9, 1),
    )
    share = fetch(student.solved_fraction([2], "relu", list(range(5))))
    yield _choice(
        answer,
        "two_neurons",
        "underfit",
        f"On the points that it is trained on, your `solved_fraction` for [2] is {show(share, 3)}",
        backed=_between(share, 0, 0),
    )
    ratio = fetch(student.vanishing_ratio([8] * 5, "sigmoid", list(range(20))))
    yield _choice(
        answer,
        "small_deltas",
        "lower",
        "Your `vanishing_ratio`, first hidden layer over last, is "
        f"{show(ratio, 3)} for five sigmoid layers",
        backed=_between(ratio, 0, 0.05),
    )


@check(points=0)
def notes(student):
    """What networks of 2, 3 and 8 neurons teach, in your own words"""
    yield prose(student.NOTES, RUBRIC, QUESTION)


def _refutation(function, expected, got, why, *, ok=False):
    return Finding(f"{function}()", expected, got, ok, why, subject=function)


def _choice(answer, key, right, evidence, *, backed):
    """Judge one choice: it counts together with what the student's own function measured."""
    chosen = answer.get(key)
    ok = isinstance(chosen, str) and chosen.strip().casefold() == right
    note = f"{evidence}." if backed else f"{evidence}: mend that first, a choice needs evidence."
    return Finding(
        f'answers()["{key}"]',
        "what your own numbers say",
        show(chosen) if key in answer else "no such key",
        ok and backed,
        note,
        subject="answers",
    )


def _between(value, low, high):
    return is_number(value) and low <= value <= high
