"""Question 8: backpropagation and automatic differentiation, graded behind the wall."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from grader.evidence import Matrix, Plot, Table
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Source, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.remote import fetch, student_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q08_backprop", ROOT / "solutions" / "q08_backprop"
RIGHT = sorted((Path(__file__).parent / "right" / "q08_backprop").glob("*.py"))
REFERENCE = (SOLUTION / "backprop.py").read_text(encoding="utf-8")

EVERYTHING = """
def forward(params, X): return {value}
def backward(params, X, y): return {value}
def gd_step(params, grads, lr): return {value}
def forward_mode(tape, x, direction): return {value}
def reverse_mode(tape, x): return {value}
def passes(mode, inputs, outputs): return {value}
def answers(): return {value}
"""

ALL = ["gradients", "gd_step", "repeat"]

Change = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def changed(exercise: Exercise, submit: Callable[..., Result]) -> Change:
    """Grade the reference with one piece of its text replaced, or with a definition appended."""

    def of(old: str = "", new: str = "", *, also: str = "") -> Result:
        assert not old or REFERENCE.count(old) == 1
        text = REFERENCE.replace(old, new) if old else REFERENCE
        return submit(exercise, f"{text}\n\n{also}\n")

    return of


@pytest.fixture(scope="module")
def mlp() -> ModuleType:
    """Return the judge's own network."""
    return load("mlp")


@pytest.fixture(scope="module")
def tapes() -> ModuleType:
    """Return the judge's own tapes."""
    return load("tapes")


