"""Question 7: output layers, their losses and what comes out of them, graded behind the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.evidence import Bars
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q07_outputs", ROOT / "solutions" / "q07_outputs"
TASKS = ("spam", "mnist", "housing", "multilabel_tags", "positive_price")

SPARSE = "'sparse_categorical_crossentropy'"
LOGITS = "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
BINARY = "'binary_crossentropy'"
LAYERS = {
    "spam": f"(1, 'sigmoid', {BINARY})",
    "mnist": f"(10, 'softmax', {SPARSE})",
    "housing": "(1, None, 'mse')",
    "multilabel_tags": f"(5, 'sigmoid', {BINARY})",
    "positive_price": "(1, 'softplus', 'mse')",
}
HEAD = """
def head(task, features):
    layer = output_layer(task)
    dense = keras.layers.Dense(layer["units"], layer["activation"])
    model = keras.Sequential([keras.Input((features,)), dense])
    model.compile(loss=layer["loss"])
    return model
"""
SOFTMAX = "np.exp(z - z.max(axis=1, keepdims=True))"
RANGES = {
    "spam": "(0, 1)",
    "mnist": "(0, 1)",
    "housing": "(-np.inf, np.inf)",
    "multilabel_tags": "(0, 1)",
    "positive_price": "(0, np.inf)",
}

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade layers that are right but for those given; other functions only where given."""

    def of(head: str = "", softmax: str = "", ranges: str = "", **layers: str) -> Result:
        listed = ", ".join(f"{task!r}: {layer}" for task, layer in (LAYERS | layers).items())
        parts = [
            "import keras\nimport numpy as np\n",
            "def output_layer(task):",
            f"    given = {{{listed}}}[task]",
            "    return dict(zip(['units', 'activation', 'loss'], given))\n",
            head,
        ]
        if softmax:
            parts.append(f"def softmax(z):\n    return {softmax}\n")
        if ranges:
            parts.append(f"def expected_range(task):\n    return {ranges}\n")
        return submit(exercise, "\n".join(parts))

    return of


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


@pytest.mark.parametrize(
    ("task", "layer"),
    [
        ("spam", f"(2, 'softmax', {SPARSE})"),
        ("spam", f"(2, None, {LOGITS})"),
        ("spam", "(1, None, keras.losses.BinaryCrossentropy(from_logits=True))"),
        ("spam", "(1.0, keras.activations.sigmoid, 'BinaryCrossentropy')"),
        ("spam", "(1, 'sigmoid', 'crossentropy')"),
        ("spam", "(1, keras.ops.sigmoid, keras.losses.binary_crossentropy)"),
        ("mnist", f"(10, 'linear', {LOGITS})"),
        ("mnist", "(10, keras.layers.Softmax(), 'ce')"),
        ("mnist", "(np.int32(10), 'softmax', keras.losses.sparse_categorical_crossentropy)"),
        ("housing", "(1, 'linear', keras.losses.MeanAbsoluteError())"),
        ("housing", "(1, None, 'MeanSquaredError')"),
        ("housing", "(1, None, keras.losses.huber)"),
        ("housing", "(1, keras.activations.linear, 'MAE')"),
        ("multilabel_tags", "(5, 'linear', keras.losses.BinaryCrossentropy(from_logits=True))"),
        ("multilabel_tags", "(5, 'sigmoid', keras.losses.BinaryFocalCrossentropy())"),
        ("positive_price", "(1, 'relu', 'msle')"),
        ("positive_price", "(1, 'exponential', 'huber')"),
        ("positive_price", "(1, np.exp, keras.losses.mean_squared_logarithmic_error)"),
        ("positive_price", "(1, keras.layers.ReLU(), 'mae')"),
    ],
)
def test_a_layer_that_serves_as_well(grade: Grade, task: str, layer: str) -> None:
    """Every layer and loss that fits a task is accepted, in every spelling of Keras's."""
    layers = outcome(grade(**{task: layer}), "layers")
    assert layers.points == 5, layers.message


