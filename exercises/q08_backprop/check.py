"""Backpropagation block by block, a step downhill, and the two modes of differentiation."""

from __future__ import annotations

from dataclasses import replace

import mlp
import numpy as np
import tapes
import training
from blocks import EXACT, Answer, exactly, four, judged
from network_mistakes import OF_FORWARD, OF_STEP
from pictures import WIDTHS, cost, heat, learning, to_try, tracing
from tape_mistakes import OF_FORWARD_MODE, OF_PASSES, OF_REVERSE_MODE

from grader import Finding, check, computes, equal, fetch, generator, prose
from grader.expect import same
from grader.show import show

SIZES = (  # n inputs, h hidden, k classes, m rows, classes that occur; small enough to try first
    (2, 3, 4, 5, 4),
    (4, 6, 3, 7, 2),
    (5, 4, 7, 1, 3),
    (3, 7, 5, 12, 4),
)
RATE = 0.1
MODES = ("forward", "reverse")


@check(points=1)
def forward_pass(student):
    """The forward pass gives the hidden layer and the probabilities of each class

    Where: the function `forward`, in the order in which it computes: Z1, then A1, then Y.

    Why: each row of X is one instance, so a product with the weights from the right takes all of
    them at once, and the bias is added to every row. The hidden layer bends its sums with tanh. The
    output layer is fed with what came out of tanh, and softmax turns the sums of each row into
    probabilities: powers of e, divided by their total in that row. The total needs `axis=1`, and
    `keepdims=True` so that it still stands beside its row.

    Almost: `powers = np.exp(Z2 - Z2.max(axis=1, keepdims=True))`, and then
    `Y = powers / powers.sum(___)`.
    """
    first, *others = batches(student)
    kept = fetch(student.forward(first.params, first.X))
    missing = [key for key in OF_FORWARD if not isinstance(kept, dict) or key not in kept]
    if missing:
        said = f"Return a dict with the keys Z1, A1 and Y; missing: {', '.join(missing)}."
        got = f"the keys {show(list(kept))}" if isinstance(kept, dict) else show(kept)
        wanted = "a dict with the keys 'Z1', 'A1', 'Y'"
        shown = "forward(params, X)"
        yield Finding(shown, wanted, got, ok=False, diagnosis=said, subject="forward")
        return
    right = True
    for key, known in OF_FORWARD.items():
        found = computes(
            lambda params, X, key=key: student.forward(params, X)[key],
            lambda params, X, key=key: mlp.forward(params, X)[key],
            on=[(batch.params, batch.X) for batch in (first, *others)],
            known=known,
        )
        for batch, finding in zip((first, *others), found, strict=False):
            right = right and finding.ok
            shown = f"{key} of forward(params, X) with {batch.sizes}"
            yield replace(finding, shown=shown, subject="forward")
        if not right:
            yield to_try(first)
            return


@check(points=4, partial=True)
def gradients(student):
    """Each gradient is the slope of the loss, found by the chain rule

    Where: the function `backward`. The report names the blocks that are wrong and the batch that
    showed it; the slopes beside yours come from moving each weight a little to both sides.

    Why: work from the loss back. For softmax with the mean cross-entropy, δ2 is the probabilities
    minus the one-hot targets, divided by m, and nothing else. A layer's weights get their gradient
    from what went into that layer, transposed, times its δ. Its biases act on every row, so they
    get the sum of δ over the rows. δ1 is δ2 sent back through W2, times the slope of tanh at each
    hidden neuron, which its output A1 tells.

    Almost: `d1 = (d2 @ W2.T) * (1 - ___)`, then `dW1 = X.T @ ___` and `db1 = d1.sum(axis=___)`.
    """
    answers = []
    for batch in batches(student):
        value = fetch(student.backward(batch.params, batch.X, batch.y))
        given, said = four(value, mlp.BLOCKS, batch.params)
        if given is None:
            shown, wanted = "backward(params, X, y)", "a list of four arrays"
            got = show(value)
            yield Finding(shown, wanted, got, ok=False, diagnosis=said, subject="backward")
            return None
        answers.append(Answer(batch, mlp.differences(batch), given, said))
    yield from judged(answers)
    telling = next((answer for answer in answers if answer.wrong), answers[0])
    yield from heat(telling)
    if answers[0].wrong:
        yield to_try(answers[0].batch)
    return answers


