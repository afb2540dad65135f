"""Five tasks: which output layers and losses fit them, and why others do not."""

from __future__ import annotations

import math
from typing import NamedTuple

from spelling import Layer

BINARY = frozenset({"binary_crossentropy", "binary_focal_crossentropy"})
SPARSE = frozenset({"sparse_categorical_crossentropy"})
ONE_HOT = frozenset({"categorical_crossentropy", "categorical_focal_crossentropy"})
CROSS_ENTROPY = BINARY | SPARSE | ONE_HOT | {"crossentropy"}
DISTANCE = frozenset({"mean_squared_error", "mean_absolute_error", "huber"})
POSITIVE = frozenset({"relu", "softplus", "exponential"})
SHARES = frozenset({"sigmoid", "softmax"})


class Fit(NamedTuple):
    """An output layer that serves a task."""

    units: int
    activations: frozenset[str]
    losses: frozenset[str]


class Task(NamedTuple):
    """What a task asks of an output layer."""

    wanted: str  # in words that do not give the layer away
    outputs: str  # what its outputs are like
    fits: tuple[Fit, ...]
    range: tuple[float, float]

    @property
    def units(self) -> frozenset[int]:
        """The numbers of outputs that serve."""
        return frozenset(fit.units for fit in self.fits)


SIGMOID, SOFTMAX, LINEAR = map(frozenset, ({"sigmoid"}, {"softmax"}, {"linear"}))
TASKS = {
    "spam": Task(
        "a probability of spam, and the loss for labels 0 and 1",
        "from 0 to 1, and not one and the same",
        (Fit(1, SIGMOID, BINARY), Fit(2, SOFTMAX, SPARSE)),
        (0.0, 1.0),
    ),
    "mnist": Task(
        "probabilities of ten digits, and the loss for labels 0 to 9",
        "from 0 to 1, every row with sum 1",
        (Fit(10, SOFTMAX, SPARSE),),
        (0.0, 1.0),
    ),
    "housing": Task(
        "a number without bounds, and a loss for numbers",
        "on both sides of 0, without bounds",
        (Fit(1, LINEAR, DISTANCE),),
        (-math.inf, math.inf),
    ),
    "multilabel_tags": Task(
        "a probability for each of five tags, and the loss for five labels 0 or 1",
        "from 0 to 1, each for itself",
        (Fit(5, SIGMOID, BINARY),),
        (0.0, 1.0),
    ),
    "positive_price": Task(
        "a number above 0, and a loss for numbers",
        "never below 0, without an upper bound",
        (Fit(1, POSITIVE, DISTANCE | {"mean_squared_logarithmic_error"}),),
        (0.0, math.inf),
    ),
}
LOGITS = (
    "Without an activation these are logits: add one that makes probabilities of them, or give the "
    "loss `from_logits=True`."
)
TWICE = (
    "Logits expected; you pass probabilities. The loss turns them into probabilities once more: on "
    "MNIST that still reaches 97.4 %, so accuracy hides it."
)
SHARING = (
    "Softmax makes the five tags share a sum of 1, but a photo may have none or all: five yes/no "
    "questions need five separate probabilities."
)
HALF = "Not wrong for positive targets, but the default is no activation"
DEAD = "where ReLU gives 0 for every house, it learns nothing any more (a dead output)"


def fits(task: str, layer: Layer) -> bool:
    """Tell whether an output layer serves a task."""
    plain = resolved(layer)
    return any(
        plain.units == fit.units
        and plain.activation in fit.activations
        and plain.loss in fit.losses
        for fit in TASKS[task].fits
    )


def resolved(layer: Layer) -> Layer:
    """Return a layer with the activation that a loss of logits applies, and Keras's own choice.

    ``compile(loss="crossentropy")`` means binary for one output, else the kind that the labels
    have; here they are whole numbers.
    """
    units, activation, loss, logits = layer
    if loss == "crossentropy":
        loss = "binary_crossentropy" if units == 1 else "sparse_categorical_crossentropy"
    if logits:
        link = "sigmoid" if loss in BINARY else "softmax"
        activation = link if activation == "linear" else f"{activation} twice"
    return Layer(units, activation, loss, logits=False)


def half_right(task: str, layer: Layer) -> str | None:
    """Say why an output layer is half of what a task asks for, or None."""
    if task != "housing" or layer.activation not in POSITIVE:
        return None
    if not fits(task, layer._replace(activation="linear")):
        return None
    return f"{HALF}; {DEAD}." if layer.activation == "relu" else f"{HALF}."


def always_one(task: str) -> str:
    """Say what a softmax over a single output gives."""
    return f"Softmax of one number is always 1.0{': every mail is spam' * (task == 'spam')}."


