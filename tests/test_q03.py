"""Question 3: the Perceptron and Logistic Regression, graded behind the wall."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from grader.evidence import Plot, Table
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q03_logistic", ROOT / "solutions" / "q03_logistic"
RIGHT = sorted((Path(__file__).parent / "right" / "q03_logistic").glob("*.py"))
REFERENCE = (SOLUTION / "logistic.py").read_text(encoding="utf-8")
FUNCTIONS = ("perceptron_step", "predict_proba", "log_loss_gradient", "fit_logistic")
FUNCTIONS += ("proba_softmax", "answers")

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture(scope="module")
def models(monkeypatch_module: pytest.MonkeyPatch) -> ModuleType:
    """Load the judge's own mathematics."""
    spec = importlib.util.spec_from_file_location("q03_models", FOLDER / "judge" / "models.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch_module.setitem(sys.modules, "q03_models", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def monkeypatch_module() -> object:
    """Undo what a fixture of this module changed, when the module's tests are through."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade the reference with some of its functions replaced by one that returns ``value``."""

    def of(value: str = "None", *names: str) -> Result:
        replaced = [f"def {name}(*args, **kwargs):\n    return {value}\n" for name in names]
        return submit(exercise, "\n\n".join([REFERENCE, *replaced]))

    return of


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "'p'",
        "['a', 'b']",
        "0",
        "1.5",
        "1j",
        "float('nan')",
        "(float('inf'), float('-inf'))",
        "([[1], [2, 3]], 0)",
        "(None, None)",
        "({'w': 1}, 'b')",
        "(np.full(2, np.nan), np.inf)",
        "(np.full(2, 1e308), 1e308)",
        "([10**40, 2], 10**40)",
        "(np.array([None, 1], dtype=object), 0)",
        "(n for n in range(2))",
        "{1: 2, None: 3}",
        "{'changes': {'activation', 7}, 'has_probability': np.zeros(3), 'non_separable': None}",
        "{'changes': 'activation', 'has_probability': ['logistic']}",
        "answers",
        "np.zeros((0, 3))",
        "args",
    ],
)
def test_garbage_is_told_and_breaks_nothing(grade: Grade, value: str) -> None:
    """Whatever the functions return, every check ends with a message and earns nothing."""
    result = grade(value, *FUNCTIONS)
    assert result.points == 0
    for one in (one for one in result.outcomes if one.out_of):  # else it is for a person
        assert one.verdict in {Verdict.FAILED, Verdict.SKIPPED}, (one.name, one.message)
        assert one.message


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("perceptron_step", "args[:2]", "step"),
        ("predict_proba", "np.full(len(args[0]), 0.5)", "probabilities"),
        ("predict_proba", "np.zeros(len(args[0]))", "probabilities"),
        ("log_loss_gradient", "np.zeros_like(args[2]), 0.0", "gradient"),
        ("log_loss_gradient", "args[2:]", "gradient"),
        ("fit_logistic", "np.zeros(args[0].shape[1]), 0.0", "fit"),
        ("fit_logistic", "args[0].T @ (args[1] - 0.5), 0.0", "fit"),
        ("proba_softmax", "np.full((len(args[0]), len(args[2])), 1 / len(args[2]))", "softmax"),
    ],
)
def test_a_degenerate_answer_earns_nothing(grade: Grade, name: str, value: str, check: str) -> None:
    """Zeros, constants and echoes of the input earn no points."""
    assert outcome(grade(value, name), check).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("{'activation', 'cross_entropy'}", "never settles"),
        ("['training_by_gd', 'cross_entropy']", "no slope to follow"),
        ("('activation', 'training_by_gd')", "with squared error the weights end elsewhere"),
        (
            "{'activation', 'training_by_gd', 'cross_entropy', 'more_layers'}",
            "'more_layers' is not needed",
        ),
        (
            "{'activation', 'training_by_gd', 'cross_entropy', 'scaling'}",
            "'scaling' is not needed",
        ),
        ("{'activation', 'momentum'}", "'momentum' is not one of the five names"),
        ("set()", "Return a set or a list"),
        ("'activation'", "Return a set or a list"),
    ],
)
def test_each_wrong_change_has_its_reason(grade: Grade, changes: str, says: str) -> None:
    """What is missing from the changes, or too much in them, is named with the reason."""
    rest = "'has_probability': 'logistic', 'non_separable': 'never_converges'"
    choices = outcome(grade(f"{{'changes': {changes}, {rest}}}", "answers"), "choices")
    assert choices.points == 0
    assert says in (choices.diagnosis or "")


def test_a_guess_earns_nothing(grade: Grade) -> None:
    """Right answers count only together with a right Perceptron."""
    assert outcome(grade("args[:2]", "perceptron_step"), "choices").verdict is Verdict.SKIPPED


