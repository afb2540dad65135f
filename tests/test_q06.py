"""Question 6: shapes, parameters, the equation and its Keras model, graded behind the wall."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.evidence import Bars, Table
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q06_shapes", ROOT / "solutions" / "q06_shapes"

SHAPES = "{'X': (m, 10), 'Wh': (10, 50), 'bh': (50,), 'Wo': (50, 3), 'bo': (3,), 'Y': (m, 3)}"
FORWARD = "np.maximum(0, np.maximum(0, X @ Wh + bh) @ Wo + bo)"
DENSE = "keras.layers.Dense"

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade what each function returns, given as source text; what is left out is not defined."""
    arguments = {"shapes": "m", "forward": "X, Wh, bh, Wo, bo"}

    def of(**bodies: str) -> Result:
        parts = ["import numpy as np"]
        if "build" in bodies:
            parts.append("import keras")
        for name, body in bodies.items():
            parts.append(f"def {name}({arguments.get(name, '')}):\n    return {body}\n")
        return submit(exercise, "\n".join(parts))

    return of


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


@pytest.mark.parametrize("shape", ["(3,)", "(m, 10)", "()", "(0, 0)", "None", "m"])
def test_one_shape_for_all_six_earns_nothing(grade: Grade, shape: str) -> None:
    """The same answer for six arrays is no answer, even where it fits one of them."""
    result = grade(shapes=f"dict.fromkeys(['X', 'Wh', 'bh', 'Wo', 'bo', 'Y'], {shape})")
    assert outcome(result, "six_shapes").points == 0


@pytest.mark.parametrize(
    ("wrong", "points", "says"),
    [
        ({"(10, 50)": "(50, 10)"}, 2.5, "Wh must be (inputs, neurons) = (10, 50) for X @ Wh."),
        ({"(50, 3)": "(3, 50)"}, 2.5, "Wo must be (inputs, neurons) = (50, 3) for H @ Wo."),
        ({"(10, 50)": "(50, 3)"}, 2.5, "That is the shape of Wo."),
        ({"(10, 50)": "(m, 50)"}, 2.5, "Weight shapes must not depend on m"),
        ({"(50,)": "(m,)"}, 2.5, "Weight shapes must not depend on m"),
        ({"(50,)": "(50, 1)"}, 2.5, "silently gives (50, 50) on one"),
        ({"(50,)": "(10,)"}, 2.5, "Each of the layer's 50 neurons has one bias"),
        ({"(m, 3)": "(3,)"}, 2.5, "One row per instance: (m, 3)."),
        ({"(m, 10)": "(10,)"}, 2.5, "One row per instance: (m, 10)."),
        ({"(m, 3)": "(3, m)"}, 2.5, "Instances are rows, not columns: (m, 3)."),
        ({"m,": "None,"}, 2, "None is Keras's word for any number of rows"),
        ({"'Wh'": "'W_h'"}, 2.5, "The dict has no key 'Wh'; its keys are X, Wh, bh, Wo, bo and Y."),
        ({"(50, 3)": "'50x3'"}, 2.5, "A shape is a tuple of whole numbers"),
    ],
)
def test_a_wrong_shape_is_named(
    grade: Grade, wrong: dict[str, str], points: float, says: str
) -> None:
    """Each wrong shape costs half a point and gets the sentence of its mistake."""
    text = SHAPES
    for old, new in wrong.items():
        text = text.replace(old, new)
    six = outcome(grade(shapes=text), "six_shapes")
    assert six.points == points
    assert says in (six.diagnosis or "")


def test_shapes_that_are_accepted_with_a_remark(grade: Grade) -> None:
    """A bias in one row, and a tuple whose comma was forgotten, cost nothing and are remarked."""
    text = SHAPES.replace("(50,)", "(1, 50)").replace("(3,)", "(3)")
    six = outcome(grade(shapes=text), "six_shapes")
    assert six.points == 3
    row, number = (find.diagnosis or "" for find in six.findings if find.diagnosis)
    assert "One row of biases works as well" in row
    assert "needs a comma: `(3,)`" in number