def mistake(task: str, layer: Layer) -> str:  # noqa: PLR0911  one line a mistake
    """Name what is wrong with an output layer that does not serve, the gravest first."""
    if layer.units is None:
        return "`units` is a whole number: how many neurons the layer has."
    if layer.activation is None:
        return "Keras has no such activation function."
    if layer.loss is None:
        return "Keras has no such loss."
    if layer.units == 1 and layer.activation == "softmax":
        return always_one(task)
    if layer.logits and layer.activation in SHARES:
        return TWICE
    if layer.logits and layer.activation != "linear":
        return "A loss of logits makes the probabilities itself: leave the activation out."
    if layer.activation == "linear" and task in CLASSES and not layer.logits:
        units = layer.units in TASKS[task].units
        return LOGITS if units and layer.loss in CROSS_ENTROPY else CLASSES[task](layer)
    return (CLASSES | NUMBERS)[task](layer)


def _spam(layer: Layer) -> str:
    units, activation, loss, _ = resolved(layer)
    if units == 2 and activation == "sigmoid":
        return "Two independent probabilities need not sum to 1."
    if units not in {1, 2}:
        return "A yes/no question has one answer: one probability is enough."
    if activation not in SHARES:
        return f"A probability lies between 0 and 1, which {activation} does not keep to."
    if loss not in CROSS_ENTROPY:
        return "Cross-entropy is the matching loss: it compares a probability with a label 0 or 1."
    if units == 1:
        return "One probability goes with binary cross-entropy; other kinds compare classes."
    return "Two softmax outputs are two classes, 0 and 1: sparse_categorical_crossentropy."


def _mnist(layer: Layer) -> str:  # noqa: PLR0911  one line a mistake
    units, activation, loss, _ = resolved(layer)
    if units == 1:
        return "A digit is a class, not a quantity: a 3 is no more like a 4 than like an 8."
    if units != 10:
        return "There are ten digits: one output for each."
    if activation == "sigmoid":
        return "Digits exclude each other, and ten sigmoids do not sum to 1: use softmax."
    if activation == "relu":
        return "ReLU outputs are not probabilities; training stays at 9.8 %."
    if activation != "softmax":
        return f"Ten probabilities sum to 1, which {activation} does not see to."
    if loss in ONE_HOT:
        return "Labels are 0–9: sparse_categorical_crossentropy. This loss wants one-hot rows."
    if loss in BINARY:
        return "Binary cross-entropy is for yes/no questions; a digit is one of ten."
    return "Cross-entropy is the matching loss: it compares probabilities with the right class."


def _housing(layer: Layer) -> str:
    if layer.units != 1:
        return "One price is one number: one output."
    stuck = _stuck(layer)
    if stuck:
        return stuck
    if layer.loss not in DISTANCE:
        return _not_a_distance(layer)
    return f"The default for a number is no activation; {layer.activation} bends it."


def _tags(layer: Layer) -> str:
    units, activation, loss, _ = resolved(layer)
    if units != 5:
        return "There are five tags, each of which is there or not: one output for each."
    if activation == "softmax":
        return SHARING
    if activation != "sigmoid":
        return f"A probability lies between 0 and 1, which {activation} does not keep to."
    if loss in CROSS_ENTROPY:
        return "Each tag is a yes/no question of its own: binary cross-entropy."
    return "Cross-entropy is the matching loss: it compares a probability with a label 0 or 1."


def _positive_price(layer: Layer) -> str:
    if layer.units != 1:
        return "One price is one number: one output."
    if layer.activation == "linear":
        return "Nothing keeps the output above 0: it needs an activation that does."
    stuck = _stuck(layer)
    if stuck:
        return stuck
    if layer.activation not in POSITIVE:
        return f"The output has to be positive, without an upper bound; {layer.activation} is not."
    return _not_a_distance(layer)


def _stuck(layer: Layer) -> str | None:
    bounds = {"sigmoid": "(0, 1)", "hard_sigmoid": "(0, 1)", "softmax": "(0, 1)", "tanh": "(−1, 1)"}
    bounds |= {"hard_tanh": "(−1, 1)", "softsign": "(−1, 1)"}
    where = bounds.get(layer.activation or "")
    return f"Output stuck in {where}; prices are not." if where else None


def _not_a_distance(layer: Layer) -> str:
    if layer.loss in CROSS_ENTROPY:
        return "A price is a number, not a class: the loss has to measure a distance, as mse does."
    if layer.loss == "mean_squared_logarithmic_error":
        return "The logarithm of a price wants outputs above −1, and this one has no bounds: mse."
    return "That loss is not made for prices; mse, mae or Huber measure a distance."


CLASSES = {"spam": _spam, "mnist": _mnist, "multilabel_tags": _tags}
NUMBERS = {"housing": _housing, "positive_price": _positive_price}
