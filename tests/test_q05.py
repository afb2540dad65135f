"""Question 5: activations, their slopes and their drawing, graded behind the wall."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.evidence import Picture, Plot, Table
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict
from grader.render import png

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q05_activations", ROOT / "solutions" / "q05_activations"
REFERENCE = (SOLUTION / "activations.py").read_text(encoding="utf-8")

Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade the reference with some of its functions replaced."""

    def of(replaced: str, *, draws: bool = False) -> Result:
        mute = "" if draws else "\n\ndef plot_activations(*axes):\n    raise NotImplementedError\n"
        return submit(exercise, f"{REFERENCE}{mute}\n\n{replaced}\n")

    return of


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


def test_points(exercise: Exercise) -> None:
    """The parts are worth what the statement says."""
    points = {check.name: check.points for check in exercise.checks}
    assert points == {
        "step_values": 0.5,
        "sigmoid_values": 0.75,
        "tanh_values": 0.75,
        "relu_values": 0.75,
        "sigmoid_slope": 1,
        "tanh_slope": 1,
        "relu_slope": 1,
        "slopes_at_zero": 1,
        "tanh_as_sigmoid": 1,
        "drawn": 2,
        "notes": 0,
        "sigmoid_of_other_arrays": 0.25,
    }


WORTH = {"step_values", "sigmoid_values", "tanh_values", "relu_values", "tanh_as_sigmoid"}
WORTH |= {"sigmoid_slope", "tanh_slope", "relu_slope", "slopes_at_zero"}
GARBAGE = [
    "None",
    "'0.5'",
    "['a', 'b']",
    "[1.0, 2.0]",
    "[[1, 2], [3]]",
    "1 + 2j",
    "float('nan')",
    "float('inf')",
    "(n for n in range(3))",
    "np.array([None, 'x'], dtype=object)",
    "10**400",
    "-10**5000",
    "{}",
    "{1: 2, (3, 4): None}",
    "{'sigmoid': 'x', 'tanh': [1], 'relu': {}}",
    "{'sigmoid': 10**400, 'tanh': 1j, 'relu': float('nan')}",
    "{'sigmoid': True, 'tanh': sympy.Symbol('x'), 'relu': sympy.nan}",
    "sympy.Matrix([1, 2])",
    "sympy.Symbol('<b>') * sympy.Symbol('y')",
    "sympy.oo",
    "sympy.I * sympy.Symbol('x')",
    "sympy.Symbol('x') ** (10**9)",
    "sympy.Symbol('x') > 0",
    "lambda x: x",
    "np.full((3, 3), np.nan)",
    "np.zeros(0)",
    "np.full(np.shape(_), np.nan)",
    "np.full(np.shape(_), -np.inf)",
    "np.full(np.shape(_), -1e308)",
    "True",
    "type",
]


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_is_told_so(grade: Grade, value: str) -> None:
    """Whatever the functions return, each check fails in its own words and none breaks."""
    functions = ("step", "sigmoid", "tanh", "relu", "tanh_from_sigmoid", "derivative")
    text = "\n".join(f"def {name}(_):\n    return {value}\n" for name in functions)
    result = grade(f"{text}\n_ = 0\n\ndef slope_at_zero():\n    return {value}\n")
    verdicts = {one.name: one.verdict for one in result.outcomes if one.name in WORTH}
    assert verdicts == dict.fromkeys(verdicts, Verdict.FAILED)
    assert all(len(one.message or "") < 1200 for one in result.outcomes)


@pytest.mark.parametrize("value", ["0 * z", "0 * z + 0.5", "z", "1 + 0 * z", "-z", "np.sign(z)"])
def test_degenerate_functions_earn_nothing(grade: Grade, value: str) -> None:
    """Zeros, constants and echoes earn nothing for any of the functions."""
    functions = ("step", "sigmoid", "tanh", "relu", "tanh_from_sigmoid")
    result = grade("\n".join(f"def {name}(z):\n    return {value}\n" for name in functions))
    lost = [one.name for one in result.outcomes if one.verdict is Verdict.FAILED]
    assert lost == [
        "step_values",
        "sigmoid_values",
        "tanh_values",
        "relu_values",
        "tanh_as_sigmoid",
    ]


