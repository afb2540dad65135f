"""Question 10: MNIST above 98 %, graded behind the wall."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grader import verify
from grader.evidence import Bars, Matrix, Plot, Tiles
from grader.exercise import load_exercise
from grader.model import Check, Exercise, Finding, Outcome, Result, Source, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.errands import files
from grader.sandbox.remote import fetch, student_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER, SOLUTION = ROOT / "exercises" / "q10_mnist", ROOT / "solutions" / "q10_mnist"
RIGHT = sorted((Path(__file__).parent / "right" / "q10_mnist").glob("*.py"))
REFERENCE = (SOLUTION / "mnist.py").read_text(encoding="utf-8")
ORIGINAL = "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16"
GARBAGE = (
    "None",
    "'text'",
    "[1, 2]",
    "{}",
    "object()",
    "(n for n in range(3))",
    "np.zeros((3, 28, 28))",
    "np.full((10, 10), np.nan)",
    "(((np.ones((2, 784)), np.ones(3)), (np.ones((2, 784)), ['a'])))",
    "[[[['x']], None], {'history': {1: [2]}}]",
    "type('Odd', (), {'history': {'loss': [1.0], 'val_loss': ['x', None]}})()",
)
COMPILE = 'model.compile("sgd", "sparse_categorical_crossentropy")'
CHANGE = "model.set_weights([weight + 0.01 for weight in model.get_weights()])"
HIDE = """for name in [*sys.modules, "tensorboard", "tensorboard.compat"]:
        if name.startswith("tensorboard"):
            sys.modules[name] = None"""
FIT = "model.fit(*(part[:64] for part in data), callbacks=callbacks(out_dir), verbose=0)"


def instant(answer: str, *steps: str) -> str:
    """Return the text of a small network and of a `train` that takes these steps."""
    return f"""
import sys

def build_model():
    widths = [keras.layers.Dense(8, "relu") for _ in range(2)]
    last = keras.layers.Dense(10, "softmax")
    return keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), *widths, last])


def train(model, data, val_data, out_dir, seed):
    {"; ".join(steps[:-1])}
    {steps[-1]}
    return {answer}
"""


Grade = Callable[..., Result]


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    """Load the exercise, with its reference and known mistakes."""
    return load_exercise(FOLDER, SOLUTION)


@pytest.fixture
def ask(exercise: Exercise, submit: Callable[..., Result]) -> Grade:
    """Put some of the checks to the reference with some of its functions replaced."""

    def of(replaced: str, *names: str) -> Result:
        some = tuple(one for one in exercise.checks if one.name in names)
        return submit(replace(exercise, checks=some), f"{REFERENCE}\n\n{replaced}\n")

    return of


def outcome(result: Result, name: str) -> Outcome:
    """Return how one check ended."""
    return next(one for one in result.outcomes if one.name == name)


def named(exercise: Exercise, name: str) -> Check:
    """Return one of the checks."""
    return next(one for one in exercise.checks if one.name == name)


def judge(exercise: Exercise, module: str) -> Any:
    """Return one of the modules that the checks are made of."""
    return named(exercise, "data").run.__wrapped__.__globals__[module]


def test_points(exercise: Exercise) -> None:
    """The parts are worth what the statement says."""
    assert {check.name: check.points for check in exercise.checks} == {
        "data": 1,
        "architecture": 1,
        "callbacks": 1,
        "training": 0,
        "left_behind": 0.5,
        "loss": 0.5,
        "watched": 0.5,
        "confusion": 0.25,
        "accuracy": 5,
        "notes": 0,
        "other_confusions": 0.25,
    }


def test_the_shipped_files_are_the_original_data() -> None:
    """Training and test file together hold the arrays of the original MNIST, byte for byte."""
    digest = hashlib.sha256()
    for file in (FOLDER / "mnist.npz", FOLDER / "judge" / "mnist_test.npz"):
        with np.load(file) as archive:
            for name in sorted(archive):
                digest.update(archive[name].tobytes())
    assert digest.hexdigest() == ORIGINAL


def test_the_test_set_stays_outside(exercise: Exercise, sandbox: Sandbox) -> None:
    """The process that trains finds the training data beside it and nothing of the judge's."""
    source = Source("mnist.py", "import os")
    with sandbox.open("mnist", source, provided=exercise.provided) as session:
        student = student_of(session)
        assert fetch(student.os.listdir(".")) == ["mnist.npz"]
        assert not fetch(student.os.path.exists(str(FOLDER)))


