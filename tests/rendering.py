"""Reports to render: one that shows everything a page can show, and a plain one."""

from __future__ import annotations

from dataclasses import replace

from pictures import (
    accuracy_bars,
    confusion,
    digit_tiles,
    drawing,
    every_evidence,
    gradient_bars,
    loss_plot,
    slope_plot,
    xor_wiring,
)

from grader.marking import Mark, Review
from grader.model import (
    Finding,
    Outcome,
    Place,
    Provenance,
    Report,
    Result,
    Source,
    Verdict,
)
from grader.wording import of_finding

PROVENANCE = Provenance(
    grader="1.0.0",
    course="Introduction to artificial neural networks",
    sandbox="namespaces, seccomp, limits",
    seed=20261123,
    started="2026-11-23T12:40:05+00:00",
    seconds=38.4,
    sources={"q02_xor": "3f9a" * 16, "q05_activations": "c21b" * 16},
    versions={"python": "3.11.7", "numpy": "2.4.6", "keras": "3.15.1"},
)


def outcome(verdict: Verdict = Verdict.PASSED, **changes: object) -> Outcome:
    """Make an outcome of two points; everything but the verdict can be left out."""
    values: dict[str, object] = {
        "name": f"check_{verdict}",
        "title": f"A check that ends as {verdict}",
        "hints": (),
        "out_of": 2.0,
        "partial": verdict is Verdict.PARTLY,
        "hidden": False,
    }
    made = Outcome(verdict=verdict, **(values | changes))  # type: ignore[arg-type]
    if made.message is None and made.first_wrong and verdict is not Verdict.AWAITING:
        return replace(made, message=of_finding(made.first_wrong))
    return made


def result(number: int, title: str, *outcomes: Outcome, **changes: object) -> Result:
    """Make the result of the exercise ``q<number>``."""
    values: dict[str, object] = {"submitted": True}
    return Result(
        exercise=f"q{number:02}_{title.split(maxsplit=1)[0].lower()}",
        label=f"Q{number}",
        title=title,
        outcomes=outcomes,
        **(values | changes),  # type: ignore[arg-type]
    )


def report(*results: Result, student: str = "amina-okafor", **changes: object) -> Report:
    """Make a report of ``results``."""
    values: dict[str, object] = {
        "attempt": "3",
        "file": "exercises.ipynb",
        "provenance": PROVENANCE,
    }
    return Report(student=student, results=results, **(values | changes))  # type: ignore[arg-type]


def finding(shown: str, expected: str, got: str, **changes: object) -> Finding:
    """Make a finding that is right where ``got`` is what was expected."""
    values: dict[str, object] = {"ok": expected == got}
    return Finding(shown, expected, got, **(values | changes))  # type: ignore[arg-type]


