"""Question 9: hyperparameters and overfitting, graded behind the wall."""

from __future__ import annotations

import ast
import importlib
import math
import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader.evidence import Bars, Plot, Table
from grader.exercise import load_exercise
from grader.model import Exercise, Outcome, Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q09_overfitting", ROOT / "solutions" / "q09_overfitting"
JUDGE = ("noisy_xor", "networks", "trainer", "configs", "verdicts", "names", "histories")

EVERYTHING = """
def hyperparameters(): return {value}
def diagnose(history): return {value}
def best_epoch(val_loss, patience): return {value}
def fix_overfitting(config): return {value}
def direction(knob): return {value}
"""

ONE_NAME = ["lr", "eta", "Learning Rate", "learning_rate", "step size", "initial learning-rate"]
ONE_KIND = ["lr", "batch size", "epochs", "optimizer", "momentum", "loss"]

Grade = Callable[..., Outcome]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def grade(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Grade one function, given as a lambda's source text, and return how its check ended."""

    def of(name: str, function: str) -> Outcome:
        result = submit(exercise, f"import numpy as np\n\n{name} = {function}\n")
        return next(one for one in result.outcomes if one.name == name)

    return of


@pytest.fixture(scope="module")
def judge() -> Iterator[SimpleNamespace]:
    """Import the judge's own modules, and leave no trace of their bare names."""
    displaced = {name: sys.modules.pop(name) for name in JUDGE if name in sys.modules}
    sys.path.insert(0, str(FOLDER / "judge"))
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in JUDGE})
    sys.path.remove(str(FOLDER / "judge"))
    for name in JUDGE:
        del sys.modules[name]
    sys.modules.update(displaced)


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "0",
        "10**400",
        "float('nan')",
        "1j",
        "'good'",
        "'increase'",
        "'decrease'",
        "[]",
        "[0, 0]",
        "(0, 0, 0)",
        "['a', None]",
        "[[1, 2], [3]]",
        "{}",
        "{1: 2, (3, 4): {5}, None: 'architecture'}",
        "{'dropout': None, 'lr': ['optimisation'], 'x' * 10**5: 'regularisation'}",
        "(n for n in range(2))",
        "np.zeros((2, 2))",
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
    ("change", "says"),
    [
        ("'epochs': 10**9", "'epochs' must be a whole number from 1 to 10000; it is 1000000000."),
        ("'epochs': 0", "'epochs' must be"),
        ("'epochs': 7.5", "'epochs' must be"),
        ("'epochs': 10**400", "'epochs' must be"),
        ("'epochs': True", "'epochs' must be"),
        ("'widths': [10**6, 10**6]", "from 1 to 1024 of neurons; 'widths' holds 1000000"),
        ("'widths': [0]", "'widths' holds 0"),
        ("'widths': [-3]", "'widths' holds -3"),
        ("'widths': [2.5]", "'widths' holds 2.5"),
        ("'widths': [float('nan')]", "'widths' holds nan"),
        ("'widths': ['8']", "'widths' holds '8'"),
        ("'widths': [[8]]", "'widths' holds [8]"),
        ("'widths': 8", "'widths' must list the neurons"),
        ("'widths': []", "'widths' must list the neurons"),
        ("'widths': [1] * 10**5", "'widths' must list the neurons"),
        ("'widths': np.ones((2, 2))", "'widths' holds [1.0, 1.0]"),
        ("'activation': 'softmax'", "'activation' must be one of tanh, relu, sigmoid, linear."),
        ("'activation': ['relu']", "'activation' must be one of"),
        ("'lr': 0", "'lr' must be a number above 0 and at most 1; it is 0."),
        ("'lr': -0.1", "'lr' must be"),
        ("'lr': '0.01'", "'lr' must be"),
        ("'lr': float('inf')", "'lr' must be"),
        ("'lr': 1j", "'lr' must be"),
        ("'batch': 0.5", "'batch' must be"),
        ("'batch': None", "'batch' must be"),
        ("'l2': -1", "'l2' must be a number from 0 to 100; it is -1."),
        ("'l2': float('nan')", "'l2' must be"),
        ("'dropout': 1", "'dropout' must be a number from 0 to 0.99; it is 1."),
        ("'dropout': [0.5]", "'dropout' must be"),
        ("'early_stopping': 1", "'early_stopping' must be True or False."),
        ("'early_stopping': 'yes'", "'early_stopping' must be True or False."),
        ("'ntrain': 600", "Only hyperparameters may change: 'ntrain' is none of the eight keys."),
        ("1: 2", "Only hyperparameters may change: 1 is none"),
    ],
)
def test_a_configuration_out_of_range_is_refused(grade: Grade, change: str, says: str) -> None:
    """A value that no training could use is named, with the range; nothing is trained or drawn."""
    fix = grade("fix_overfitting", f"lambda config: {{**config, {change}}}")
    assert fix.verdict is Verdict.FAILED
    assert says in (fix.diagnosis or "")
    assert fix.evidence == ()