@pytest.mark.parametrize(
    ("task", "layer", "says"),
    [
        ("spam", f"(1, 'softmax', {BINARY})", "every mail is spam"),
        ("spam", f"(2, 'sigmoid', {BINARY})", "need not sum to 1"),
        ("spam", f"(3, 'softmax', {SPARSE})", "one probability is enough"),
        ("spam", f"(1, 'tanh', {BINARY})", "which tanh does not keep to"),
        ("spam", f"(1, None, {BINARY})", "these are logits"),
        ("spam", "(1, 'sigmoid', 'mse')", "Cross-entropy is the matching loss"),
        ("spam", "(1, 'sigmoid', 'hinge')", "Cross-entropy is the matching loss"),
        ("spam", f"(1, 'sigmoid', {SPARSE})", "binary cross-entropy"),
        ("spam", "(2, 'softmax', 'categorical_crossentropy')", "sparse_categorical_crossentropy"),
        (
            "spam",
            "(1, 'sigmoid', keras.losses.BinaryCrossentropy(from_logits=True))",
            "you pass probabilities",
        ),
        ("mnist", f"(10, 'sigmoid', {SPARSE})", "use softmax"),
        ("mnist", f"(10, 'relu', {SPARSE})", "stays at 9.8 %"),
        ("mnist", f"(1, None, {SPARSE})", "not a quantity"),
        ("mnist", f"(9, 'softmax', {SPARSE})", "ten digits"),
        ("mnist", "(10, 'softmax', 'categorical_crossentropy')", "Labels are 0–9"),
        ("mnist", f"(10, 'softmax', {BINARY})", "yes/no questions"),
        ("mnist", "(10, 'softmax', 'mse')", "Cross-entropy is the matching loss"),
        ("mnist", f"(10, 'softmax', {LOGITS})", "97.4 %"),
        ("mnist", f"(10, 'relu', {LOGITS})", "leave the activation out"),
        ("housing", "(1, 'sigmoid', 'mse')", "Output stuck in (0, 1)"),
        ("housing", "(1, 'tanh', 'mse')", "Output stuck in (−1, 1)"),
        ("housing", f"(1, None, {BINARY})", "A price is a number, not a class"),
        ("housing", "(1, None, 'msle')", "wants outputs above −1"),
        ("housing", "(2, None, 'mse')", "one output"),
        ("multilabel_tags", f"(5, 'softmax', {BINARY})", "share a sum of 1"),
        ("multilabel_tags", f"(1, 'sigmoid', {BINARY})", "five tags"),
        ("multilabel_tags", "(5, 'sigmoid', 'categorical_crossentropy')", "question of its own"),
        ("multilabel_tags", "(5, 'sigmoid', 'crossentropy')", "question of its own"),
        ("multilabel_tags", f"(5, None, {BINARY})", "these are logits"),
        ("positive_price", "(1, None, 'mse')", "Nothing keeps the output above 0"),
        ("positive_price", "(1, 'sigmoid', 'mse')", "Output stuck in (0, 1)"),
        ("positive_price", f"(1, 'softplus', {BINARY})", "A price is a number, not a class"),
        ("positive_price", "(1, 'softplus', 'hinge')", "measure a distance"),
        ("spam", f"('1', 'sigmoid', {BINARY})", "whole number"),
        ("spam", f"(1, 'logistic', {BINARY})", "no such activation"),
        ("spam", "(1, 'sigmoid', 'log loss')", "no such loss"),
    ],
)
def test_a_layer_that_does_not_serve(grade: Grade, task: str, layer: str, says: str) -> None:
    """A layer or loss that does not fit costs the task's point, and the reason is told."""
    layers = outcome(grade(**{task: layer}), "layers")
    assert layers.points == 4
    assert says in (layers.diagnosis or ""), layers.message


@pytest.mark.parametrize("activation", ["relu", "softplus", "exponential"])
def test_a_price_that_is_kept_positive_is_half_right(grade: Grade, activation: str) -> None:
    """Housing with an activation that lets only positive prices through gets half its points."""
    result = grade(HEAD, housing=f"(1, {activation!r}, 'mse')")
    layers, heads = outcome(result, "layers"), outcome(result, "heads")
    assert (layers.points, heads.points) == (4.5, 2.7)
    for one in (layers, heads):
        assert "Not wrong for positive targets" in (one.diagnosis or "")
    assert ("dead output" in (layers.diagnosis or "")) == (activation == "relu")


@pytest.mark.parametrize("layer", [*LAYERS.values(), "(1, 'relu', 'mse')", "(1, None, None)"])
def test_one_layer_for_all_tasks_earns_nothing(grade: Grade, layer: str) -> None:
    """The same layer for five tasks is no answer, neither described nor built."""
    result = grade(HEAD, **dict.fromkeys(TASKS, layer))
    assert outcome(result, "layers").points == 0
    assert outcome(result, "heads").points == 0


