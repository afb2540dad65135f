"""Shapes: six arrays, the equation that joins them, the same network in Keras."""

from __future__ import annotations

import numpy as np
from blocks import NAMES, diagram, expected, is_right, reason, remark
from network_in_keras import arrangement, refusal, weights_of
from row_sums import told
from two_layers import (
    IN_FORWARD,
    INSTEAD,
    SMALLEST,
    Sizes,
    drawn,
    equation,
    messages,
    untrained,
    weights,
)

from grader import Finding, check, close, computes, equal, fetch, generator, prose
from grader.expect import type_remark
from grader.keras_model import Model
from grader.show import show

SMALL = Sizes(1, 2, 3, 4)  # those of SMALLEST
TRAPS = (3, 10, 50)  # batch sizes at which a wrong shape can look right


@check(points=3, partial=True)
def six_shapes(student):
    """Six arrays have shapes that fit together, whatever the size of the batch

    Where: the dict that `shapes` returns. The report sets your shapes side by side, one row for
    each layer.

    Idea: begin at X, which has one row for each instance and one column for each input. In
    `X @ W` the columns of X meet the rows of W, and a column of W holds the weights of one
    neuron. A bias belongs to a neuron, not to an instance, so there are as many as columns of W,
    and NumPy adds them to every row. What the hidden layer gives is what the output layer takes.
    Only arrays that have one row for each instance can contain m.

    Almost: `{"X": (m, ___), "Wh": (___, 50), "bh": (50,), "Wo": (___, ___), ...}`.
    """
    sizes = [m for m in range(4, 100) if m not in TRAPS]
    batches = [int(m) for m in generator(student).choice(sizes, 3, replace=False)]
    given = [fetch(student.shapes(m)) for m in batches]
    m, first = batches[0], given[0]
    if not all(isinstance(one, dict) for one in given):
        keys = f"a dict with the keys {', '.join(NAMES)}"
        wrong = next(one for one in given if not isinstance(one, dict))
        said = type_remark(wrong, {}) or "Return a dict: six names and their shapes."
        yield Finding(f"shapes({m})", keys, show(wrong), ok=False, diagnosis=said, subject="shapes")
        return
    constant = len({show(first.get(name)) for name in NAMES}) == 1
    for name in NAMES:
        values = [one.get(name) for one in given]
        wrong = [n for n, size in enumerate(batches) if not is_right(name, values[n], size)]
        n = wrong[0] if wrong else 0
        said = reason(name, values, batches) if wrong else remark(name, values[0])
        if any(name not in one for one in given):
            said = f"The dict has no key {name!r}; its keys are X, Wh, bh, Wo, bo and Y."
        yield Finding(
            f'shapes({batches[n]})["{name}"]',
            show(expected(batches[n])[name]),
            show(values[n]),
            ok=not wrong,
            diagnosis=said,
            subject="shapes",
            weight=0 if constant else 1,  # one answer to six questions is none
        )
    yield diagram(first, m)


@check(points=1)
def parameters(student):
    """The number of parameters counts every weight and every bias once

    Where: the function `n_parameters`; it takes nothing, so it returns one number.

    Idea: each connection has a weight of its own, and each neuron has a bias of its own. Training
    changes these and nothing else: neither the instances in X nor what the neurons give are
    parameters. The shapes that you found in the first part already say how many numbers each of
    the four arrays holds, because an array of shape (r, c) holds r times c numbers. Keras prints
    the same number below `model.summary()`, once your model is built, so you can compare.

    Almost: `10 * ___ + 50 + ___ * 3 + ___`.
    """
    yield equal(
        student.n_parameters(),
        703,
        known={
            "650 = weights only; add 50 + 3 biases.": 650,
            "53 = biases only; add 10 × 50 + 50 × 3 weights.": 53,
            "The 3 biases of the output layer are missing.": 700,
            "The 50 biases of the hidden layer are missing.": 653,
            "63 is the number of neurons and inputs; each connection has a weight.": 63,
            "Inputs have no biases: only the 50 + 3 neurons have.": 713,
            "There is one bias for each neuron, not one for each layer.": 652,
            "That is the hidden layer alone; the output layer has parameters too.": 550,
            "That is the output layer alone; the hidden layer has parameters too.": 153,
        },
    )


