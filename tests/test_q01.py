"""Question 1: the Playground's experiments and their trainer, graded behind the wall.

Its checks allow minutes, so that the tests of the whole course leave it out as one that trains:
what it claims about reference, stub, mistakes and right answers is tried here.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader import fetch, verify
from grader.evidence import Bars, Plot, Table, Tiles
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Source, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.remote import student_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q01_playground", ROOT / "solutions" / "q01_playground"
CASES = list(verify.cases(load_exercise(FOLDER, SOLUTION)))
RIGHT = sorted((Path(__file__).parent / "right" / "q01_playground").glob("*.py"))
STUB = (FOLDER / "playground.py").read_text(encoding="utf-8")

Grade = Callable[[str], Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture(scope="module")
def experiments(exercise: Exercise) -> ModuleType:
    """Return the judge's own experiments, as the checks use them."""
    found: ModuleType = exercise.checks[0].run.__wrapped__.__globals__["experiments"]
    return found


@pytest.fixture(scope="module")
def trainer() -> ModuleType:
    """Import the trainer that students are given."""
    spec = importlib.util.spec_from_file_location("provided_trainer", FOLDER / "trainer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade the stub with some of its functions replaced."""
    return lambda replaced: submit(exercise, f"{STUB}\n\n{replaced}\n")


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


def test_points(exercise: Exercise) -> None:
    """The parts are worth what the statement says."""
    points = {check.name: check.points for check in exercise.checks}
    assert points == {
        "parameters": 0.75,
        "solved": 2,
        "speed": 1,
        "straight_or_bent": 1,
        "vanishing": 2,
        "one_neuron": 1,
        "larger_rate": 1,
        "choices": 1,
        "notes": 0,
        "more_parameters": 0.25,
    }


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name}-{case.seed}" for case in CASES])
def test_every_claim_holds(case: verify.Case, sandbox: Sandbox) -> None:
    """The reference earns everything, the stub nothing, and a mistake loses what it names."""
    assert verify.judge(case, sandbox).faults == ()


@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.stem)
def test_right_in_another_shape(
    exercise: Exercise, submit: Callable[..., Result], file: Path
) -> None:
    """Correct code earns full marks, however it is written, and also one seed at a time."""
    result = submit(exercise, file.read_text(encoding="utf-8"))
    assert result.points == 10, [one.message for one in result.outcomes]


GARBAGE = [
    "None",
    "'0.5'",
    "['a', 'b']",
    "[8, '1']",
    "[[8, 1], [2]]",
    "1 + 2j",
    "float('nan')",
    "float('inf')",
    "(n for n in (8, 1))",
    "np.array([None, 'x'], dtype=object)",
    "np.array([[8, 1]])",
    "np.array([8.0, 1.0])",
    "10**400",
    "-10**5000",
    "{}",
    "{1: 2, (3, 4): None}",
    "{8, 1}",
    "{'relu_boundary': ['piecewise_linear'], 'two_neurons': None, 'small_deltas': 10**400}",
    "[True, 1]",
    "[10**400, 1]",
    "[]",
    "[[]]",
    "np.zeros(0)",
    "np.full((3, 3), np.nan)",
    "True",
    "type",
    "lambda: 8",
    "train",
]
FUNCTIONS = re.findall(r"^def (\w+)\(", STUB, re.MULTILINE)


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_is_told_so(grade: Grade, value: str) -> None:
    """Whatever the functions return, each check fails in its own words and none breaks."""
    result = grade("\n".join(f"def {name}(*_):\n    return {value}\n" for name in FUNCTIONS))
    judged = [one for one in result.outcomes if one.out_of and not one.hidden]
    assert [one.verdict for one in judged] == [Verdict.FAILED] * 8
    assert all(len(one.message or "") < 1200 for one in judged)