@pytest.mark.parametrize(
    ("replaced", "check", "said"),
    [
        ("def step(z):\n    return np.heaviside(z, 0.5)", "step_values", "not ½"),
        ("def sigmoid(z):\n    return 1 + np.exp(-z)", "sigmoid_values", "must be divided"),
        ("def sigmoid(z):\n    return np.tanh(z)", "sigmoid_values", "This is tanh"),
        (
            "def sigmoid(z):\n    return np.exp(z) / (1 + np.exp(z))",
            "sigmoid_values",
            "write it with exp(−z)",
        ),
        (
            "def tanh(z):\n    return (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)",
            "tanh_values",
            "∞/∞",
        ),
        ("def relu(z):\n    return np.where(z < 0, 0.01 * z, z)", "relu_values", "leaky"),
        ("def relu(z):\n    return z if z > 0 else 0", "relu_values", "element by element"),
        ("def relu(z):\n    return abs(z)", "relu_values", "absolute value"),
        ("def relu(z):\n    return np.maximum(0, z).sum()", "relu_values", "shape"),
        (
            "def tanh_from_sigmoid(z):\n    return 2 * sigmoid(2 * z)",
            "tanh_as_sigmoid",
            "take 1 off",
        ),
    ],
)
def test_a_wrong_function_is_named(grade: Grade, replaced: str, check: str, said: str) -> None:
    """Frequent slips are recognised from the values alone."""
    lost = outcome(grade(replaced), check)
    assert lost.verdict is Verdict.FAILED
    assert said in (lost.message or "")


def test_integers_are_not_truncated_unnoticed(grade: Grade) -> None:
    """A sigmoid that fills an array of the input's type is right for floats, wrong for integers."""
    result = grade(
        "def sigmoid(z):\n    y = np.zeros_like(z)\n    y[...] = 1 / (1 + np.exp(-z))\n    return y"
    )
    assert outcome(result, "sigmoid_values").verdict is Verdict.FAILED
    assert outcome(result, "tanh_as_sigmoid").verdict is Verdict.PASSED


def test_the_smallest_input_of_a_wrong_answer_is_shown(grade: Grade) -> None:
    """A mistake far out is reported there, after all the points that are right."""
    wrong = outcome(
        grade("def tanh(z):\n    return np.sinh(z) / np.cosh(z)"), "tanh_values"
    ).first_wrong
    assert wrong is not None
    assert wrong.shown == "tanh(z) at z = 10000.0"
    assert wrong.got == "nan"


@pytest.mark.parametrize(
    ("slopes", "right"),
    [
        ("{'sigmoid': 0.25, 'tanh': 1, 'relu': None}", True),
        ("{'sigmoid': sympy.Rational(1, 4), 'tanh': sympy.Integer(1), 'relu': sympy.nan}", True),
        ("{'relu': float('nan'), 'tanh': np.float32(1), 'sigmoid': np.float64(0.25)}", True),
        ("{'sigmoid': 0.25, 'tanh': 1, 'relu': 0}", False),
        ("{'sigmoid': 0.25, 'tanh': 1, 'relu': 'None'}", False),
        ("{'sigmoid': 0.25, 'tanh': 1}", False),
        ("{'sigmoid': None, 'tanh': None, 'relu': None}", False),
        ("{'sigmoid': 0.5, 'tanh': 1, 'relu': None}", False),
    ],
)
def test_slopes_at_zero(grade: Grade, slopes: str, right: bool) -> None:  # noqa: FBT001
    """Slopes may be any kind of number, and nan serves as None; nothing else does."""
    judged = outcome(grade(f"def slope_at_zero():\n    return {slopes}"), "slopes_at_zero")
    assert judged.verdict is (Verdict.PASSED if right else Verdict.FAILED)
    assert any(isinstance(piece, Table) for piece in judged.evidence)


PLOT = """
def plot_activations(a, b):
    z = np.linspace(-5, 5, {points})
    for f in (step, sigmoid, tanh, relu):
        a.plot(z, f(z), label=f.__name__)
    b.plot(z, sigmoid(z) * (1 - sigmoid(z)), label="sigmoid")
    b.plot(z, 1 - tanh(z) ** 2, label="tanh")
    b.plot(z, step(z), label="relu")
    for ax in (a, b):
        ax.set(xlabel="z", ylabel="y")
        ax.legend()
    {more}
"""