def load(name: str) -> ModuleType:
    """Import one of the judge's modules by its path."""
    spec = importlib.util.spec_from_file_location(f"q08_{name}", FOLDER / "judge" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


def points(result: Result) -> dict[str, float]:
    """Return what each check earned."""
    return {one.name: one.points for one in result.outcomes}


def test_our_gradient_is_that_of_gradient_tape(mlp: ModuleType, sandbox: Sandbox) -> None:
    """The judge's gradient by the chain rule equals TensorFlow's in float64 within 1e-12."""
    tape = next(file for file in RIGHT if file.stem == "gradient_tape").read_text(encoding="utf-8")
    rng = np.random.default_rng(20)
    sizes = [(2, 3, 4, 5, 4), (3, 5, 4, 1, 1), (7, 11, 3, 40, 2), (20, 6, 10, 13, 9)]
    batches = [mlp.drawn(rng, size[:4], size[4]) for size in sizes]
    with sandbox.open("backprop", Source("backprop.py", tape), seed=1, draws=1) as session:
        session.allow(60)
        session.load()
        student = student_of(session)
        for batch in batches:
            theirs = fetch(student.backward(batch.params, batch.X, batch.y))
            for ours, true in zip(mlp.gradients(batch), theirs, strict=True):
                assert true.dtype == np.float64
                assert np.abs(ours - true).max() <= 1e-12


def test_the_judge_does_without_tensorflow() -> None:
    """Neither the questions nor what they import load TensorFlow into the judge's process."""
    before = "tensorflow" in sys.modules
    load_exercise(FOLDER, SOLUTION)
    assert ("tensorflow" in sys.modules) == before
    texts = [file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.py")]
    assert [
        text for text in texts if re.search(r"^\s*(import|from) (tensorflow|keras)", text)
    ] == []


def test_our_gradient_is_the_slope_of_our_loss(mlp: ModuleType) -> None:
    """Central differences of the loss agree with the chain rule within far less than 1e-6."""
    rng = np.random.default_rng(3)
    for size in ((2, 3, 4, 5), (5, 4, 7, 1), (3, 7, 5, 12)):
        batch = mlp.drawn(rng, size, 3)
        pairs = zip(mlp.differences(batch), mlp.gradients(batch), strict=True)
        assert all(np.abs(a - b).max() <= 1e-8 * np.abs(b).max() for a, b in pairs)


def test_our_modes_agree_with_differences(tapes: ModuleType) -> None:
    """Both modes of the judge give the slope that the values have, on every kind of tape."""
    rng = np.random.default_rng(4)
    for tape, x in [question for _ in range(20) for question in tapes.questions(rng)]:
        direction = rng.normal(size=len(x))
        step = 1e-6 * direction
        ends = [tapes.values(tape, list(np.array(x) + side))[-1] for side in (step, -step)]
        slope = (ends[0] - ends[1]) / 2e-6
        along = tapes.forward_mode(tape, x, direction.tolist())
        assert along == pytest.approx(slope, abs=1e-6)
        assert tapes.reverse_mode(tape, x) @ direction == pytest.approx(along, abs=1e-12)


def test_drawn_tapes_share_nodes_and_stay_small(tapes: ModuleType) -> None:
    """A drawn tape uses some value twice, depends on two inputs, and magnifies no rounding."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        for tape, x in tapes.questions(rng)[len(tapes.EXAMPLES) :]:
            operands = [place for _, *places in tape for place in places]
            assert len(operands) > len(set(operands))
            assert np.count_nonzero(tapes.reverse_mode(tape, x)) >= 2
            assert max(map(abs, tapes.values(tape, x) + tapes.adjoints(tape, x))) <= 20


def test_every_draw_gives_a_tape(tapes: ModuleType) -> None:
    """Also where powers of powers overflow on the way, or a product does and its sine is asked."""
    for seed in range(500):
        tape, x = tapes.drawn(np.random.default_rng(seed), 2, 26)
        assert (len(tape), len(x)) == (26, 2)


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "0",
        "1",
        "0.0",
        "10**400",
        "float('nan')",
        "1j",
        "'gradients'",
        "['a', 'b', 'c', 'd']",
        "[]",
        "[1, 2, 3, 4]",
        "[[1, 2], [3]] * 2",
        "[None] * 4",
        "[float('inf')] * 4",
        "{}",
        "{'Z1': None, 'A1': 'x', 'Y': [[1], [2, 3]], 'backprop_includes': 3, 'autodiff_is': []}",
        "{'Z1': 1, 'A1': 1, 'Y': 1, 'backprop_includes': [[1]], 'autodiff_is': {}}",
        "{1: 2, (3, 4): {5}}",
        "(n for n in range(4))",
        "np.zeros((4, 4))",
        "[np.zeros((4, 4), dtype=complex)] * 4",
        "[np.full((2, 3), np.nan), np.zeros(3), np.zeros((3, 4)), np.zeros(4)]",
        "np.array([1, None], dtype=object)",
        "np",
    ],
)
def test_whatever_comes_back_is_judged(
    exercise: Exercise, submit: Callable[..., Result], value: str
) -> None:
    """Values of every kind earn nothing and break no check."""
    result = submit(exercise, f"import numpy as np\n{EVERYTHING.format(value=value)}")
    assert [one.name for one in result.outcomes if one.verdict is Verdict.BROKEN] == []
    assert result.points == 0


@pytest.mark.parametrize(
    "text",
    [
        "def forward(params, X): return {'Z1': X, 'A1': X, 'Y': X}",
        "def backward(params, X, y): return params",
        "def backward(params, X, y): return [np.zeros_like(p) for p in params]",
        "def backward(params, X, y): return [np.ones_like(p) for p in params]",
        "def gd_step(params, grads, lr): return params",
        "def gd_step(params, grads, lr): return [np.zeros_like(p) for p in params]",
        "def forward_mode(tape, x, direction): return 0.0",
        "def forward_mode(tape, x, direction): return x[0]",
        "def reverse_mode(tape, x): return x",
        "def reverse_mode(tape, x): return [0.0] * len(x)",
        "def passes(mode, inputs, outputs): return 1",
        "def passes(mode, inputs, outputs): return inputs",
        "def answers(): return {}",
    ],
)
def test_a_degenerate_answer_earns_nothing(changed: Change, text: str) -> None:
    """Zeros, constants and echoes earn no part of the points for their function."""
    of = {"forward": "forward_pass", "backward": "gradients", "gd_step": "step", "answers": "words"}
    name = text.removeprefix("def ").partition("(")[0]
    assert points(changed(also=text))[of.get(name, name)] == 0


@pytest.mark.parametrize(
    ("old", "new", "earned"),
    [
        ("A1.T @ d2, d2.sum(axis=0)", "kept['Z1'].T @ d2, d2.sum(axis=0)", 3),
        ("A1.T @ d2, d2.sum(axis=0)", "A1.T @ d2, d2.mean(axis=0)", 3),
        (" * (1 - A1**2)", "", 2),
        ("d2.sum(axis=0)]", "d2.sum(axis=1)]", 3),
        ("d2.sum(axis=0)]", "d2]", 3),
        ("[X.T @ d1,", "[d1.T @ X,", 3),
    ],
)
def test_each_right_gradient_earns_its_point(
    changed: Change, old: str, new: str, earned: float
) -> None:
    """Of four gradients, those that are right count; their agreement is not asked for then."""
    result = changed(old, new)
    assert outcome(result, "gradients").verdict is Verdict.PARTLY
    assert outcome(result, "gradients").points == earned
    assert outcome(result, "precision").verdict is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("(Y - np.eye(Y.shape[1])[y]) / len(X)", "Y / len(X)", "The targets are missing"),
        ("(1 - A1**2)", "(1 - A1)", "lacks the square"),
        ("(1 - A1**2)", "(A1 > 0)", "ReLU's slope"),
        ("d2.sum(axis=0)]", "d2.sum(axis=1)]", "the sum over the rows, axis 0"),
        ("d2.sum(axis=0)]", "d2]", "a row for each instance"),
        ("d2.sum(axis=0)]", "d2.sum()]", "summed over everything"),
        ("[X.T @ d1,", "[d1.T @ X,", "transpose"),
        ("[X.T @ d1,", "[2 * X.T @ d1,", "exactly 2 times"),
        ("return [X.T @ d1,", "return [X.T @ d1 * np.nan,", "nan"),
        ("[X.T @ d1, d1", "[d1", "The list holds 3 items"),
        ("[X.T @ d1,", "['dW1',", "dW1 is no array of numbers"),
    ],
)
def test_what_is_wrong_with_a_gradient_is_named(
    changed: Change, old: str, new: str, says: str
) -> None:
    """The student reads which mistake it is, also where it is none of the usual ones."""
    assert says in (outcome(changed(old, new), "gradients").message or "")


def test_two_mistakes_are_told_apart(changed: Change) -> None:
    """Two mistakes in different gradients have a sentence each, said once."""
    result = changed(
        "return [X.T @ d1, d1.sum(axis=0), A1.T @ d2, d2.sum(axis=0)]",
        "return [-X.T @ d1, -d1.sum(axis=0), A1.T @ d2, d2.mean(axis=0)]",
    )
    told = [finding.diagnosis for finding in outcome(result, "gradients").findings]
    assert told[0] is None
    assert (told[1] or "").startswith("db2 is divided by m twice")
    assert (told[2] or "").startswith("dW1 and db1 are turned round")
    assert told[3] is None


def test_a_kept_axis_is_remarked(changed: Change) -> None:
    """Biases' gradients of shape (1, n) count, with a note."""
    result = changed("d2.sum(axis=0)]", "d2.sum(axis=0, keepdims=True)]")
    assert result.points == 10
    notes = [finding.diagnosis or "" for finding in outcome(result, "gradients").findings]
    assert "It counts, but db2 has shape (1, 4)" in " ".join(notes)


def test_single_precision_keeps_the_gradients(changed: Change) -> None:
    """A cast to float32 anywhere on the way costs the point for agreement and no other."""
    for cast in ("np.tanh(Z1).astype(np.float32)", "np.tanh(Z1).astype('f4').astype(float)"):
        result = changed("A1 = np.tanh(Z1)", f"A1 = {cast}")
        assert points(result)["gradients"] == 4
        assert points(result)["precision"] == 0
        assert "single precision" in (outcome(result, "precision").message or "")


@pytest.mark.parametrize(
    "body",
    [
        "for n in range(4): params[n] = params[n] - lr * grads[n]\n    return params",
        "for g in grads: g *= lr\n    return [p - g for p, g in zip(params, grads)]",
        "for n in range(4): params[n] -= lr * grads[n]\n    return [p.copy() for p in params]",
    ],
)
def test_a_step_in_place_is_seen(changed: Change, body: str) -> None:
    """A step that changes the list, the parameters or the gradients it was given is told so."""
    result = changed(also=f"def gd_step(params, grads, lr):\n    {body}\n")
    step = outcome(result, "step")
    assert step.verdict is Verdict.FAILED
    assert "the caller's own arrays" in (step.diagnosis or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def forward(params, X): return X", "Return a dict with the keys Z1, A1 and Y"),
        ("def forward(params, X): return {'Z1': X, 'Y': X}", "missing: A1"),
        ("def answers(): return ['gradients']", "Return a dict"),
        ("def answers(): return {'backprop_includes': 'gradients'}", "missing: gd_step, gradients"),
        (
            "def answers(): return {'backprop_includes': ['gradients', 'gd_step', 'repeat', 'x']}",
            "Choose out of gd_step, gradients, repeat",
        ),
        (
            f"def answers(): return {{'backprop_includes': {ALL}, 'autodiff_is': 'training'}}",
            "Gradients alone left the loss at 3.75",
        ),
    ],
)
def test_the_form_of_an_answer_is_told(changed: Change, text: str, says: str) -> None:
    """A wrong form or a wrong choice is named in words."""
    assert says in " ".join(one.message or "" for one in changed(also=text).outcomes)


def test_choices_need_a_training_that_works(changed: Change) -> None:
    """The right words earn nothing while the student's own functions do not train a network."""
    result = changed("(Y - np.eye(Y.shape[1])[y])", "(np.eye(Y.shape[1])[y] - Y)")
    assert points(result)["words"] == 0
    assert "once your own functions train" in (outcome(result, "words").message or "")


def test_the_smallest_tape_is_shown(changed: Change) -> None:
    """A wrong rule is shown on the shortest tape that brings it out."""
    (wrong,) = [
        finding
        for finding in outcome(
            changed('"sin": math.sin', '"sin": lambda u: u'), "forward_mode"
        ).findings
        if not finding.ok
    ]
    assert wrong.shown.startswith("forward_mode([('sin', 0), ('exp', 1)], [0.5]")


def test_pictures(changed: Change) -> None:
    """Errors are drawn layer by layer, a tape is taken apart, costs and training are plotted."""
    result = changed("[X.T @ d1, d1", "[X.T @ d1 + 1, d1")
    matrices = [one for one in outcome(result, "gradients").evidence if isinstance(one, Matrix)]
    assert [np.shape(one.values) for one in matrices] == [(4, 4), (3, 3)]
    assert np.array_equal(matrices[0].values, np.zeros((4, 4)))
    assert np.allclose(matrices[1].values, [[1, 1, 1], [1, 1, 1], [0, 0, 0]])
    (tape,) = outcome(result, "reverse_mode").evidence
    assert isinstance(tape, Table)
    assert [row[0] for row in tape.rows[2:]] == ["v2 = v0 · v1", "v3 = sin v2", "v4 = v3 · v0"]
    (costs,) = outcome(result, "passes").evidence
    assert isinstance(costs, Plot)
    assert [line.ys for line in costs.series] == [(1, 2, 4, 8, 16, 32), (1,) * 6]
    (training,) = outcome(result, "words").evidence
    assert isinstance(training, Plot)


def test_the_batch_can_be_tried(changed: Change) -> None:
    """The batch on which a gradient was found wrong is listed as Python can read it, uncut."""
    result = changed("[X.T @ d1, d1", "[X.T @ d1 + 1, d1")
    (listed,) = [one for one in outcome(result, "gradients").evidence if isinstance(one, Table)]
    assert [row[0] for row in listed.rows] == ["W1", "b1", "W2", "b2", "X", "y"]
    assert max(len(row[1]) for row in listed.rows) <= 120


def test_the_statement_is_right_about_its_tape(exercise: Exercise, tapes: ModuleType) -> None:
    """The tape in the statement has the value and the gradient that are said of it."""
    block = re.search(r"```python\n(.*?)```", exercise.statement, re.DOTALL)
    assert block is not None
    tape = eval(block[1])
    assert tapes.values(tape, [2.0, 3.0])[-1] == 8
    assert tapes.reverse_mode(tape, [2.0, 3.0]).tolist() == [4, 2]