def test_the_shapes_are_set_side_by_side(grade: Grade) -> None:
    """Both layers are drawn with the student's shapes, the wrong ones and what follows marked."""
    (blocks,) = outcome(grade(shapes=SHAPES), "six_shapes").evidence
    assert isinstance(blocks, Table)
    m = ast.literal_eval(blocks.rows[0][1].removeprefix("X "))[0]
    assert blocks.rows[0][1:] == (f"X ({m}, 10)", "Wh (10, 50)", "bh (50,)", f"H ({m}, 50)")
    assert blocks.rows[1][1:] == (f"H ({m}, 50)", "Wo (50, 3)", "bo (3,)", f"Y ({m}, 3)")
    assert blocks.marked == ()
    wrong = SHAPES.replace("(50,)", "(50, 1)").replace("'Y': (m, 3)", "'Y': (3,)")
    (blocks,) = outcome(grade(shapes=wrong), "six_shapes").evidence
    assert isinstance(blocks, Table)
    assert sorted(blocks.marked) == [(0, 3), (0, 4), (1, 4)]
    assert "no sum" in blocks.rows[0][4]


@pytest.mark.parametrize(
    ("forward", "says"),
    [
        (FORWARD.removeprefix("np.maximum(0, ").removesuffix(")"), "The second output is −1.3"),
        (f"({FORWARD}).T", "transpose"),
        (f"({FORWARD}).ravel()", "right number of values in another shape"),
        (f"({FORWARD})[0]", "shape"),
        ("np.maximum(0, X @ Wh + bh)", "These are the outputs of the hidden layer"),
        (FORWARD.replace("+ bh", "+ bh[:, None]"), "column"),
        (FORWARD.replace("+ bo", "+ bo[:, None]"), "column"),
        (FORWARD.replace("X @ Wh", "X * Wh"), "Use @ for Wh"),
        (FORWARD.replace(") @ Wo", ") * Wo"), "Use @ for Wo"),
        (FORWARD.replace("X @ Wh + bh", "(X + bh) @ Wh"), "after the product with Wh"),
        (FORWARD.replace("X @ Wh", "np.dot(X, Wh.T)"), "Transpose nothing"),
        (FORWARD.replace("X @ Wh", "Wh @ X"), "The batch comes first"),
        ("1 / (1 + np.exp(-(np.maximum(0, X @ Wh + bh) @ Wo + bo)))", "that is a sigmoid"),
        ("np.zeros((len(X), len(bo)))", "It gives 0 whatever the input is"),
    ],
)
def test_a_wrong_equation_is_named(grade: Grade, forward: str, says: str) -> None:
    """A wrong equation earns nothing, and the mistake behind it is recognised."""
    result = grade(forward=forward, answers="{}")
    equation = outcome(result, "outputs")
    assert equation.points == 0
    assert says in (equation.message or ""), equation.message
    assert outcome(result, "no_probabilities").verdict is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (f"[{DENSE}(50, 'relu'), {DENSE}(3)]", "Some outputs are negative"),
        (f"[{DENSE}(50), {DENSE}(3, 'relu')]", "The hidden neurons use ReLU too"),
        (f"[{DENSE}(50, 'relu'), {DENSE}(3, 'softmax')]", "Rows sum to 1"),
        (f"[{DENSE}(50, 'relu'), {DENSE}(3, 'sigmoid')]", "that is a sigmoid"),
        (f"[{DENSE}(50, 'relu', use_bias=False), {DENSE}(3, 'relu')]", "four arrays"),
        (f"[{DENSE}(3, 'relu'), {DENSE}(50, 'relu')]", "50 neurons come first"),
        (f"[keras.Input((12,)), {DENSE}(50, 'relu'), {DENSE}(3, 'relu')]", "10 inputs"),
        (f"[keras.Input((5, 10)), {DENSE}(50, 'relu'), {DENSE}(3, 'relu')]", "rows of 10 numbers"),
        (f"[{DENSE}(50, 'relu'), keras.layers.BatchNormalization(), {DENSE}(3, 'relu')]", "more"),
        ("[keras.Input((10,))]", "holds no weights"),
    ],
)
def test_a_wrong_model_is_named(grade: Grade, model: str, says: str) -> None:
    """A Keras model is told by its arrays and outputs, whatever is wrong with it."""
    judged = outcome(grade(build=f"keras.Sequential({model})"), "keras_model")
    assert judged.verdict is Verdict.FAILED
    assert says in (judged.message or ""), judged.message


