"""Question 4: the logistic function, slopes and layers, graded behind the wall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.evidence import Plot
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q04_gradients", ROOT / "solutions" / "q04_gradients"
REFERENCE = (SOLUTION / "gradients.py").read_text(encoding="utf-8")
FUNCTIONS = ("sigmoid", "sigmoid_prime", "step_gradient", "train_neuron", "collapse")
FUNCTIONS += ("max_slope", "answers")
ANSWERS = "{'step_trains': 'no', 'why': 'zero_gradient', 'nonlinearity': 'needed'}"

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


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


def plots(result: Result, name: str) -> list[Plot]:
    """Return the plots of one check."""
    return [item for item in outcome(result, name).evidence if isinstance(item, Plot)]


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "'z'",
        "['a', 'b']",
        "1.5",
        "1j",
        "(1j, 0)",
        "float('nan')",
        "(float('inf'), float('-inf'))",
        "(float('nan'), float('nan'))",
        "(1e308, 1e308)",
        "(10**400, 1)",
        "([[1], [2, 3]], 0)",
        "(None, None)",
        "({'w': 1}, 'b')",
        "(np.full((3, 2), np.inf), np.full(2, -np.inf))",
        "(np.full((3, 2), 1e308), np.full(2, 1e308))",
        "(np.array([None, 1], dtype=object), 0)",
        "(n for n in range(2))",
        "{1: 2, None: 3}",
        "{'step_trains': np.zeros(3), 'why': ['zero_gradient'], 'nonlinearity': True}",
        "answers",
        "np.zeros((0, 3))",
        "sympy.Symbol('z') > 0",
        "(sympy.Symbol('z'), sympy.zoo)",
        "sympy.Matrix([[1, 2]])",
        "args",
    ],
)
def test_garbage_is_told_and_breaks_nothing(grade: Grade, value: str) -> None:
    """Whatever the functions return, every check ends with a message and earns nothing."""
    result = grade(value, *FUNCTIONS)
    assert result.points == 0
    for one in (one for one in result.outcomes if one.out_of):  # else it is for a person
        wanted = Verdict.SKIPPED if one.hidden else Verdict.FAILED
        assert one.verdict is wanted, (one.name, one.message)
        assert one.message


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("sigmoid", "np.full(args[0].shape, 0.5)", "values"),
        ("sigmoid", "args[0]", "values"),
        ("sigmoid_prime", "0", "slope"),
        ("sigmoid_prime", "sympy.Rational(1, 4)", "slope"),
        ("sigmoid_prime", "sympy.Symbol('z')", "slope"),
        ("step_gradient", "0 * args[0]", "step_is_flat"),
        ("step_gradient", "np.nan * args[0]", "step_is_flat"),
        ("train_neuron", "0.3, 0.2", "training"),
        ("train_neuron", "0.0, 0.0", "training"),
        ("train_neuron", "(0.3, 0.2) if args[2] == 'step' else (9.0, -8.0)", "training"),
        ("collapse", "args[:2]", "one_layer"),
        ("collapse", "args[2:]", "one_layer"),
        ("collapse", "0 * (args[0] @ args[2]), 0 * args[3]", "one_layer"),
    ],
)
def test_a_degenerate_answer_earns_nothing(grade: Grade, name: str, value: str, check: str) -> None:
    """Zeros, constants and echoes of the input earn no points."""
    assert outcome(grade(value, name), check).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("name", "value", "points"),
    [
        ("answers", "{'step_trains': 'yes', 'why': 'overflow', 'nonlinearity': 'optional'}", 0.5),
        ("answers", "{'step_trains': 'no', 'why': 'overflow', 'nonlinearity': 'needed'}", 0.875),
        ("max_slope", "0.25, 0.0", 0.5),
        ("max_slope", "0.5, 0.25", 0.5),
        ("train_neuron", "0.3, 0.2", 0.75),
        ("train_neuron", "1 / 0", 0.75),
        ("collapse", "args[2] @ args[0]", 0.75),
        ("collapse", "args[2], args[3]", 0.75),
    ],
)
def test_answers_count_with_their_evidence(
    grade: Grade, name: str, value: str, points: float
) -> None:
    """A choice earns its share only where the student's own functions bear it out."""
    steepest = outcome(grade(value, name), "steepest")
    assert (steepest.verdict, steepest.points) == (Verdict.PARTLY, points)
    assert steepest.diagnosis


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        ("sympy.exp(z) / (1 + sympy.exp(z))**2", 2),
        ("(1 - sympy.tanh(z / 2)**2) / 4", 2),
        ("sympy.diff(sympy.tanh(z / 2), z) / 2", 2),
        ("1 / (sympy.exp(z / 2) + sympy.exp(-z / 2))**2", 2),
        ("1 / (4 * sympy.cosh(z / 2)**2)", 2),
        ("0.25 * sympy.sech(0.5 * z)**2", 2),
        ("sympy.Derivative(1 / (1 + sympy.exp(-z)), z)", 0),
        ("sympy.Derivative(1 / (1 + sympy.exp(-z)), z).doit()", 2),
        ("z * (1 - sympy.Symbol('a'))", 0),
        ("sympy.exp(-z**2 / 4) / 4", 0),
    ],
)
def test_any_form_of_the_slope_counts(grade: Grade, formula: str, points: float) -> None:
    """The derivative is judged by its values, whatever its form, and must be worked out."""
    text = f"(lambda z: {formula})(sympy.Symbol('t', real=True))"
    assert outcome(grade(text, "sigmoid_prime"), "slope").points == points