@pytest.mark.parametrize(
    "evidence",
    [
        "None",
        "'1'",
        "[0.1, 0.2]",
        "float('nan')",
        "1j",
        "10**400",
        "np.zeros(3)",
        "{1: 2}",
        "train",
    ],
)
def test_choices_need_evidence(grade: Grade, evidence: str) -> None:
    """The right choices earn nothing beside functions that do not bear them out."""
    functions = "\n".join(f"def {name}(*_):\n    return {evidence}\n" for name in FUNCTIONS[:-1])
    chosen = outcome(grade(f"{functions}\n{CHOICES}"), "choices")
    assert chosen.verdict is Verdict.FAILED
    assert "a choice needs evidence" in (chosen.message or "")


CHOICES = """
def answers():
    return {
        "relu_boundary": "piecewise_linear", "two_neurons": "underfit", "small_deltas": "lower",
    }
"""


@pytest.mark.parametrize("value", ["0", "1", "0.0", "0.915", "51.0", "[2, 1]", "hidden"])
def test_degenerate_answers_earn_nothing(grade: Grade, value: str) -> None:
    """Constants, echoes and numbers that were once right earn nothing."""
    functions = FUNCTIONS[:5]
    text = "\n".join(f"def {name}(hidden, *_):\n    return {value}\n" for name in functions)
    assert grade(text).points == 0


def test_a_patched_trainer_gains_nothing(grade: Grade, exercise: Exercise) -> None:
    """Numbers of a trainer that the submission has replaced are compared with the true ones."""
    reference = (SOLUTION / f"{exercise.module}.py").read_text(encoding="utf-8")
    patch = """
import trainer

class Runs:
    losses = np.zeros((40, 200))
    test_accuracies = np.ones(40)

trainer.train = train = lambda *args, **kwargs: Runs
trainer.hidden_deltas = hidden_deltas = lambda *args: np.array([[1e-9, 1.0]])
sys = __import__("sys")
sys.modules["trainer"] = trainer
"""
    result = grade(f"{reference}\n{patch}\nrefute_one_neuron = lambda: [1]\n")
    lost = {one.name for one in result.outcomes if one.verdict is Verdict.FAILED}
    assert lost == {"solved", "speed", "vanishing", "one_neuron", "choices"}


def test_the_judge_has_the_provided_trainer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge trains with the file beside the stub, whatever else is called trainer."""
    (tmp_path / "trainer.py").write_text("raise SystemExit('another trainer')\n")
    monkeypatch.syspath_prepend(tmp_path)
    checks = load_exercise(FOLDER, SOLUTION).checks
    judge = checks[0].run.__wrapped__.__globals__["experiments"]
    assert judge.train.__code__.co_filename == str(FOLDER / "trainer.py")


def test_the_judge_trains_once(
    exercise: Exercise, experiments: ModuleType, submit: Callable[..., Result]
) -> None:
    """What does not depend on the submission is trained for the first one of a process only."""
    text = f"{STUB}\ndef refute_one_neuron():\n    return [7, 1]\n"
    text += "def solved_fraction(*_):\n    return 0.5\n\ndef median_epochs(*_):\n    return 9.0\n"
    submit(exercise, text)
    before = experiments._trained.cache_info().misses
    submit(exercise, f"{text}\n# another text, so that other seeds are drawn", 2)
    assert experiments._trained.cache_info().misses == before


def test_each_submission_is_asked_about_its_own_seeds(
    exercise: Exercise, submit: Callable[..., Result]
) -> None:
    """The seeds and limits of one question differ from submission to submission."""
    text = f"{STUB}\ndef vanishing_ratio(hidden, activation, seeds):\n"
    text += "    d = hidden_deltas(hidden, activation, seeds)\n"
    text += "    return np.median(d[:, 0] / d[:, -1])\n"
    asked = [
        outcome(submit(exercise, f"{text}{end}"), "vanishing").findings[-1].shown
        for end in ("", "# other")
    ]
    assert len(set(asked)) == 2


@pytest.mark.parametrize(
    ("widths", "says"),
    [
        ("None", "a `return` is missing"),
        ("'81'", "Return a list of whole numbers"),
        ("[8.0, 1.0]", "Return a list of whole numbers"),
        ("[]", "It has 0 hidden layers; it may have 1 to 4."),
        ("[2, 2, 2, 2, 1]", "It has 5 hidden layers"),
        ("[17, 1]", "1 to 16 neurons"),
        ("[0, 1]", "1 to 16 neurons"),
        ("[8, 2]", "end in 1"),
        ("[1]", "One neuron in the *last* hidden layer, more before it."),
        ("[2, 1]", "some starts get stuck"),
    ],
)
def test_widths_that_refute_nothing(grade: Grade, widths: str, says: str) -> None:
    """Widths outside the rules are not trained; the others are, and the report says what came."""
    judged = outcome(grade(f"def refute_one_neuron():\n    return {widths}"), "one_neuron")
    assert judged.verdict is Verdict.FAILED
    assert says in (judged.message or "")


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        ("None", "a `return` is missing"),
        ("True", "Return one number"),
        ("[0.1]", "Return one number"),
        ("float('nan')", "rates above 0.03"),
        ("float('inf')", "none above 10"),
        ("0.03", "rates above 0.03"),
        ("-1", "rates above 0.03"),
        ("10.5", "none above 10"),
        ("0.033", "be bolder"),
        ("10", "too large"),
    ],
)
def test_rates_that_refute_nothing(grade: Grade, rate: str, says: str) -> None:
    """Rates outside the claim are not tried; the others are, and the report says what came."""
    judged = outcome(grade(f"def refute_small_rate():\n    return {rate}"), "larger_rate")
    assert judged.verdict is Verdict.FAILED
    assert says in (judged.message or "")


BY_ROW = """
def bends(z):
    largest = abs(z).max(axis=1, keepdims=True)
    return np.mean(abs(np.diff(z, 2)) > 1e-9 * largest)