@pytest.mark.parametrize(
    ("old", "new", "points", "says"),
    [
        ('    model.compile(loss=layer["loss"])\n', "", 0, "Compile it with the loss"),
        ('loss=layer["loss"]', "optimizer='adam'", 0, "Compile it with the loss"),
        ('loss=layer["loss"]', "loss='mae'", 0, "but the head is compiled with"),
        ("dense]", "keras.layers.Dense(7), dense]", 0, "the output layer alone"),
        ("(features,)", "(3,)", 0, "the output layer alone"),
        ("(features,)", "(4, features)", 0, "The head takes rows of features"),
        ("return model", "return dense", 0, "Return a `keras.Model`"),
        ("    return model", "    model", 0, "a `return` is missing"),
        ("return model", "return model if task != 'mnist' else 1 / 0", 2.4, "division by zero"),
        ("dense]", "dense, keras.layers.Lambda(lambda x: x * 0)]", 0, "whatever it is shown"),
        ("dense]", "dense, keras.layers.Flatten(), keras.layers.Dropout(0.5)]", 3, ""),
        ("dense]", "dense, keras.layers.Lambda(lambda x: x[:, :0])]", 0, "One row of outputs"),
        ("dense]", "dense, keras.layers.Lambda(lambda x: x * np.nan)]", 0, "nan"),
        ("dense]", "dense, keras.layers.Lambda(lambda x: x / 0)]", 0, ""),
    ],
)
def test_a_head_is_judged_by_what_it_does(
    grade: Grade, old: str, new: str, points: float, says: str
) -> None:
    """A head with other weights, another loss or other outputs than its layer's is found out."""
    assert old in HEAD
    heads = outcome(grade(HEAD.replace(old, new)), "heads")
    assert heads.points == points, heads.message
    assert says in (heads.message or "")


def test_a_head_with_the_wrong_number_of_outputs(grade: Grade) -> None:
    """The number of outputs is told before anything about their values."""
    heads = outcome(grade(HEAD, mnist=f"(9, 'sigmoid', {SPARSE})"), "heads")
    wrong = heads.first_wrong
    assert wrong is not None
    assert (wrong.expected, wrong.got) == ("10 units", "9")
    assert wrong.diagnosis == "There are ten digits: one output for each."


def test_three_heads_are_drawn_for_the_same_features(grade: Grade) -> None:
    """The report counts every output of three heads, and what is no probability is an alarm."""
    charts = outcome(grade(HEAD), "heads").evidence
    assert [chart.title.split(":")[0] for chart in charts] == ["spam", "mnist", "housing"]
    assert [sum(chart.values) for chart in charts if isinstance(chart, Bars)] == [400, 4000, 400]
    wrong = outcome(grade(HEAD, mnist=f"(10, None, {SPARSE})"), "heads").evidence[1]
    assert isinstance(wrong, Bars)
    alarms = [
        label for label, role in zip(wrong.labels, wrong.roles, strict=True) if role == "alarm"
    ]
    assert alarms == ["below 0.0", "above 1.0"]


@pytest.mark.parametrize(
    ("softmax", "says"),
    [
        ("np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)", "nan at [1000, 1001, 1002]"),
        (f"{SOFTMAX} / {SOFTMAX}.sum(axis=1)", "`keepdims=True` keeps it"),
        (f"{SOFTMAX} / {SOFTMAX}.sum()", "the sum of the whole matrix"),
        ("np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=1, keepdims=True)", "each row"),
        ("np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0)", "Columns sum to 1"),
        (SOFTMAX, "not divided by their sum"),
        (f"np.log({SOFTMAX} / {SOFTMAX}.sum(axis=1, keepdims=True))", "logarithms"),
        ("np.full(z.shape, 1 / z.shape[1])", "expected"),
        ("z", "expected"),
    ],
)
def test_a_wrong_softmax_is_named(grade: Grade, softmax: str, says: str) -> None:
    """A wrong softmax is shown on the first row that brings it out, with its mistake."""
    judged = outcome(grade(softmax=softmax), "stable_softmax")
    assert judged.points == 0
    assert says in (judged.message or ""), judged.message