def test_a_step_that_stops_answering_is_told(grade: Grade) -> None:
    """A Perceptron that is right in its own check and not in the experiment loses the answers."""
    forgets = "(args[0], None) if args[-1] == 1.0 else perceptron(*args)"
    text = f"{forgets}\n\n\ndef perceptron(w, b, x, y, eta):\n"
    text += "    d = eta * (y - (x @ w + b >= 0))\n    return w + d * x, b + d"
    choices = outcome(grade(text, "perceptron_step"), "choices")
    assert (choices.verdict, choices.evidence) == (Verdict.FAILED, ())


def test_smallest_counterexample_comes_first(grade: Grade) -> None:
    """A step without the bias is shown on the first sample that is missed."""
    text = "args[0] + args[4] * (args[3] - (args[2] @ args[0] + args[1] >= 0)) * args[2], args[1]"
    step = outcome(grade(text, "perceptron_step"), "step")
    assert step.message == (
        "`b of perceptron_step(np.array([1.0, -1.0]), -1.5, np.array([1.0, 2.0]), 1, 0.1)`: "
        "expected `-1.4`, yours is `-1.5`. The bias moves too, like a weight whose input is 1."
    )


def test_a_column_is_remarked_once(exercise: Exercise, submit: Callable[..., Result]) -> None:
    """Answers of shape (n, 1) cost nothing, with one remark in each check."""
    columns = next(file for file in RIGHT if file.stem == "columns")
    result = submit(exercise, columns.read_text(encoding="utf-8"))
    remarks = [finding.diagnosis for finding in outcome(result, "probabilities").findings]
    assert remarks == ["It counts, but its shape is (1, 1): shape (1,) is meant.", None, None, None]


def test_an_exception_is_no_wrong_answer(grade: Grade) -> None:
    """A function of `math` on arrays is told what to use instead, without a traceback."""
    text = "1 / (1 + __import__('math').exp(-(args[0] @ args[1] + args[2])))"
    told = outcome(grade(text, "predict_proba"), "probabilities")
    assert told.verdict is Verdict.FAILED
    assert "The functions of `math` take one number" in (told.diagnosis or "")


def test_the_report_draws_the_models(grade: Grade) -> None:
    """The fit, the experiment's lines and its mistakes are drawn; a wrong gradient is measured."""
    result = grade("None", "log_loss_gradient")
    assert [item.title for item in outcome(result, "gradient").evidence] == [
        "The first call's log loss, each number nudged by 1e-05"
    ]
    right = grade()
    (boundary,) = outcome(right, "fit").evidence
    lines, progress = outcome(right, "choices").evidence
    assert isinstance(boundary, Plot)
    assert isinstance(lines, Plot)
    assert isinstance(progress, Plot)
    assert [one.name for one in boundary.series][-2:] == ["least log loss", "your fit"]
    assert boundary.series[-1].ys == pytest.approx(boundary.series[-2].ys, abs=0.01)
    assert sum(one.name == "your Perceptron" for one in lines.series) == 3
    assert min(progress.series[0].ys) > 0
    assert list(progress.series[1].ys) == sorted(progress.series[1].ys, reverse=True)


def test_nudged_losses_are_the_slopes(exercise: Exercise, grade: Grade) -> None:
    """The measured slopes in the table are what the check expects of the first call."""
    (table,) = outcome(grade("np.zeros(2), 0.0", "log_loss_gradient"), "gradient").evidence
    assert isinstance(table, Table)
    measured = [float(row[-1]) for row in table.rows]
    first = outcome(grade(), "gradient").findings[0]
    assert first.expected == f"([{measured[0]}, {measured[1]}], {measured[2]})"


@pytest.mark.parametrize("seed", range(5))
def test_drawn_classes_overlap_and_are_learnable(models: ModuleType, seed: int) -> None:
    """The loss has its lowest point where Newton's method says, and gradient descent gets there."""
    rng = np.random.default_rng(seed)
    for m, n in ((73, 1), (90, 2), (84, 3)):
        data = models.overlapping(rng, m, n)
        slopes = models.gradient(models.error)(data.X, data.y, data.best[:-1], data.best[-1])
        assert np.append(*slopes) == pytest.approx(0, abs=1e-12)
        assert models.descend(data.X, data.y) == pytest.approx(data.best, abs=1e-6)
        assert np.abs(data.X.mean(axis=0)).max() < 0.01
        guesses = models.columns(data.X) @ data.best >= 0
        assert 0 < (guesses != data.y).sum() < m / 2


def test_separable_classes_have_no_lowest_point(models: ModuleType) -> None:
    """Newton's method says nan where a line separates the classes, or an input is always 0."""
    inputs, labels = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    assert np.isnan(models.lowest(models.columns(inputs), labels)).all()
    assert np.isnan(models.lowest(models.columns(0 * inputs), labels)).all()