def test_a_missing_key_is_named(grade: Grade) -> None:
    """A dict with the changes alone is not a configuration."""
    fix = grade("fix_overfitting", "lambda config: {'early_stopping': True}")
    assert "missing: widths, activation, epochs, lr, batch, l2, dropout" in (fix.diagnosis or "")


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ("'early_stopping': True", 3),
        ("'l2': 0.005", 3),
        ("'l2': 0.01", 3),
        ("'dropout': 0.3", 3),
        ("'dropout': 0.5", 3),
        ("'widths': [8]", 3),
        ("'widths': [4, 4]", 3),
        ("'epochs': 20", 3),
        ("'lr': 0.001", 3),
        ("'widths': [2]", 1.5),
        ("'widths': [96, 96]", 0),
        ("'widths': [48, 48, 48]", 0),
        ("'epochs': 600", 0),
        ("'lr': 0.03", 0),
        ("'activation': 'relu'", 0),
        ("'widths': [1]", 0),
        ("'epochs': 1", 0),
        ("'dropout': 0.9", 0),
        ("'l2': 1", 0),
        ("'activation': 'linear'", 0),
        ("'lr': 1, 'activation': 'relu', 'widths': [64] * 8, 'epochs': 20", 0),
    ],
)
def test_what_a_configuration_earns(grade: Grade, change: str, points: float) -> None:
    """Each cure of the chapter earns full marks; underfitting, capacity and patience earn none."""
    fix = grade("fix_overfitting", f"lambda config: {{**config, {change}}}")
    assert fix.points == points, fix.message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("'widths': [64] * 3, 'epochs': 300, 'dropout': 0.5", "at most 167 of the 300 epochs"),
        ("'widths': [100], 'early_stopping': True", "trained with 64 neurons at most"),
    ],
)
def test_bounds_are_remarked(grade: Grade, change: str, says: str) -> None:
    """Where less is trained than was asked for, a good configuration is told so."""
    fix = grade("fix_overfitting", f"lambda config: {{**config, {change}}}")
    assert fix.points == 3
    assert says in (fix.findings[0].diagnosis or "")


def test_divergence_is_told(grade: Grade) -> None:
    """A rate that makes the training loss explode is not mistaken for underfitting."""
    change = "'lr': 1, 'activation': 'relu', 'widths': [64] * 8, 'epochs': 300, 'l2': 100"
    fix = grade("fix_overfitting", f"lambda config: {{**config, {change}}}")
    assert fix.points == 0
    assert "Training diverged" in (fix.diagnosis or "")


def test_work_is_bounded(judge: SimpleNamespace) -> None:
    """Whatever is asked for within the ranges, the steps times their cost stay within the bound."""
    for widths in ([1], [64], [64] * 4, [1024] * 8):
        for batch in (1, 7, 60, 10_000):
            config, _ = judge.configs.read(
                judge.configs.BASELINE | {"widths": widths, "batch": batch, "epochs": 10_000}
            )
            sizes = (2, *config.widths, 1)
            weights = sum((a + 1) * b for a, b in pairwise(sizes))
            steps = config.most_epochs * math.ceil(60 / config.batch)
            assert max(config.widths) <= 64
            assert steps * (400 + weights) <= judge.networks.MOST_WORK