"""
OF_MEDIANS = """
def vanishing_ratio(hidden, activation, seeds):
    middle = np.median(hidden_deltas(hidden, activation, seeds), axis=0)
    return middle[0] / middle[-1]
"""
OF_NOTHING = """
def median_epochs(hidden, activation, seeds, epochs=200, max_loss=0.05):
    import statistics
    below = train(hidden, activation, seeds, epochs=epochs).losses < max_loss
    return statistics.median([row.argmax() + 1 for row in below if row.any()])
"""
ALL_EPOCHS = """
def solved_fraction(hidden, activation, seeds, epochs=200, max_loss=0.05):
    return (train(hidden, activation, seeds).losses[:, -1] < max_loss).mean()
"""


@pytest.mark.parametrize(
    ("body", "check", "says"),
    [
        ("def count_parameters(h):\n    return sum(h)", "parameters", "These are neurons"),
        (
            "def bends(z):\n    return np.mean(abs(np.diff(z, 2)) > 1e-9)",
            "straight_or_bent",
            "multiply it by the largest",
        ),
        (
            "def bends(z):\n    return np.mean(abs(np.diff(z, 2)) > 1e-9 * z.max())",
            "straight_or_bent",
            "needs the largest |z|",
        ),
        (
            "def bends(z):\n    return np.mean(z[:, 2:] - z[:, 1:-1] != z[:, 1:-1] - z[:, :-2])",
            "straight_or_bent",
            "Rounding bends every triple",
        ),
        (BY_ROW, "straight_or_bent", "the whole array"),
        (OF_MEDIANS, "vanishing", "quotient of two medians"),
        (OF_NOTHING, "speed", "return nan"),
        (ALL_EPOCHS, "solved", "`epochs` makes no difference"),
    ],
)
def test_a_wrong_measure_is_named(grade: Grade, body: str, check: str, says: str) -> None:
    """Frequent slips are recognised from the numbers alone."""
    lost = outcome(grade(body), check)
    assert lost.verdict is Verdict.FAILED
    assert says in (lost.message or "")


def test_the_reports_pictures(grade: Grade) -> None:
    """Regions, forty curves with the stuck ones in alarm, errors of three activations."""
    result = grade(
        "def solved_fraction(*_):\n    return 0.5\ndef median_epochs(*_):\n    return 9\n"
        "def vanishing_ratio(*_):\n    return 0.5\ndef refute_one_neuron():\n    return [8, 1]\n"
        "def refute_small_rate():\n    return 0.1\n"
    )
    regions, curves = outcome(result, "solved").evidence
    assert isinstance(regions, Tiles)
    assert [one.caption.partition(" (")[0] for one in regions.tiles] == [
        "2 neurons",
        "3, stuck",
        "3, solved",
        "8 neurons, ReLU",
    ]
    assert isinstance(curves, Plot)
    ends = [(line.role, line.ys[-1] >= 0.05) for line in curves.series]
    assert len(ends) == 40
    assert set(ends) == {("alarm", True), ("plain", False)}
    (errors,) = outcome(result, "vanishing").evidence
    assert isinstance(errors, Bars)
    assert errors.log
    assert len(errors.values) == 12
    assert isinstance(outcome(result, "speed").evidence[0], Table)
    assert isinstance(outcome(result, "one_neuron").evidence[0], Tiles)
    assert isinstance(outcome(result, "larger_rate").evidence[0], Plot)


def test_titles_name_no_function_of_the_stub(exercise: Exercise) -> None:
    """A title is a behaviour; names of functions belong into the hints."""
    names = re.findall(r"^def (\w+)\(", exercise.stub, re.MULTILINE)
    assert len(names) == 8
    words = [word for check in exercise.checks for word in re.findall(r"\w+", check.title)]
    assert not set(words) & set(names)


# The trainer itself


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("hidden", [[3], [4, 2], [8, 1], [16, 5, 7]])
def test_alone_as_in_company(trainer: ModuleType, hidden: list[int], activation: str) -> None:
    """A network trained alone, again, or among others ends the same to the last bit."""
    seeds = [5, 0, *range(200, 200 + trainer.SIDE_BY_SIDE)]
    among = trainer.train(hidden, activation, seeds, epochs=4)
    for place in (0, 1, len(seeds) - 1):
        alone = trainer.train(hidden, activation, [seeds[place]], epochs=4)
        assert np.array_equal(alone.losses[0], among.losses[place])
        assert alone.test_accuracies[0] == among.test_accuracies[place]
        for one, all_ in zip(alone.layers, among.layers, strict=True):
            assert np.array_equal(one[0], all_[place])
    again = trainer.train(hidden, activation, seeds, epochs=4)
    assert np.array_equal(again.losses, among.losses)


def test_the_judge_and_a_student_get_the_same_bits(
    exercise: Exercise, experiments: ModuleType, sandbox: Sandbox
) -> None:
    """Behind the wall the losses are those of the judge, to the last bit."""
    text = "from trainer import train\ndef losses(*args):\n    return train(*args).losses\n"
    with behind_the_wall(exercise, sandbox, text) as session:
        for hidden, activation in experiments.POOL:
            theirs = fetch(
                student_of(session).losses(list(hidden), activation, [0, 3], "circle", 9)
            )
            assert np.array_equal(theirs, experiments.losses(hidden, activation, [0, 3], 9))


AS_KERAS = """
import keras
import numpy as np
import trainer