@check(points=3.5)
def outputs(student):
    """Each layer multiplies by its weights, adds its biases and applies ReLU

    Where: the function `forward`. It is tried on one row and on several, and on layers of several
    sizes.

    Idea: the network is one function inside another. The hidden layer turns X into as many
    columns as it has neurons; the output layer does exactly the same to that result with its own
    weights and biases. ReLU replaces every negative number by 0 and keeps the others, and the
    question asks for it in both layers. Nothing has to be repeated for the rows: NumPy adds a
    vector of biases to every row of a matrix whose number of columns is the vector's length.

    Almost: `H = np.maximum(0, X @ ___ + ___)`, and then the same line once more with ___ in place
    of X.
    """
    random = generator(student)
    asked = [Sizes(7, 10, 50, 3), Sizes(1, 10, 50, 3)]
    others = [int(size) for size in random.choice(range(2, 10), 4, replace=False)]
    unseen = [Sizes(*others), Sizes(11, *others[:3])]
    yield from computes(
        student.forward,
        equation,
        on=[SMALLEST, *(drawn(random, sizes) for sizes in asked)],
        drawn=[drawn(random, sizes) for sizes in unseen],
        known=IN_FORWARD,
        raising={
            text: said
            for sizes in (SMALL, *asked, *unseen)
            for text, said in messages(sizes).items()
        },
    )


@check(points=1, seconds=30)
def keras_model(student):
    """The Keras model has these weights and computes this equation

    Where: the function `build`. Its weights are replaced by random ones, and its outputs compared
    with the equation.

    Idea: a Dense layer holds a matrix of weights and a vector of biases, and Keras makes both as
    soon as it knows how many inputs there are. Declaring the input shape is enough for that; the
    batch size is left out of it, since it may differ from call to call. An activation belongs to
    the layer whose outputs it changes. Without one, a Dense layer is linear. The question gives
    the same activation to the neurons of both layers, so nothing turns outputs into shares.

    Almost: `keras.Input((___,))`, then `Dense(___, activation="relu")`, then
    `Dense(3, activation="___")`.
    """
    model = student.build()
    described = fetch(model)
    if not isinstance(described, Model):
        said = type_remark(described, 0) or "It returned something else."
        said = f"{said} Return a `keras.Model`, such as `keras.Sequential([...])`."
        yield of_build("build()", "a Keras model", show(described), said)
        return
    random = generator(student)
    rows = random.normal(size=(7, 10)).astype(np.float32)
    if not described.built:  # a class of the student's own learns its input from the first call
        refused = refusal(model(rows))
        if refused:
            yield of_build("build()(X) for 7 rows of 10 numbers", "7 rows of outputs", *refused)
            return
    given = weights_of(fetch(model.get_weights()))
    order, said = arrangement(given)
    wanted = Sizes(7, 10, 50, 3).weights
    total = sum(weight.size for weight in given)
    yield of_build(
        "build().get_weights()",
        f"shapes {', '.join(map(show, wanted.values()))}: 703 numbers",
        f"shapes {', '.join(show(weight.shape) for weight in given) or 'none'}: {total:,} numbers",
        said,
    )
    if order is None:
        return
    new = [array.astype(np.float32) for array in weights(random, Sizes(7, 10, 50, 3))]
    fetch(model.set_weights([new[n].reshape(given[k].shape) for k, n in enumerate(order)]))
    refused = refusal(model(rows))
    if refused:
        yield of_build("build()(X) for 7 rows of 10 numbers", "7 rows of outputs", *refused)
        return
    arrays = (rows, *new)
    wrong = {said: instead(*arrays) for said, instead in INSTEAD.items()}
    yield close(model(rows), equation(*arrays), within=1e-5, known=wrong)


@check(points=1, after=outputs)
def no_probabilities(student):
    """Whether the three outputs of a row are probabilities

    Where: the function `answers`. Your own `forward` was put to 1,000 instances, and the report
    shows what the rows of its outputs add up to.

    Idea: probabilities of things that exclude each other are never negative, never above 1, and
    add up to 1. Go through these three demands one by one and ask what ReLU guarantees. It only
    looks at one number, without knowing what the other neurons of its layer gave, so can it make
    three of them agree on a sum? Look at the chart: are all bars at 1? A layer that does make
    them agree needs another activation function, which comes in the next question.

    Almost: ReLU guarantees only that outputs are not ___.
    """
    instances = generator(student).normal(size=(1000, 10))
    call = student.forward(instances, *untrained())
    again = close(call, equation(instances, *untrained()))
    if not again.ok:
        yield again
        return
    yield from told(np.asarray(fetch(call)), fetch(student.answers()))


@check(points=0)
def in_words(student):
    """The shapes explained in your own words"""
    yield prose(
        student.NOTES,
        rubric=(
            "Weights belong to connections and biases to neurons, not to instances. Each row "
            "passes the same layers; broadcasting adds the one bias vector to every row."
        ),
        question=(
            "Why does the number of parameters not depend on the batch size, and why is one bias "
            "vector enough for all rows?"
        ),
    )


def of_build(shown: str, wanted: str, got: str, said: str | None) -> Finding:
    """Return a finding on the student's model; a sentence means that it is wrong."""
    return Finding(shown, wanted, got, said is None, said, subject="build")