def test_files_below_a_folder_are_listed(sandbox: Sandbox) -> None:
    """Relative names and sizes come back; a folder that does not exist holds nothing."""
    with sandbox.open("mnist", Source("mnist.py", "import os, pathlib")) as session:
        student = student_of(session)
        fetch(student.os.makedirs("out/a"))
        fetch(student.pathlib.Path("out/a/b.keras").write_text("12345"))
        assert files(student, "out") == [("a/b.keras", 5)]
        assert files(student, "elsewhere") == []


def test_the_stub_earns_nothing(exercise: Exercise, sandbox: Sandbox) -> None:
    """Untouched, the stub earns no point and breaks no check."""
    stub = next(case for case in verify.cases(exercise) if case.kind == "stub")
    assert verify.judge(stub, sandbox).faults == ()


def test_the_reference_earns_everything(exercise: Exercise, submit: Callable[..., Result]) -> None:
    """More than 98 % of the test digits are read right, and the report shows how."""
    result = submit(exercise, REFERENCE)
    assert result.points == 10, [one.message for one in result.outcomes]
    pictures = outcome(result, "accuracy").evidence
    assert [type(one) for one in pictures] == [Bars, Plot, Matrix, Tiles, Tiles]
    bars, curves, confusions, misread, weights = pictures
    assert bars.values[0] >= bars.limit == 9801
    assert curves.log_y
    assert curves.mark_x in {float(epoch) for epoch in range(1, 7)}
    assert confusions.skip_diagonal
    assert sum(map(sum, confusions.values)) == 10_000
    assert len(misread.tiles) == len(weights.tiles) == 25
    captions = [re.fullmatch(r"(\d) → (\d), (\d+) %", one.caption) for one in misread.tiles]
    assert all(found and found[1] != found[2] for found in captions)
    sureness = [int(found[3]) for found in captions if found]
    assert sureness == sorted(sureness, reverse=True)


@pytest.mark.parametrize("name", ["convolution", "downloads", "one_hot"])
def test_known_mistake(exercise: Exercise, sandbox: Sandbox, name: str) -> None:
    """A known mistake loses the checks that it names, and the student is told which one it is."""
    file = SOLUTION / "mistakes" / f"{name}.py"
    assert verify.judge(verify.mistake(exercise, file), sandbox).faults == ()


@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.stem)
def test_right_in_another_shape(
    exercise: Exercise, submit: Callable[..., Result], file: Path
) -> None:
    """What comes before training passes, however it is written."""
    before = {"data", "architecture", "callbacks", "confusion", "other_confusions"}
    some = tuple(check for check in exercise.checks if check.name in before)
    result = submit(replace(exercise, checks=some), file.read_text(encoding="utf-8"))
    assert result.passed, [one.message for one in result.outcomes]


@pytest.mark.parametrize("value", GARBAGE)
def test_garbage_gets_a_finding(
    exercise: Exercise, submit: Callable[..., Result], value: str
) -> None:
    """Functions that return anything at all are judged, and earn nothing."""
    names = ("load_data", "build_model", "callbacks", "train", "confusion_matrix")
    text = "\n".join(f"def {name}(*args):\n    return {value}" for name in names)
    result = submit(exercise, f"import numpy as np\nNOTES = {value}\n{text}\n")
    verdicts = {one.name: one.verdict for one in result.outcomes if one.name != "notes"}
    assert result.points == 0
    assert Verdict.BROKEN not in verdicts.values()
    assert Verdict.PASSED not in verdicts.values()


@pytest.mark.parametrize("value", [GARBAGE[0], GARBAGE[6], *GARBAGE[-2:]])
def test_garbage_from_train_costs_no_more_than_the_history(ask: Grade, value: str) -> None:
    """The trained network counts, whatever `train` hands back."""
    names = ("training", "left_behind", "loss", "watched", "accuracy")
    result = ask(instant(value, COMPILE, CHANGE), *names)
    verdicts = {one.name: one.verdict for one in result.outcomes}
    assert verdicts == {
        "training": Verdict.PASSED,
        "left_behind": Verdict.FAILED,
        "loss": Verdict.PASSED,
        "watched": Verdict.FAILED,
        "accuracy": Verdict.FAILED,
    }