def test_another_loss_is_remarked(grade: Grade) -> None:
    """A neuron that learns by another loss loses nothing, with a remark on where it ends."""
    text = "(0.3, 0.2) if args[2] == 'step' else descend(*args, **kwargs)\n\n\n"
    text += "def descend(x, y, _, lr=1.0, steps=500):\n    w, b = 0.3, 0.2\n"
    text += "    for _ in range(steps):\n        d = sigmoid(w * x + b) - y\n"
    text += "        w, b = w - lr * np.mean(d * x), b - lr * np.mean(d)\n    return w, b"
    training = outcome(grade(text, "train_neuron"), "training")
    assert training.points == 2
    remarks = [finding.diagnosis or "" for finding in training.findings]
    assert remarks[0] == ""
    assert all(text.startswith("It gets there; the gradient of half") for text in remarks[1:3])
    assert "another loss" in remarks[3]


@pytest.mark.parametrize(
    ("slope", "rate", "says"),
    [
        ("a * (1 - a)", "1", "`lr` makes no difference"),
        ("a * (1 - a)", "2", "`lr` is not used"),
        ("a", "lr", "here it is a"),
        ("a * (2 - a)", "lr", "One step leads to (0.2114, 0.1557)"),
    ],
)
def test_a_single_step_shows_a_wrong_slope(grade: Grade, slope: str, rate: str, says: str) -> None:
    """A neuron that gets there along a wrong slope, or at a rate of its own, is told so."""
    text = "(0.3, 0.2) if args[2] == 'step' else descend(*args, **kwargs)\n\n\n"
    text += "def descend(x, y, _, lr=2.0, steps=500):\n    w, b = 0.3, 0.2\n"
    text += "    for _ in range(steps):\n        a = sigmoid(w * x + b)\n"
    text += f"        d = (a - y) * {slope}\n"
    text += f"        w, b = w - {rate} * np.mean(d * x), b - {rate} * np.mean(d)\n    return w, b"
    training = outcome(grade(text, "train_neuron"), "training")
    assert training.verdict is Verdict.FAILED
    assert says in (training.message or "")


def test_the_counterexample_is_the_friendliest(grade: Grade) -> None:
    """The lost fraction is told at zero, where it is easiest to follow."""
    told = outcome(grade("(1 + np.exp(-args[0])) * 1", "sigmoid"), "values").message
    assert told == (
        "`sigmoid(np.array([0.0]))`: expected `[0.5]`, yours is `[2.0]`. "
        "At z = 0 this is 2, and σ(0) is 0.5: the fraction is missing."
    )


def test_the_report_draws_what_was_computed(grade: Grade) -> None:
    """Right functions are drawn over the true ones, the losses fall and stay, slopes multiply."""
    result = grade()
    for name in ("values", "slope"):
        (curves,) = plots(result, name)
        true, yours = curves.series
        assert yours.ys == pytest.approx(true.ys, abs=1e-12)
    (losses,) = plots(result, "training")
    falling, flat = (one.ys for one in losses.series)
    assert list(falling) == sorted(falling, reverse=True)
    assert set(flat) == {flat[0]}
    (shrinking,) = plots(result, "steepest")
    assert shrinking.log_y
    assert shrinking.series[1].ys[-1] == pytest.approx(0.25**10)


def test_a_wrong_curve_has_its_error_below(grade: Grade) -> None:
    """A wrong function is drawn with its distance from the true one on a logarithmic axis."""
    curves, error = plots(grade("1 / (1 + np.exp(args[0]))", "sigmoid"), "values")
    assert curves.series[1].ys == pytest.approx(curves.series[0].ys[::-1])
    assert error.log_y
    assert max(error.series[0].ys) == pytest.approx(0.999, abs=1e-3)


def test_a_picture_costs_no_points(exercise: Exercise, submit: Callable[..., Result]) -> None:
    """A training that cannot be stopped on its way keeps its points, and stays undrawn."""
    text = REFERENCE.replace("steps: int = 500", "steps=None")
    text = text.replace("range(steps)", "range({None: 500, 1: 1}[steps])")
    result = submit(exercise, text)
    assert result.points == 10
    assert plots(result, "training") == []