def test_equal_configurations_are_trained_once(judge: SimpleNamespace) -> None:
    """The baseline, and any configuration that is asked for again, come from the cache."""
    config, _ = judge.configs.read(judge.configs.BASELINE | {"epochs": 2})
    again, _ = judge.configs.read(judge.configs.BASELINE | {"epochs": 2.0, "widths": (48, 48)})
    assert judge.trainer.train(config) is judge.trainer.train(again)


def test_the_statement_is_right_about_the_configuration(
    exercise: Exercise, judge: SimpleNamespace
) -> None:
    """The configuration in the statement is the one that is passed in, and overfits as it says."""
    block = re.search(r"```python\n(.*?)```", exercise.statement, re.DOTALL)
    assert block is not None
    assert ast.literal_eval(block[1]) == judge.configs.BASELINE
    before = judge.trainer.train(judge.configs.read(judge.configs.BASELINE)[0])
    assert before.train_accuracy == pytest.approx(0.98, abs=0.01)
    assert before.test > 10 * before.train
    assert f"{judge.noisy_xor.FLIPPED:.0%}".replace("%", " %") in exercise.statement
    assert f"After {judge.trainer.PATIENCE} epochs" in exercise.statement


def test_no_line_separates_the_classes(judge: SimpleNamespace) -> None:
    """On every data set, the classes are about equal and a linear model knows next to nothing."""
    training, _, test = judge.noisy_xor.sets()
    for points, labels, others, truth in zip(*training, *test, strict=True):
        design = np.column_stack([points, np.ones(len(points))])
        line = np.linalg.lstsq(design, 2 * labels - 1, rcond=None)[0]
        guesses = np.column_stack([others, np.ones(len(others))]) @ line > 0
        assert np.mean(guesses == (truth > 0)) < 0.7
        assert 0.4 < truth.mean() < 0.6


def test_the_gradient_of_the_trainer(judge: SimpleNamespace) -> None:
    """Its gradient is the slope of cross-entropy plus penalty, for each activation and seed."""
    part = judge.noisy_xor.sets().training
    for activation in ("tanh", "sigmoid", "relu", "linear"):
        config = configured(judge, (5, 3), activation, l2=0.05)
        networks = judge.networks.Networks(config, 0)
        networks.numbers += np.random.default_rng(1).normal(0, 0.3, networks.numbers.shape)
        networks.backward(part.X, part.y, config, np.random.default_rng(0))
        for seed in (0, 19):
            point = networks.numbers[seed].astype(float)
            slopes = [
                (
                    penalised(point + step, part, seed, activation)
                    - penalised(point - step, part, seed, activation)
                )
                / 2e-5
                for step in 1e-5 * np.eye(len(point))
            ]
            assert np.allclose(networks.gradient[seed], slopes, atol=2e-4)


def configured(judge: SimpleNamespace, widths: tuple[int, ...], activation: str, **others: float):
    """Return a configuration for one full batch."""
    config = judge.configs.BASELINE | {"widths": widths, "activation": activation, "batch": 60}
    return judge.configs.read(config | others)[0]


def penalised(numbers: np.ndarray, part, seed: int, activation: str) -> float:
    """Return the loss of a 2-5-3-1 network with its L2 penalty of 0.05, in plain float64."""
    bend = {
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "relu": lambda z: np.maximum(z, 0),
        "linear": lambda z: z,
    }[activation]
    values, penalty, at = part.X[seed].astype(float), 0.0, 0
    for a, b in ((2, 5), (5, 3), (3, 1)):
        weights = numbers[at : at + a * b].reshape(a, b)
        values = values @ weights + numbers[at + a * b : at + a * b + b]
        values = bend(values) if b > 1 else values
        penalty += 0.05 * (weights**2).sum()
        at += a * b + b
    p, y = 1 / (1 + np.exp(-values)), part.y[seed]
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + penalty)