def test_a_warning_of_overflow_counts(grade: Grade) -> None:
    """Powers that overflow on the way cost the point, even where the result is mended later."""
    right = f"{SOFTMAX} / {SOFTMAX}.sum(axis=1, keepdims=True)"
    assert outcome(grade(softmax=right), "stable_softmax").points == 0.75
    judged = outcome(grade(softmax=f"(np.exp(z), {right})[1]"), "stable_softmax")
    assert judged.points == 0
    assert "overflow" in (judged.message or "")


@pytest.mark.parametrize(
    ("task", "pair", "says"),
    [
        ("spam", "(0, 100)", "Each output is a probability"),
        ("mnist", "(0, 9)", "the probability of one digit"),
        ("housing", "(0, np.inf)", "nothing bounds the output"),
        ("housing", "(np.inf, -np.inf)", "The lower bound comes first"),
        ("housing", "(None, None)", "not None"),
        ("multilabel_tags", "(0, 5)", "Each output is a probability"),
        ("positive_price", "(-np.inf, np.inf)", "keeps the output above 0"),
        ("positive_price", "np.inf", "two numbers"),
    ],
)
def test_a_wrong_range_is_explained(grade: Grade, task: str, pair: str, says: str) -> None:
    """One wrong range of five costs the point, and the reason is told."""
    listed = ", ".join(f"{name!r}: {value}" for name, value in (RANGES | {task: pair}).items())
    ranges = outcome(grade(ranges=f"{{{listed}}}[task]"), "ranges")
    assert ranges.points == 0
    assert says in (ranges.diagnosis or ""), ranges.message


def test_the_range_of_logits_counts_where_there_are_logits(grade: Grade) -> None:
    """No bounds is right for logits, and wrong for the same task with a softmax."""
    listed = ", ".join(
        f"{task!r}: {'(-np.inf, np.inf)' if task == 'mnist' else pair}"
        for task, pair in RANGES.items()
    )
    for layer, points in ((f"(10, None, {LOGITS})", 1), (LAYERS["mnist"], 0)):
        result = grade(ranges=f"{{{listed}}}[task]", mnist=layer)
        assert outcome(result, "ranges").points == points


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "'sigmoid'",
        "[]",
        "{}",
        "{1: 2, (3,): None}",
        "[1, 'a', [2]]",
        "[[1.0, 2.0], [3.0]]",
        "(np.nan, 10**400)",
        "1j",
        "(n for n in range(3))",
        "np.array([None, 'x'], dtype=object)",
        "np.full((3, 3), np.nan)",
        "keras.layers.Dense(3)",
        "keras.Sequential",
        "keras.Sequential()",
        "keras.Model()",
        "keras.Sequential([keras.Input((3, 4)), keras.layers.Dense(3)])",
    ],
)
def test_whatever_comes_back_is_judged(exercise: Exercise, submit: Grade, value: str) -> None:
    """Values of any type lose points in the exercise's words, and break no check."""
    names = ("output_layer", "head", "softmax", "expected_range")
    functions = "".join(f"def {name}(*a):\n    return {value}\n" for name in names)
    result = submit(exercise, f"import keras\nimport numpy as np\n{functions}")
    asked = [one for one in result.outcomes if one.out_of and not one.hidden]
    assert {one.verdict for one in asked} == {Verdict.FAILED}
    assert result.points == 0


@pytest.mark.parametrize(
    "part",
    [
        "None",
        "[1]",
        "np.ones(3)",
        "10**400",
        "float('nan')",
        "3",
        "keras.layers.ReLU",
        "keras.losses.Huber",
        "print",
        "lambda *a: 'a'",
        "lambda *a: 10**400",
        "lambda *a: np.zeros(0)",
        "lambda *a: 1 / 0",
        "{'mse': 1}",
        "['mse']",
    ],
)
def test_whatever_is_in_the_dict_is_judged(grade: Grade, part: str) -> None:
    """Odd units, activations and losses cost the point of their task, and break no check."""
    odd = {"spam": f"({part}, 'sigmoid', {BINARY})", "mnist": f"(10, {part}, {SPARSE})"}
    layers = outcome(grade(**odd, housing=f"(1, None, {part})"), "layers")
    assert layers.verdict is Verdict.PARTLY
    assert layers.points == 2


def test_the_statement_says_what_each_part_is_worth(exercise: Exercise) -> None:
    """The table of points in the statement adds up, row by row, to the checks."""
    rows = re.findall(r"^\|.*\| ([\d.]+) \|$", exercise.statement, re.MULTILINE)
    assert [float(points) for points in rows] == [c.points for c in exercise.checks if c.points]