@check(points=1, after=gradients)
def precision(student, answers):
    """The gradients agree with automatic differentiation to ten digits

    Where: the arrays inside `backward` and `forward`, and their types.

    Why: the chain rule is exact, so a gradient in double precision carries about fifteen digits,
    if every step on the way keeps them. Two habits lose half of them. One is a cast to float32,
    which holds seven digits; TensorFlow makes its tensors of float32 unless it is told otherwise.
    The other is to take differences of the loss in place of derivatives: two numbers that are
    almost equal are subtracted there, and the digits that they share cancel.

    Almost: print `backward(params, X, y)[0].dtype`, which should be ___, and follow each array back
    to where it became something else.
    """
    yield from exactly(answers)


@check(points=1)
def step(student):
    """A step of gradient descent lowers the loss and leaves its inputs as they were

    Where: the function `gd_step`, and what has become of its arguments after the call.

    Why: the gradient points to where the loss rises fastest, so a step against it lowers the loss.
    The learning rate scales the step. Writing `p -= ...` changes the array that the caller still
    holds, and with it every other name for that array; whoever wants to compare the loss before and
    after, or to go back, finds the old parameters gone. An expression without the equals sign makes
    a new array.

    Almost: a list with `p - ___ * g` for each pair of a parameter and its gradient.
    """
    small, *others = batches(student)
    rates = (RATE, *generator(student).uniform(0.01, 0.5, size=len(others)).round(3).tolist())
    right = True
    for finding in computes(
        student.gd_step,
        lambda params, grads, lr: [p - lr * g for p, g in zip(params, grads, strict=True)],
        on=[
            (list(batch.params), mlp.gradients(batch), rate)
            for batch, rate in zip((small, *others), rates, strict=True)
        ],
        parts=training.NAMES,
        known=OF_STEP,
    ):
        right = right and finding.ok
        shown = "gd_step(params, grads, lr)"
        if finding.ok:
            rule = "params − lr · grads"
            yield replace(finding, shown=shown, expected=rule, got=rule)
        else:
            part, of, _ = finding.shown.partition(" of ")
            yield replace(finding, shown=f"{part}{of}{shown}" if of else shown)
    if right:
        yield training.lowered(student, small, RATE)
        yield training.untouched(student, small, RATE)


@check(points=1)
def forward_mode(student):
    """Forward mode carries a derivative along with every value

    Where: the function `forward_mode`, on the tape that the report shows.

    Why: walk along the tape once and keep two lists: the values, and how fast each value changes
    when the inputs move along the direction. At the start the second list is the direction itself,
    just as it comes. Every operation then tells how fast its result changes from how fast its
    operands do: a sum adds the two, a product has one term for each factor, and for sin, exp and
    tanh the chain rule multiplies the outer derivative by what its operand brought along.

    Almost: for `("mul", i, j)` the new value is `v[i] * v[j]`, and its derivative is
    `d[i] * v[j] + ___`.
    """
    rng = generator(student)
    questions = []
    for tape, x in tapes.questions(rng):
        direction = rng.uniform(-2, 2, size=len(x)).round(1)
        questions.append((tape, x, np.where(direction == 0, 0.5, direction).tolist()))
    yield from computes(
        student.forward_mode,
        tapes.forward_mode,
        on=questions,
        within=EXACT,
        known=OF_FORWARD_MODE,
        squeeze=True,
    )