def test_dropout_keeps_the_mean(judge: SimpleNamespace) -> None:
    """What dropout leaves is scaled up, so that the gradient is right on average."""
    part = judge.noisy_xor.sets().training
    config = configured(judge, (6,), "linear", dropout=0.5)
    networks, rng = judge.networks.Networks(config, 0), np.random.default_rng(0)
    networks.numbers *= 1e-3  # so small that the output layer's sigmoid is a straight line
    total = np.zeros_like(networks.gradient, dtype=float)
    for _ in range(2000):
        networks.backward(part.X, part.y, config, rng)
        total += networks.gradient
    plain = configured(judge, (6,), "linear")
    networks.backward(part.X, part.y, plain, rng)
    assert np.allclose(total / 2000, networks.gradient, rtol=0.1, atol=2e-4)


def test_early_stopping_restores_the_best_weights(judge: SimpleNamespace) -> None:
    """Each network gets back the weights of its own lowest validation loss before it stopped."""
    seeds, patience = judge.noisy_xor.SEEDS, judge.trainer.PATIENCE
    networks = SimpleNamespace(numbers=np.zeros((seeds, 3)))
    stopper = judge.trainer.Stopper(networks)
    rng = np.random.default_rng(6)
    losses = rng.uniform(0.1, 1, size=(200, seeds))
    ends = 0
    for epoch, row in enumerate(losses):
        networks.numbers[:] = epoch
        if stopper.ends(row):
            ends = epoch
            break
    expected = [judge.histories.best_epoch(column.tolist(), patience) for column in losses.T]
    assert stopper.best[:, 0].tolist() == [best for best, _ in expected]
    assert ends == max(last for _, last in expected)


def test_histories_keep_clear_of_the_borders(judge: SimpleNamespace) -> None:
    """Every drawn history has the diagnosis that the rules give, with a margin on each of them."""
    rng = np.random.default_rng(7)
    for _ in range(100):
        for history in judge.histories.drawn(rng):
            loss, val = np.array(history.loss), np.array(history.val_loss)
            if not np.isfinite(np.concatenate([loss, val])).all():
                assert history.diagnosis == "diverging"
                continue
            ratio, rise = loss[-1] / loss[0], val[-1] / val.min()
            if history.diagnosis == "diverging":
                assert ratio > 1.3
            elif history.diagnosis == "underfit":
                assert 0.87 < ratio < 1.04
                assert rise < 1.1
            elif history.diagnosis == "overfit":
                assert ratio < 0.6
                assert rise > 1.3
                assert loss[-1] < 0.95 * loss[val.argmin()]
            else:
                assert ratio < 0.6
                assert rise < 1.1


def test_each_rule_is_asked_about(judge: SimpleNamespace) -> None:
    """Each diagnosis occurs; a loss that is not finite stands in either list, and alone there."""
    drawn = judge.histories.drawn(np.random.default_rng(8))
    kinds = ["diverging"] * 3 + ["good"] * 2 + ["overfit"] * 2 + ["underfit"] * 2
    assert sorted(history.diagnosis for history in drawn) == kinds
    wild = [[np.isfinite(part).all() for part in history[:2]] for history in drawn]
    assert wild.count([False, True]) == wild.count([True, False]) == 1


def test_sequences_hold_what_matters(judge: SimpleNamespace) -> None:
    """Ties, a lowest loss after the stop, and runs that never stop are among the sequences."""
    never, tied, unseen = 0, 0, 0
    for losses, patience in judge.histories.SEQUENCES:
        best, last = judge.histories.best_epoch(losses, patience)
        never += last == len(losses) - 1
        tied += losses[: last + 1].count(losses[best]) > 1
        unseen += min(losses) < losses[best]
    assert never >= 3
    assert tied >= 1
    assert unseen >= 2


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("lambda v, p: (int(np.argmin(v)), len(v) - 1)", "Training ends with the stop"),
        ("lambda v, p: (1 + int(np.argmin(v)), len(v))", ""),
        ("lambda v, p: int(np.argmin(v))", ""),
        ("lambda v, p: None", "a `return` is missing"),
    ],
)
def test_a_wrong_epoch_is_explained(grade: Grade, rule: str, says: str) -> None:
    """A wrong pair of epochs is shown on the shortest losses, and named where it is known."""
    check = grade("best_epoch", rule)
    assert check.verdict is Verdict.FAILED
    assert "best_epoch([0.9, 0.7, 0.5, 0.6, 0.65, 0.7, 0.8], 2)" in (check.message or "")
    assert says in (check.diagnosis or "")