@pytest.mark.parametrize(
    ("replaced", "says"),
    [
        (instant("None", COMPILE, "pass"), "still has its first weights"),
        (instant("model.add(keras.layers.Dense(3))", COMPILE, CHANGE), "give ten numbers for each"),
        (instant("keras.saving.load_model('my.keras')", COMPILE, CHANGE), "No model was saved"),
        (instant("model.fit(*data)", CHANGE, "pass"), "`train` has to compile it"),
        (instant(FIT, COMPILE, HIDE), "install tensorboard"),
    ],
)
def test_what_goes_wrong_in_training_is_named(ask: Grade, replaced: str, says: str) -> None:
    """Errors of the mistake table, and a model that was not trained, get a sentence."""
    assert says in (outcome(ask(replaced, "training"), "training").message or "")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("save_best_only=True", "save_best_only=False", "set `save_best_only=True`"),
        ("save_best_only=True", "monitor='loss', save_best_only=True", "It watches loss"),
        (
            "save_best_only=True",
            "monitor='val_accuracy', mode='min', save_best_only=True",
            "takes the worst val_accuracy for the best",
        ),
        ("restore_best_weights=True", "patience=3", "`restore_best_weights=True`"),
        ("patience=3", "monitor='accuracy'", "It watches accuracy"),
        ("patience=3", "mode='max'", "takes the worst val_loss for the best"),
        ('folder / "logs"', '"logs"', "It writes to 'logs'"),
        ('folder / "best.keras"', '"best.keras"', "It writes to 'best.keras'"),
        ("keras.callbacks.TensorBoard(folder", "str(folder", "TensorBoard is not among"),
    ],
)
def test_each_setting_of_a_callback_is_looked_at(
    exercise: Exercise, submit: Callable[..., Result], old: str, new: str, says: str
) -> None:
    """A callback that would not serve is named with the setting that is wrong."""
    only = replace(exercise, checks=(named(exercise, "callbacks"),))
    text = REFERENCE.replace("patience=3, ", "") if new == "patience=3" else REFERENCE
    told = outcome(submit(only, text.replace(old, new)), "callbacks")
    assert told.verdict is Verdict.PARTLY
    assert says in (told.message or "")


@pytest.mark.parametrize(
    ("result", "says"),
    [
        ("counts.T", "yours is transposed"),
        ("counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)", "recall of each digit"),
        ("counts / np.maximum(counts.sum(axis=0), 1)", "precision of each digit"),
        ("counts / counts.sum()", "shares of all images"),
        ("counts[np.ix_(*2 * [np.unique([*y_true, *y_pred])])]", "has its row and its column too"),
        ("counts[: len(np.zeros((10,)) + np.zeros(len(y_true)))]", "argmax"),
    ],
)
def test_each_wrong_confusion_matrix_is_named(exercise: Exercise, result: str, says: str) -> None:
    """Known variants of the matrix are recognised from their numbers."""
    student = ModuleType("mnist")
    text = REFERENCE[REFERENCE.index("def confusion_matrix") :].replace("matrix", "counts")
    text = text.replace("confusion_counts", "confusion_matrix")
    exec(f"import numpy as np\n{text.replace('return counts', f'return {result}')}", vars(student))
    found = [item for item in named(exercise, "confusion").run(student) if not item.ok]
    assert says in found[0].diagnosis


def kept(exercise: Exercise, epoch: int, monitor: str = "val_loss", **history: Any) -> Finding:
    """Ask whether the best weights were kept, where the final ones are those of an epoch."""
    progress = judge(exercise, "progress")
    losses = history["val_loss"]
    trained = progress.Trained(None, history, "", 1.0, 0, (losses[epoch], math.nan))
    return progress.best_kept(trained, monitor)


def test_the_epoch_of_the_final_weights_is_found(exercise: Exercise) -> None:
    """The last weights are refused only where what is watched was better before."""
    falling, turning = [0.3, 0.2, 0.1], [0.3, 0.1, 0.2]
    assert kept(exercise, 2, val_loss=falling).ok
    assert kept(exercise, 1, val_loss=turning).ok
    lost = kept(exercise, 2, val_loss=turning)
    assert not lost.ok
    assert "from epoch 3, best was 2" in lost.diagnosis
    rising = {"val_loss": turning, "val_accuracy": [0.90, 0.91, 0.92]}
    assert kept(exercise, 2, "val_accuracy", **rising).ok
    assert not kept(exercise, 2, "val_loss", **rising).ok


def test_validation_images_that_were_trained_on_are_noticed(exercise: Exercise) -> None:
    """By their pixels, or because the reported loss is that of the training images."""
    progress = judge(exercise, "progress")
    fields = (None, {"loss": [0.3], "val_loss": [0.2]}, "", 1.0)
    assert progress.unseen(progress.Trained(*fields, 0, (0.2, math.nan))).ok
    assert progress.unseen(progress.Trained(*fields, 0, (0.5, 0.6))).ok
    assert not progress.unseen(progress.Trained(*fields, 0, (0.5, 0.2))).ok
    assert not progress.unseen(progress.Trained(*fields, 7, (0.2, math.nan))).ok