def rich_report() -> Report:
    """Make a report that holds every verdict and every kind of evidence."""
    this_is_or = "This is OR: it also fires when both inputs are 1."
    column = "A column came where a row was meant; both are accepted."
    of_output = "the derivative of the output was taken for the derivative of `z`"
    notes = "Replace the step by a sigmoid and train with gradient descent on the log loss."
    return report(
        result(
            1,
            "Playground: what each setting does",
            outcome(title="Counts every weight and bias", evidence=(loss_plot(),)),
            outcome(title="Tells solved seeds from stuck ones"),
        ),
        result(
            2,
            "XOR from original neurons",
            outcome(title="A neuron fires on two active excitations"),
            outcome(
                Verdict.PARTLY,
                title="xor(a, b) is 1 exactly when the inputs differ",
                out_of=4.0,
                findings=(
                    finding("xor(0, 0)", "0", "0"),
                    finding("xor(0, 1)", "1", "1"),
                    finding("xor(1, 0)", "1", "1"),
                    finding("xor(1, 1)", "0", "1", diagnosis=this_is_or),
                ),
                evidence=(xor_wiring(),),
                hints=("Which row of the truth table differs?", "One neuron must veto another."),
            ),
            outcome(title="A hidden truth table", hidden=True),
            outcome(
                Verdict.FAILED,
                title="No neuron is unused",
                hidden=True,
                findings=(finding("secret_input(41)", "secret 42", "secret 43"),),
                message="secret message",
            ),
            printed="training …\nepoch 1\n",
        ),
        result(
            3,
            "Perceptron and Logistic Regression",
            outcome(title="Probabilities stay in [0, 1]"),
            outcome(
                Verdict.AWAITING,
                title="Says how to turn one into the other",
                findings=(
                    finding(
                        "NOTES",
                        "names the activation, the loss and the training method",
                        notes,
                        ok=False,
                        awaiting=True,
                    ),
                ),
                message="A person reads this answer.",
            ),
            outcome(
                Verdict.FAILED,
                title="The boundary is a line",
                out_of=0.0,
                findings=(finding("boundary(0.0)", "0.5", "0.4"),),
                review=Review(
                    0.0,
                    marks=(Mark("Right but for rounding", 0.0),),
                    comments=("Round once, at the end.",),
                    reason="The printed table has two decimals only.",
                ),
            ),
        ),
        result(
            4,
            "Why the logistic function mattered",
            outcome(title="The slope is $\\sigma'(0) = \\frac{1}{4}$ at its steepest"),
            outcome(
                Verdict.BROKEN,
                title="Two linear layers collapse into one",
                message="ValueError in check.py, line 48: operands could not be broadcast",
            ),
        ),
        result(
            5,
            "Activations and their derivatives",
            outcome(
                title="tanh is odd",
                findings=(finding("tanh(-1)", "-0.7616", "-0.7616", diagnosis=column),),
            ),
            outcome(title="ReLU is 0 for every negative input", evidence=(drawing(),)),
            outcome(
                Verdict.FAILED,
                title="The slope of the sigmoid is $\\sigma(z)(1 - \\sigma(z))$",
                findings=(
                    finding(
                        "sigmoid_prime(np.array([-4.0, 0.0, 4.0]))",
                        "[0.0177, 0.2500, 0.0177]",
                        "[0.0177, 0.2500, 3.9280]",
                        diagnosis=of_output,
                        evidence=(slope_plot(),),
                    ),
                    finding("sigmoid_prime(0.0)", "0.25", "0.25"),
                ),
                evidence=every_evidence()[2:3],
                place=Place("exercises.ipynb", 9, "    return z * (1 - z)", cell=22),
                hints=(
                    "Look at what you multiply in `sigmoid_prime`.",
                    "The slope can be written with $\\sigma$ alone: one factor is $\\sigma(z)$.",
                    "`return sigmoid(z) * (1 - ___)`",
                ),
            ),
            outcome(
                Verdict.ERROR,
                title="Large inputs do not overflow",
                message="OverflowError: math range error, raised by `math.exp(710)`.",
                place=Place("exercises.ipynb", 4, "return 1 / (1 + math.exp(-z))", cell=21),
            ),
        ),
        result(
            6,
            "Shapes of a 10-50-3 network",
            outcome(
                Verdict.FAILED,
                title="Hidden weights have one row per input",
                findings=(finding("W_h.shape", "(10, 50)", "(50, 10)", diagnosis="transposed"),),
                place=Place("shapes.py", 61, "W_h = np.zeros((50, 10))"),
            ),
            outcome(
                Verdict.SKIPPED,
                title="Values of the weights",
                message="Not checked: the shape comes first.",
            ),
            outcome(
                Verdict.TODO,
                title="A batch of 32 gives (32, 3)",
                message="`forward` is not defined yet.",
                hints=("Start with `X @ W_h`.",),
            ),
        ),
        result(
            7,
            "Output layers",
            outcome(
                Verdict.TODO,
                title="Probabilities of the ten digits add to 1",
                message="`mnist_head` is still the stub.",
            ),
            outcome(
                Verdict.TODO,
                title="The price is unbounded",
                message="`housing_head` is still the stub.",
            ),
        ),
        result(
            8,
            "Backpropagation",
            outcome(Verdict.SKIPPED, title="Gradients match finite differences"),
            problem="SyntaxError: '(' was never closed",
            place=Place("backprop.py", 17, "    return np.dot(W.T, delta"),
        ),
        result(9, "Hyperparameters and overfitting", outcome(Verdict.FAILED), submitted=False),
        result(
            10,
            "MNIST above 98 %",
            outcome(
                Verdict.FAILED,
                title="At least 98.01 % of the test images are read right",
                findings=(
                    finding(
                        "accuracy on 10,000 test images",
                        "at least 0.9801",
                        "0.9762",
                        evidence=(accuracy_bars(), confusion(), digit_tiles()),
                    ),
                ),
            ),
            outcome(
                Verdict.TIMEOUT,
                title="The model trains within 120 seconds",
                evidence=(gradient_bars(),),
                message="Stopped after 120 s in epoch 31 of 100; test accuracy so far 97.6 %.",
            ),
            outcome(
                Verdict.MEMORY, title="It fits into 2 GiB", message="It asked for more than 2 GiB."
            ),
            outcome(
                Verdict.CRASHED,
                title="The saved model can be read again",
                message="The process ended by signal 11.",
            ),
            printed="epoch 1/100 loss 0.31\n" * 60,
            source=Source("mnist.py", "print('hi')\n", lines=((1, 1),)),
            notes=("`mnist.py` was found under the name `minst.py`.",),
        ),
        notes=("Two files named `xor.py` were handed in; the newer one was taken.",),
    )


def plain_report(student: str = "ben-li", right: int = 10) -> Report:
    """Make a report of ten exercises of which the first ``right`` pass."""
    results = [
        result(
            number,
            f"Exercise number {number}",
            outcome()
            if number <= right
            else outcome(Verdict.FAILED, findings=(finding("f(1)", "2", "3"),)),
        )
        for number in range(1, 11)
    ]
    return report(*results, student=student, attempt=None, file=student)