@pytest.mark.parametrize("answer", ["good", "overfit", "underfit", "diverging"])
def test_a_constant_diagnosis_earns_nothing(grade: Grade, answer: str) -> None:
    """One word for all histories is no diagnosis; the first wrong history is drawn."""
    check = grade("diagnose", f"lambda history: {answer!r}")
    assert check.points == 0
    (picture,) = check.evidence
    assert isinstance(picture, Plot)
    assert [line.name for line in picture.series] == ["loss", "val_loss"]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("{}", "Missing optimisation knobs"),
        (f"dict.fromkeys({ONE_NAME}, 'optimization')", "at least 6"),
        (f"dict.fromkeys({ONE_KIND}, 'optimisation')", "Missing regularisation knobs"),
        ("{'accuracy': 'optimisation'}", "Accuracy is measured, not set."),
        ("{'Weights': 'architecture'}", "Weights are learned, not set."),
        ("{'dropout': 'architecture'}", "'dropout' does not count here: it belongs under regul"),
    ],
)
def test_what_is_missing_among_the_names(grade: Grade, names: str, says: str) -> None:
    """Too few names, too few kinds, and names of what is learned earn nothing, with a reason."""
    check = grade("hyperparameters", f"lambda: {names}")
    assert check.points == 0
    told = " ".join([check.message or "", *(one.diagnosis or "" for one in check.findings)])
    assert says in told
    (table,) = check.evidence
    assert isinstance(table, Table)


def test_names_have_one_meaning(judge: SimpleNamespace) -> None:
    """No alias stands for two hyperparameters, or for something that is learned or measured."""
    names = judge.names
    spelled = [
        names.plain(alias)
        for canonical, listed in names.ALIASES.items()
        for alias in {names.plain(one) for one in (canonical, *listed.split(","))}
    ]
    assert len(spelled) == len(set(spelled))
    assert not set(spelled) & set(names.NOT_SET)
    assert names.ALIASES.keys() == names.CANONICAL.keys()


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Learning Rate", "learning rate"),
        ("learning_rate", "learning rate"),
        ("optimizer", "optimiser"),
        ("Optimiser", "optimiser"),
        ("weight initialization", "initialisation"),
        ("kernel_initializer", "initialisation"),
        ("mini-batch size", "batch size"),
        ("number of hidden layers", "number of layers"),
        ("n_neurons", "neurons per layer"),
        ("activation functions", "activation"),
        ("L2", "l1/l2"),
        ("L1/L2 regularization", "l1/l2"),
        ("EarlyStopping patience", None),
        ("early_stopping", "early-stopping patience"),
        ("BatchNormalization", None),
        ("batch normalization", "normalisation"),
        ("learning rate schedule", "learning-rate schedule"),
        ("losses", None),
        ("loss", "loss"),
        ("", None),
    ],
)
def test_aliases(judge: SimpleNamespace, name: str, canonical: str | None) -> None:
    """Common spellings of a hyperparameter are understood."""
    assert judge.names.meant(name) == canonical


def test_pictures(grade: Grade) -> None:
    """The losses are drawn before and after with the best epoch marked, and the gap as bars."""
    fix = grade("fix_overfitting", "lambda config: {**config, 'early_stopping': True}")
    before, after, gap = fix.evidence
    assert isinstance(before, Plot)
    assert isinstance(after, Plot)
    assert isinstance(gap, Bars)
    for picture in (before, after):
        training, test = picture.series
        assert picture.mark_x == test.xs[int(np.argmin(test.ys))]
        assert training.xs == test.xs
    assert before.series[0].xs[-1] == 200
    assert gap.values[1] < 0.7 * gap.values[0] == gap.limit