WORDS_ONLY = """
def plot_activations(a, b):
    for ax in (a, b):
        ax.set(xlabel="z", ylabel="y")
        ax.legend(["step", "sigmoid", "tanh", "relu"])
"""
NOTHING_DRAWN = """
def plot_activations(a, b):
    for ax in (a, b):
        for name in ("step", "sigmoid", "tanh", "relu"):
            ax.plot([np.nan] * 200, [np.nan] * 200, label=name)
        ax.set(xlabel="z", ylabel="y")
        ax.legend()
"""
FLAT = "[line.set_ydata(0 * z) for line in [*a.lines, *b.lines]]"


def plot(more: str = "pass", points: int = 200) -> str:
    """Return the text of a drawing that is right but for what is done at its end."""
    return PLOT.format(points=points, more=more)


@pytest.mark.parametrize(
    ("text", "points", "said"),
    [
        (plot(), 2, None),
        (plot("a.axhline(0); b.axvline(0); a.plot([0, 1], [0, 1])"), 2, None),
        (plot(points=20), 0, "It has 20 points"),
        (plot("a.set_xlabel('')"), 1.9, "`set_xlabel` and `set_ylabel`"),
        (plot("a.get_legend().remove()"), 1.9, "was not called"),
        (plot("a.set_xlim(-1, 1)"), 1.8, "The x ranges differ"),
        (plot("a.lines[1].set_label('f'); a.legend()"), 1.7, "does not name"),
        (plot("b.lines[0].set_label('tanh'); b.legend()"), 1.7, "does not name"),
        (plot("a.lines[3].remove(); a.legend()"), 1.7, "No such curve"),
        (plot("a.clear()"), 0.8, "No such curve"),
        (plot(FLAT), 0, "in place of"),
        (plot().replace("-5, 5", "0.1, 5"), 0, "one side of zero"),
        (NOTHING_DRAWN, 0, "It has 0 points"),
        (WORDS_ONLY, 0, "No such curve"),
        ("def plot_activations(a, b):\n    pass", 0, "No such curve"),
        ("def plot_activations(a, b):\n    a.plot([], [], label='tanh')", 0, "No such curve"),
    ],
)
def test_drawings(grade: Grade, text: str, points: float, said: str | None) -> None:
    """Each right and labelled curve counts; words around nothing do not."""
    judged = outcome(grade(text, draws=True), "drawn")
    assert judged.points == pytest.approx(points)
    assert (said or "") in (judged.message or "")
    assert any(isinstance(piece, Picture) for piece in judged.evidence)


def test_the_reports_pictures(grade: Grade) -> None:
    """Curves lie over the true ones, ReLU's corner is shown close up, the drawing is a PNG."""
    result = grade("", draws=True)
    plots = {name: outcome(result, name).evidence for name in ("tanh_values", "relu_slope")}
    assert [type(piece) for piece in plots["tanh_values"]] == [Plot]
    assert [piece.title for piece in plots["relu_slope"]] == [
        "The slope of relu",
        "ReLU's slope beside zero",
    ]
    picture = outcome(result, "drawn").evidence[0]
    assert isinstance(picture, Picture)
    assert png.size(picture.png) is not None


def test_the_error_is_drawn_where_there_is_one(grade: Grade) -> None:
    """A function that is a little off gets a picture of its error, and so does its slope."""
    result = grade(
        "def tanh(z):\n    return np.tanh(z) + 1e-4\n"
        "def derivative(name):\n    return sympy.tanh(sympy.Symbol('x'))"
    )
    for name in ("tanh_values", "tanh_slope"):
        assert [piece.title for piece in outcome(result, name).evidence if isinstance(piece, Plot)][
            1
        ] == "The error"


def test_points_cannot_be_foreseen(exercise: Exercise, submit: Callable[..., Result]) -> None:
    """A derivative that is right at the nice points only is found out at the drawn ones."""
    pieces = ", ".join(
        f"(1 - sympy.tanh(x)**2, sympy.Eq(x, sympy.Rational({p!r})))"
        for p in ("1", "-1", "1/2", "2")
    )
    cheat = f"def derivative(name):\n    return sympy.Piecewise({pieces}, (0, True))"
    result = submit(exercise, f"{REFERENCE}\nx = sympy.Symbol('x', real=True)\n{cheat}\n")
    assert outcome(result, "tanh_slope").verdict is Verdict.FAILED


def test_titles_name_no_function_of_the_stub(exercise: Exercise) -> None:
    """A title is a behaviour; names of functions belong into the hints."""
    names = re.findall(r"^def (\w+_\w+)\(", exercise.stub, re.MULTILINE)
    assert names
    assert not [check.title for check in exercise.checks if any(n in check.title for n in names)]