def by_keras(hidden, activation, seed, epochs):
    start = trainer.start_layers(hidden, [seed])
    make = lambda n, f: keras.layers.Dense(n, f, dtype="float64")
    layers = [*(make(n, activation) for n in hidden), make(1, "tanh")]
    model = keras.Sequential([keras.Input((2,), dtype="float64"), *layers])
    for layer, weights in zip(model.layers, start):
        layer.set_weights([weights[0, :, :-1].T, weights[0, :, -1]])
    data = trainer.make_data("circle")
    half = lambda y, out: keras.ops.square(out - y) / 2
    model.compile(keras.optimizers.SGD(0.03), half)
    model.fit(
        data.x_train, data.y_train[:, None], batch_size=10, epochs=epochs, shuffle=False, verbose=0
    )
    found = [np.vstack(layer.get_weights()) for layer in model.layers]
    loss = float(np.mean((model.predict(data.x_train, verbose=0)[:, 0] - data.y_train) ** 2) / 2)
    return {"layers": found, "loss": loss}


def by_trainer(hidden, activation, seed, epochs):
    runs = trainer.train(hidden, activation, [seed], epochs=epochs)
    return {"layers": [layer[0].T for layer in runs.layers], "loss": runs.losses[0, -1]}
"""


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_as_keras_does(exercise: Exercise, sandbox: Sandbox, activation: str) -> None:
    """From the same weights, with the same batches, Keras arrives at the same weights."""
    with behind_the_wall(exercise, sandbox, AS_KERAS) as session:
        student = student_of(session)
        keras, ours = (
            fetch(by([4, 2], activation, 7, 20)) for by in (student.by_keras, student.by_trainer)
        )
    assert len(keras["layers"]) == len(ours["layers"]) == 3
    for theirs, mine in zip(keras["layers"], ours["layers"], strict=True):
        assert np.abs(theirs - mine).max() < 1e-6
    assert keras["loss"] == pytest.approx(ours["loss"], abs=1e-6)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_errors_are_derivatives(trainer: ModuleType, activation: str) -> None:
    """The size of an error is that of the derivative of the loss by z, taken by differences."""
    layers = trainer.start_layers([3, 2], [11])
    (w1, b1), (w2, b2), (w3, b3) = ((layer[0, :, :-1].T, layer[0, :, -1]) for layer in layers)
    data, step = trainer.make_data("spiral"), 1e-6

    def f(z: Any) -> Any:
        return trainer.ACTIVATIONS[activation](z, np.empty_like(z))

    def loss(first: Any = 0.0, second: Any = 0.0) -> Any:
        hidden = f(f(data.x_train @ w1 + b1 + first) @ w2 + b2 + second)
        return (np.tanh(hidden @ w3 + b3)[:, 0] - data.y_train) ** 2 / 2

    for layer, width in enumerate((3, 2)):
        nudges = [[0.0, 0.0], [0.0, 0.0]]
        slopes = []
        for nudge in step * np.eye(width):
            ends = [loss(**{("first", "second")[layer]: sign * nudge}) for sign in (1, -1)]
            slopes.append((ends[0] - ends[1]) / (2 * step))
        size = np.sqrt(np.mean(np.square(slopes)))
        found = trainer.hidden_deltas([3, 2], activation, [11])[0, layer]
        assert found == pytest.approx(size, rel=1e-4), nudges


def test_two_three_and_eight(experiments: ModuleType) -> None:
    """On the circle two neurons always fail, three sometimes, eight never, with a wide margin."""
    last = {key: experiments.runs(*key).losses[:, -1] for key in experiments.POOL}
    assert (last[(2,), "tanh"] > 0.19).all()
    assert (last[(8,), "relu"] < 0.03).all()
    three = last[(3,), "tanh"]
    assert three.size == 200
    assert 8 <= (three > 0.1).sum() <= 40
    assert not ((three > 0.045) & (three < 0.15)).any()
    for activation in ("tanh", "relu"):
        runs = experiments.trained((2,), activation, 20)
        assert (runs.losses[:, -1] > 0.1).all()
        assert runs.test_accuracies.max() < 0.92


def test_the_default_network(experiments: ModuleType) -> None:
    """[4, 2] nearly always solves the circle, and ReLU takes about half the epochs of tanh."""
    runs = {name: experiments.runs((4, 2), name) for name in ("tanh", "relu")}
    assert all((one.losses[:, -1] < 0.1).sum() >= 37 for one in runs.values())
    tanh, relu = (experiments.median_of_firsts(runs[name].losses) for name in ("tanh", "relu"))
    assert 48 <= tanh <= 62
    assert 23 <= relu <= 32
    assert 1.6 <= tanh / relu <= 2.5


def test_errors_vanish_with_sigmoids_only(experiments: ModuleType) -> None:
    """In four layers of 8 a sigmoid leaves less than a twentieth of the error, the others more."""
    ratio = {
        name: experiments.vanishing_ratio([8] * 4, name, range(60))
        for name in ("sigmoid", "tanh", "relu")
    }
    assert 0.003 < ratio["sigmoid"] < 0.01
    assert 0.1 < ratio["relu"] < ratio["tanh"] < 0.5
    deep, flat = (experiments.vanishing_ratio([8] * n, "sigmoid", range(60)) for n in (6, 2))
    assert deep / flat < 0.01


def test_the_boundary_of_relu_has_pieces(experiments: ModuleType) -> None:
    """Along segments a ReLU network bends at a few points and a tanh network at all of them."""
    assert 0.02 < experiments.bends(experiments.lines("relu")) < 0.3
    assert experiments.bends(experiments.lines("tanh")) > 0.95


def test_last_and_best_loss_differ_somewhere(experiments: ModuleType) -> None:
    """The judge finds a limit below which a loss once was, and from which it rose again."""
    seeds, epochs, limit = experiments.rising()
    curve = experiments.losses((4, 4, 4), "relu", seeds, epochs)[0]
    assert curve.min() < 0.99 * limit
    assert curve[-1] > 1.01 * limit


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral"])
def test_data_sets(trainer: ModuleType, name: str) -> None:
    """Each data set has 250 points to train and 250 others to test, and repeats itself."""
    data = trainer.make_data(name)
    assert data.x_train.shape == data.x_test.shape == (250, 2)
    assert set(data.y_train) == set(data.y_test) == {-1.0, 1.0}
    points = np.concatenate([data.x_train, data.x_test])
    labels = np.concatenate([data.y_train, data.y_test])
    assert len(np.unique(points.round(12), axis=0)) >= 499  # both arms of the spiral start at 0
    assert abs(labels.sum()) <= 60
    assert np.array_equal(trainer.make_data(name).x_test, data.x_test)
    assert not np.array_equal(trainer.make_data(name, seed=1).x_test, data.x_test)
    radius = np.hypot(*points.T)
    if name == "circle":
        assert radius[labels > 0].max() < 2.5
        assert 3.5 < radius[labels < 0].min() < radius.max() < 5
    if name == "xor":
        assert np.array_equal(labels, np.sign(points[:, 0] * points[:, 1]))
        assert np.abs(points).min() > 0.3
    if name == "gauss":
        assert np.allclose(points[labels > 0].mean(axis=0), 2, atol=0.2)
        assert points[labels < 0].var() == pytest.approx(0.5, rel=0.25)
    if name == "spiral":
        along = radius / 5
        angle = 3.5 * np.pi * along + np.where(labels > 0, 0, np.pi)
        assert np.allclose(points.T, radius * np.array([np.sin(angle), np.cos(angle)]))


@pytest.mark.parametrize(
    ("name", "moves"), [("circle", False), ("xor", False), ("gauss", True), ("spiral", True)]
)
def test_noise(trainer: ModuleType, name: str, moves: bool) -> None:  # noqa: FBT001
    """Noise mislabels points near the border of circle and xor, and moves those of the others."""
    clean, noisy = trainer.make_data(name), trainer.make_data(name, noise=0.3)
    assert np.array_equal(clean.x_train, noisy.x_train) is not moves
    assert np.array_equal(clean.y_train, noisy.y_train) is moves
    assert (clean.y_train != noisy.y_train).mean() < 0.4


def test_unknown_words_are_told(trainer: ModuleType) -> None:
    """A data set or an activation that does not exist is answered with those that do."""
    with pytest.raises(ValueError, match=r"'moons' is none of circle, xor, gauss, spiral"):
        trainer.make_data("moons")
    with pytest.raises(ValueError, match=r"'elu' is none of tanh, relu, sigmoid, linear"):
        trainer.train([2], "elu", [0])


def behind_the_wall(exercise: Exercise, sandbox: Sandbox, text: str) -> Any:
    """Open a session on a text beside the provided files, with time enough for Keras."""
    session = sandbox.open(
        "measured", Source("measured.py", text), provided=exercise.provided, seed=1, draws=1
    )
    session.allow(300)
    return session
