"""The shipped course judges as it claims: every reference, stub, mistake and right answer.

Question 10 trains for minutes: `tests/test_q10.py` tries a part of it, `grader verify q10` all.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader import course, verify
from grader.model import Course, Verdict
from grader.sandbox import Sandbox
from grader.verify.survival import trains

ROOT = Path(__file__).resolve().parents[1]
EXERCISES = [one for one in course.load(ROOT).exercises if not trains(one)]
CASES = [case for exercise in EXERCISES for case in verify.cases(exercise)]
RIGHT = [
    (exercise, file)
    for exercise in EXERCISES
    for file in sorted((ROOT / "tests" / "right" / exercise.id).glob("*.py"))
]

TAILORED = {  # a function of each reference, and on which inputs it stays right
    "q01_playground": ("count_parameters(hidden)", "len(hidden) < 7"),
    "q02_xor": ("fire(excite, inhibit)", "len(excite) < 5 and len(inhibit) < 3"),
    "q03_logistic": ("log_loss_gradient(X, y, w, b)", "b == 0.7"),
    "q04_gradients": ("collapse(W1, b1, W2, b2)", "len(W1) < 6"),
    "q05_activations": ("sigmoid(z)", "np.ndim(z) < 2 or np.shape(z)[1] > 3"),
    "q06_shapes": ("forward(X, Wh, bh, Wo, bo)", "len(X) < 12"),
    "q07_outputs": ("softmax(z)", "len(z) < 8"),
    "q08_backprop": ("reverse_mode(tape, x)", "len(tape) < 14"),
    "q09_overfitting": ("best_epoch(val_loss, patience)", "len(val_loss) < 30"),
    "q10_mnist": ("confusion_matrix(y_true, y_pred, k=10)", "k in {3, 6, 10}"),
}


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.exercise.label}-{case.name}-{case.seed}" for case in CASES]
)
def test_every_claim_of_the_course_holds(case: verify.Case, sandbox: Sandbox) -> None:
    """A reference earns everything, a stub nothing, and a mistake loses exactly what it names."""
    assert verify.judge(case, sandbox).faults == ()


@pytest.mark.parametrize(
    ("exercise", "file"), RIGHT, ids=[f"{one.label}-{file.stem}" for one, file in RIGHT]
)
def test_no_right_answer_is_refused(exercise, file: Path, submit) -> None:
    """Correct code earns full marks, however it is written."""
    result = submit(exercise, file.read_text(encoding="utf-8"))
    assert result.points == result.out_of, [one.message for one in result.outcomes]


def test_every_exercise_has_right_answers_in_six_forms() -> None:
    """Students write in many ways, and each exercise is tried with at least six of them."""
    folders = (ROOT / "tests" / "right").iterdir()
    few = [folder.name for folder in folders if len(list(folder.glob("*.py"))) < 6]
    assert few == []


def test_every_exercise_is_worth_ten_points(shipped: Course) -> None:
    """Ten points an exercise, so that ten of them make a hundred."""
    assert [one.points for one in shipped.exercises] == [10] * len(shipped.exercises)


def test_every_exercise_has_public_and_hidden_checks(shipped: Course) -> None:
    """A hidden check comes after the public one that asks the same, and is worth no more."""
    for exercise in shipped.exercises:
        (hidden,) = (check for check in exercise.checks if check.hidden)
        assert hidden.after in exercise.checks, exercise.id
        assert not hidden.after.hidden, exercise.id
        assert hidden.points in {0.25, 0.5}, exercise.id
        assert hidden.points <= hidden.after.points, exercise.id


@pytest.mark.parametrize("name", TAILORED)
def test_code_tailored_to_the_public_inputs_is_found_out(
    shipped: Course, submit, name: str
) -> None:
    """What is right on the inputs of the public check alone passes that one only."""
    (exercise,) = (one for one in shipped.exercises if one.id == name)
    (hidden,) = (check for check in exercise.checks if check.hidden)
    signature, seen = TAILORED[name]
    function = signature.partition("(")[0]
    given = signature.replace("k=10", "k")
    right = (ROOT / "solutions" / name / f"{exercise.module}.py").read_text(encoding="utf-8")
    text = (
        f"{right}\nimport numpy as np\nright_{function} = {function}\n\n"
        f"def {signature}:\n    return right_{given} if {seen} else None\n"
    )
    result = submit(replace(exercise, checks=(hidden.after, hidden)), text)
    assert [one.verdict for one in result.outcomes] == [Verdict.PASSED, Verdict.FAILED]


def test_hints_lead_to_the_answer_in_three_steps(shipped: Course) -> None:
    """Where, why, and almost how with a blank: 80 to 160 words together, on every public check."""
    for exercise in shipped.exercises:
        for check in (one for one in exercise.checks if one.points and not one.hidden):
            words = " ".join(check.hints).split()
            assert (len(check.hints), 80 <= len(words) <= 160) == (3, True), check.name
            assert "___" in check.hints[-1], check.name


def test_titles_are_behaviours_and_not_sentences(shipped: Course) -> None:
    """A title stands as a heading: without a full stop at its end."""
    checks = [check for exercise in shipped.exercises for check in exercise.checks]
    assert [check.title for check in checks if check.title.endswith(".")] == []


def test_every_exercise_asks_for_words(shipped: Course) -> None:
    """Each has one question that a person reads, worth no automatic points."""
    for exercise in shipped.exercises:
        assert [check.points for check in exercise.checks].count(0) >= 1, exercise.id