@check(points=0.75)
def reverse_mode(student):
    """Reverse mode finds the derivatives by all inputs in one pass back

    Where: the function `reverse_mode`, on the tape that the report shows. The table below takes
    another tape apart, step by step.

    Why: first run the tape forwards for its values. Then ask of each value, from the last to the
    first, how fast the result changes with it. For the last value that is 1. Each operation hands
    what it has on to its operands, multiplied by its own derivative by that operand. A value that
    is used in several places gets a contribution from each, and the total is their sum, so nothing
    may be overwritten.

    Almost: for `("mul", i, j)` at place n: `g[i] ___ g[n] * v[j]` and `g[j] ___ g[n] * v[i]`.
    """
    yield from computes(
        student.reverse_mode,
        tapes.reverse_mode,
        on=tapes.questions(generator(student)),
        within=EXACT,
        known=OF_REVERSE_MODE,
        squeeze=True,
    )
    yield tracing(fetch(student.reverse_mode(*tapes.SHARED)))


@check(points=0.5)
def passes(student):
    """Forward mode pays for each input, reverse mode for each output

    Where: the function `passes`; the plot shows both modes for one output.

    Why: one pass forwards answers a single question: how do all outputs change when the inputs move
    along one direction? To know about each input on its own, that must be asked for one input after
    the other. One pass back answers the opposite question: how does one output change with each of
    the inputs? With several outputs it starts at each in turn. A network's loss is one number that
    depends on thousands of weights, which decides between the two.

    Almost: `return ___ if mode == "forward" else ___`.
    """
    rng = generator(student)
    drawn = rng.choice(np.arange(5, 60), size=(3, 2), replace=False).tolist()
    sizes = [(3, 1), (1, 4), *drawn]
    asked = [(mode, *size) for size in sizes for mode in ("forward", "reverse")]
    given = [fetch(student.passes(*question)) for question in asked]
    explained = (said for said, f in OF_PASSES.items() if same(given, [f(*one) for one in asked]))
    said = next(explained, None)
    for mode, n, k in asked:
        finding = equal(student.passes(mode, n, k), n if mode == "forward" else k)
        yield finding if finding.ok else replace(finding, diagnosis=said or finding.diagnosis)
        if not finding.ok:
            break
    yield cost({mode: [fetch(student.passes(mode, n, 1)) for n in WIDTHS] for mode in MODES})


@check(points=0.5)
def words(student):
    """Backpropagation is the whole training, reverse mode only finds its gradients

    Where: the dict that `answers` returns. The plot shows a run made of your own `backward` and
    `gd_step`; the choices count together with that run.

    Why: a gradient changes no weight. However often it is computed, the loss stays where it is, as
    the flat line shows. It takes a step to use it, and one step is not enough: the gradient holds
    only near the point where it was taken, so it must be found anew and stepped along again, batch
    after batch. The name backpropagation stands for all of this. Automatic differentiation in
    reverse mode is one technique within it, and is used for other things as well.

    Almost: `"backprop_includes": {"gradients", ___, ___}`, and for `"autodiff_is"` the word that
    promises less.
    """
    choices = fetch(student.answers())
    if not isinstance(choices, dict):
        said = "Return a dict with the keys backprop_includes and autodiff_is."
        got = show(choices)
        yield Finding("answers()", "a dict", got, ok=False, diagnosis=said, subject="answers")
        return
    run = training.run(student)
    yield training.choice_of_parts(choices.get("backprop_includes", "no such key"))
    yield training.choice_of_kind(choices.get("autodiff_is", "no such key"), run)
    yield training.evidence(run)
    yield learning(run)


@check(points=0)
def in_words(student):
    """Backpropagation in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "The values of the forward pass, above all the hidden activations, for the slopes and"
            " the weights' gradients. Equal weights make equal neurons with equal gradients for "
            "ever; random ones break that symmetry. Better still: backpropagation is the whole "
            "procedure, reverse-mode differentiation the part that computes gradients."
        ),
        question=(
            "What does the backward pass need of the forward pass, and why must the weights start"
            " at random values when the biases may start at zero?"
        ),
    )


def batches(student):
    """Return drawn batches of different sizes, the smallest first, in short numbers."""
    rng = generator(student)
    return [
        mlp.drawn(rng, sizes, present, digits=1 if number_ == 0 else 16)
        for number_, (*sizes, present) in enumerate(SIZES)
    ]