def test_a_model_that_gives_zeros_earns_nothing(grade: Grade) -> None:
    """Weights that start at zero hide nothing: the judge puts its own in."""
    zero = "keras.layers.Lambda(lambda x: 0 * x)"
    dense = f"{DENSE}(50, 'relu'), {DENSE}(3, 'relu', kernel_initializer='zeros')"
    result = grade(build=f"keras.Sequential([keras.Input((10,)), {dense}, {zero}])")
    assert outcome(result, "keras_model").points == 0
    result = grade(build=f"keras.Sequential([keras.Input((10,)), {dense}])")
    assert outcome(result, "keras_model").points == 1


@pytest.mark.parametrize("count", ["650", "53", "700", "653", "63", "550", "153"])
def test_a_wrong_count_is_explained(grade: Grade, count: str) -> None:
    """The usual wrong numbers of parameters are told what they leave out."""
    parameters = outcome(grade(n_parameters=count), "parameters")
    assert parameters.verdict is Verdict.FAILED
    assert parameters.diagnosis


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ("('yes', 'rows_sum_to_one')", "are all zero"),
        ("('yes', 'relu_not_normalised')", "are all zero"),
        ("('no', 'rows_sum_to_one')", "are all zero"),
        ("('no', 'softmax')", "There is no softmax in this network"),
        ("('no', None)", "none of the choices"),
        ("(False, 'relu_not_normalised')", "none of the choices"),
    ],
)
def test_a_wrong_choice_meets_the_numbers(grade: Grade, answers: str, says: str) -> None:
    """A wrong choice is answered with what the student's own outputs add up to."""
    both = f"dict(zip(['outputs_are_probabilities', 'why'], {answers}))"
    judged = outcome(grade(forward=FORWARD, answers=both), "no_probabilities")
    assert judged.verdict is Verdict.FAILED
    assert says in (judged.diagnosis or "")


def test_a_guess_earns_nothing(grade: Grade) -> None:
    """The right choices count only together with a right equation."""
    right = "{'outputs_are_probabilities': 'no', 'why': 'relu_not_normalised'}"
    assert outcome(grade(forward="X", answers=right), "no_probabilities").points == 0
    assert outcome(grade(forward=FORWARD, answers=right), "no_probabilities").points == 1


def test_the_row_sums_are_counted(grade: Grade) -> None:
    """The chart counts each of the 1,000 rows once, and some of them are all zero."""
    (chart,) = outcome(grade(forward=FORWARD, answers="{}"), "no_probabilities").evidence
    assert isinstance(chart, Bars)
    assert sum(chart.values) == 1000
    assert chart.labels[0] == "exactly 0"
    assert 0 < chart.values[0] < 200


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "'yes'",
        "[]",
        "{}",
        "{1: 2, (3,): None}",
        "[1, 'a', [2]]",
        "[[1.0, 2.0], [3.0]]",
        "float('nan')",
        "1j",
        "10**400",
        "(n for n in range(3))",
        "np.array([None, 'x'], dtype=object)",
        "np.full((3, 3), np.nan)",
        "np.zeros((0, 3))",
        "{'X': {}, 'Wh': 'abc', 'bh': (1j,), 'Wo': (np.nan, 3), 'bo': (10**30, -1), 'Y': [[1]]}",
        "{'X': (None, 10), 'Wh': np.zeros((9, 9)), 'bh': (True,), 'Wo': range(3), 'bo': ()}",
        "{'outputs_are_probabilities': [1], 'why': {2}}",
        "keras.layers.Dense(3)",
        "keras.Sequential",
        "keras.Sequential()",
        "keras.Model()",
        f"keras.Sequential([{DENSE}(50), {DENSE}(3), keras.layers.Lambda(lambda x: None)])",
    ],
)
def test_whatever_comes_back_is_judged(grade: Grade, value: str) -> None:
    """Values of any type lose points in the exercise's words, and break no check."""
    names = ("shapes", "n_parameters", "forward", "build")
    result = grade(**dict.fromkeys(names, value), answers=value)
    verdicts = {one.name: one.verdict for one in result.outcomes}
    assert Verdict.BROKEN not in verdicts.values()
    assert result.points == 0
    right = grade(forward=FORWARD, answers=value if "keras" not in value else "object()")
    assert outcome(right, "no_probabilities").verdict is Verdict.FAILED


def test_the_statement_says_what_each_part_is_worth(exercise: Exercise) -> None:
    """The table of points in the statement adds up, row by row, to the checks."""
    rows = re.findall(r"^\|.*\| ([\d.]+) \|$", exercise.statement, re.MULTILINE)
    assert [float(points) for points in rows] == [c.points for c in exercise.checks if c.points]
