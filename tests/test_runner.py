"""Questions become outcomes: each verdict, its sentence and its points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import check, equal, fetch, runner, table
from grader.asking import MAX_FINDINGS
from grader.draws import derive, generator
from grader.errors import SandboxError
from grader.model import Check, Course, Exercise, Finding, Outcome, Result, Source, Submission
from grader.sandbox import Sandbox

Submit = Callable[..., Result]
DOUBLE = "def double(x):\n    return 2 * x\n"


def exercise(*checks: Check) -> Exercise:
    """Return an exercise that asks these questions of a module called twice."""
    return Exercise("q01_twice", "Twice", "", "twice", "", Path(), (), checks)


def question(ask: Callable[..., Any], **settings: Any) -> Check:
    """Make a check of a generator function that has no docstring."""
    ask.__doc__ = f"The answer of {ask.__name__} is right"
    return check(**settings)(ask)


def doubled(*numbers: int, **settings: Any) -> Check:
    """Make a check that asks for the double of some numbers."""

    def double(student):
        for x in numbers:
            yield equal(student.double(x), 2 * x)

    return question(double, **settings)


def only(result: Result) -> Outcome:
    """Return the outcome of an exercise with one check."""
    (outcome,) = result.outcomes
    return outcome


@pytest.mark.parametrize(
    ("text", "verdict", "message"),
    [
        (DOUBLE, "passed", None),
        ("def double(x):\n    return 5", "failed", "`double(1)`: expected `2`, yours is `5`."),
        ("def double(x): raise NotImplementedError", "todo", "`double(1)` is still to do"),
        ("", "todo", "`double` is not defined yet."),
        ("def double(x):\n    return x.size", "error", "`double(1)` raised `AttributeError`"),
        ("def double(x):\n    while True: pass", "timeout", "`double(1)`: Stopped after 0.5 seconds."),
        ("import numpy\ndef double(x): return numpy.ones(1 << 40)", "memory", "more memory"),
        ("import os\ndef double(x): os._exit(3)", "crashed", "(exit code 3)"),
    ],
)  # fmt: skip
def test_every_end_has_its_verdict(
    submit: Submit, text: str, verdict: str, message: str | None
) -> None:
    """Right, wrong, unwritten, raising, endless, greedy and crashing code are told apart."""
    outcome = only(submit(exercise(doubled(1, 2, points=3, seconds=0.5)), text))
    assert outcome.verdict == verdict
    assert outcome.points == (3 if verdict == "passed" else 0)
    assert outcome.message is None if message is None else message in str(outcome.message)


def test_an_exception_has_its_place_in_the_students_file(submit: Submit) -> None:
    """The innermost line of the student's own file is named, also inside a library."""
    text = "import numpy as np\ndef double(x):\n    return np.reshape(x, (2, 3))\n"
    outcome = only(submit(exercise(doubled(1)), text))
    assert str(outcome.place) == "twice.py, line 3"
    assert outcome.place is not None
    assert outcome.place.code == "return np.reshape(x, (2, 3))"


def test_a_wrong_value_has_the_place_of_its_function(submit: Submit) -> None:
    """The definition that was asked about is where the student looks first."""
    outcome = only(submit(exercise(doubled(1)), "\ndef double(x): return 0"))
    assert str(outcome.place) == "twice.py, line 2"


def test_a_partial_check_earns_the_share_of_its_right_findings(submit: Submit) -> None:
    """Two of three right answers earn two thirds, none nothing, all of them all."""
    asked = exercise(doubled(1, 2, 3, points=3, partial=True))
    for wrong, verdict, points in ((), "passed", 3), ((3,), "partly", 2), ((1, 2, 3), "failed", 0):
        outcome = only(submit(asked, f"def double(x):\n    return 0 if x in {wrong} else 2 * x"))
        assert (outcome.verdict, outcome.points) == (verdict, points)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("while True: pass", "`double(2)`: Stopped after 0.5 seconds. The answers before it count."),
        ("raise ValueError('no')", "`double(2)` raised `ValueError`: no. The answers before it count."),
        ("import os; os._exit(0)", "`double(2)`: It ended its own process"),
    ],
)  # fmt: skip
def test_a_fault_costs_a_partial_check_all_that_it_had_yet_to_ask(
    submit: Submit, end: str, message: str
) -> None:
    """One right answer of four before the end is a quarter; the message says what ended it."""
    text = f"def double(x):\n    if x == 2:\n        {end}\n    return 2 * x"
    outcome = only(submit(exercise(doubled(1, 2, 3, 4, points=4, partial=True, seconds=0.5)), text))
    assert (outcome.verdict, outcome.points) == ("partly", 1)
    assert message in str(outcome.message)
    assert [finding.ok for finding in outcome.findings] == [True, False, False, False]
    assert [finding.shown for finding in outcome.findings[2:]] == ["double(3)", "double(4)"]
    assert {finding.got for finding in outcome.findings[2:]} == {"not asked"}


def test_what_comes_after_is_given_what_came_before(submit: Submit) -> None:
    """A check hands its return value to those after it, and takes them along where it fails."""

    def first(student):
        yield equal(student.double(2), 4)
        return student.double(20)

    def second(student, value):
        yield equal(value, 40)
        yield equal(student.double(value), 80)

    def third(student):
        yield equal(student.double(3), 6)

    one = question(first)
    two = question(second, after=one)
    asked = exercise(one, two, question(third, after=two))
    assert [o.verdict for o in submit(asked, DOUBLE).outcomes] == ["passed"] * 3
    result = submit(asked, "def double(x): return 4")
    assert [o.verdict for o in result.outcomes] == ["passed", "failed", "skipped"]
    assert result.outcomes[2].message == f"Not checked: it comes after “{two.title}”."


def test_what_a_dead_process_held_is_not_held_against_anyone(submit: Submit) -> None:
    """A check that was handed something by a process that is gone is skipped, with the reason."""

    def make(student):
        yield equal(student.double(1), 2)
        return student.double(3)

    def crash(student):
        yield equal(student.crash(), 1)

    def use(student, value):
        yield equal(student.double(value), 12)

    made = question(make)
    asked = exercise(made, question(crash), question(use, after=made), doubled(5))
    result = submit(asked, DOUBLE + "def crash():\n    import os\n    os._exit(1)")
    assert [o.verdict for o in result.outcomes] == ["passed", "crashed", "skipped", "passed"]
    assert "process that held `double(3)` is gone" in str(result.outcomes[2].message)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1 / 0", "The file does not load: `ZeroDivisionError`: division by zero."),
        ("def f(:", "twice.py, line 1: "),
        ("exit()", "The file does not load: `SystemExit`. It asks Python to end"),
        ("raise NotImplementedError", "its top level raises `NotImplementedError`"),
        ("import os; os._exit(1)", "It ended its own process (exit code 1)"),
        ("import keras_core", "`keras_core` is not available here"),
        ("x = '\udc80'", "UTF-8"),
    ],
)
def test_a_file_that_does_not_load_is_one_problem(submit: Submit, text: str, problem: str) -> None:
    """The exercise has a problem, and its checks are skipped without a message each."""
    result = submit(exercise(doubled(1), doubled(2, points=2)), text)
    assert problem in str(result.problem)
    assert [(o.verdict, o.message, o.points) for o in result.outcomes] == [("skipped", None, 0)] * 2
    assert (result.submitted, result.points, result.out_of, result.final) == (True, 0, 3, True)


def none(student):
    yield from ()


def pictures_only(student):
    yield table("T", ["a"], [["b"]])


def wrong_thing(student):
    yield 5


def not_a_generator(student):
    return [equal(student.double(1), 2)]


def raising(student):
    yield equal(student.double(1), 2)
    raise LookupError("the judge's own data")


def sends_a_function(student):
    yield equal(student.double(print), 2)


def never_ends(student):
    while True:
        yield equal(student.double(1), 2)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (none, "it yielded no finding"),
        (pictures_only, "it yielded no finding"),
        (wrong_thing, "it yielded int"),
        (not_a_generator, "is not a generator: write 'yield equal(...)'"),
        (raising, "LookupError: the judge's own data, test_runner.py line "),
        (sends_a_function, "a value that cannot cross: builtin_function_or_method"),
        (never_ends, f"more than {MAX_FINDINGS} findings"),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_a_check_that_fails_itself_is_broken(submit: Submit, ask: Any, said: str) -> None:
    """The author's mistakes cost no student a point: the result is not final, and says why."""
    result = submit(exercise(question(ask), doubled(1)), DOUBLE)
    broken, right = result.outcomes
    assert broken.verdict == "broken"
    assert said in str(broken.message)
    assert right.verdict == "passed"
    assert not result.final


def test_what_a_person_judges_awaits_it(submit: Submit) -> None:
    """A finding for a person is neither right nor wrong; a wrong one beside it decides."""

    def prose(student):
        yield Finding("NOTES", "an explanation", "…", ok=False, awaiting=True)
        yield equal(student.double(1), 2)

    asked = exercise(question(prose))
    waits = submit(asked, DOUBLE)
    assert (only(waits).verdict, waits.final) == ("awaiting", False)
    wrong = submit(asked, "def double(x): return 0")
    assert (only(wrong).verdict, wrong.final) == ("failed", True)
    assert "expected `2`" in str(only(wrong).message)


def test_hostile_replies_do_not_break_a_check(submit: Submit) -> None:
    """A reply of the right form with nonsense in it is the student's crash, not the judge's."""
    for reply in (
        "{'value': 1, 'number': 'x'}",
        "{}",
        "{'value': wire.Tagged('sympy', ['Eval', 1])}",
        "{'value': wire.Tagged('model', {'layers': 5})}",
        "{'raised': 7, 'warnings': 3}",
    ):
        text = (
            "from grader.sandbox import wire\nreal = wire.pack\n"
            f"def pack(reply): return real({reply} | {{'nonce': reply['nonce']}})\n"
            "def double(x): wire.pack = pack"
        )
        outcome = only(submit(exercise(doubled(1)), text))
        assert outcome.verdict in {"crashed", "error"}


def drawn(student):
    yield equal(student.double(1), tuple(generator(student).integers(0, 10**9, 3).tolist()))


def test_draws_depend_on_the_seed_and_the_submission_alone(submit: Submit) -> None:
    """The same seed and text draw the same; another seed or text draws anew."""
    asked = exercise(question(drawn))

    def draws(text: str, seed: int) -> str:
        return only(submit(asked, text, seed=seed)).findings[0].expected

    assert draws(DOUBLE, 1) == draws(DOUBLE, 1)
    assert len({draws(DOUBLE, 1), draws(DOUBLE, 2), draws(DOUBLE + "#", 1)}) == 3
    local = list(asked.checks[0].run(generator.__globals__["np"])) if False else None
    assert local is None


def test_the_students_own_randomness_is_seeded_and_reveals_no_draws(submit: Submit) -> None:
    """A second run repeats what the student draws, and that is not what the judge draws."""

    def random(student):
        yield equal(student.draw(), generator(student).integers(0, 10**9, 3).tolist())

    text = (
        "import random\nimport numpy as np\ndef draw():\n"
        "    return [random.random(), *np.random.randint(0, 10**9, 2)]"
    )
    first, again = (only(submit(exercise(question(random)), text)) for _ in range(2))
    assert first.findings == again.findings
    assert first.verdict == "failed"
    assert derive(1, "student", "q01_twice") != derive(1, "judge", "q01_twice", text)


def test_a_report_adds_up_and_can_be_repeated(sandbox: Sandbox) -> None:
    """Points are sums of the checks; what was not handed in is worth nothing and is said."""
    course = Course(
        "C",
        Path(),
        (exercise(doubled(1, points=0.1), doubled(2, points=0.2)), *[exercise_named("q02")]),
    )
    submission = Submission("s", Path("s.py"), {"q01_twice": Source("twice.py", DOUBLE)})
    report = runner.grade(course, submission, sandbox, seed=7)
    assert [result.submitted for result in report.results] == [True, False]
    assert (report.points, report.out_of, report.final) == (0.3, 1.3, True)
    assert report.provenance.seed == 7
    assert set(report.provenance.sources) == {"q01_twice"}
    assert "numpy" in report.provenance.versions
    part = runner.grade(course, submission, sandbox, seed=7, only=["q02"])
    assert [result.exercise for result in part.results] == ["q02"]


def exercise_named(name: str) -> Exercise:
    """Return an exercise that asks one question."""
    return Exercise(name, name, "", name, "", Path(), (), (doubled(1),))


def test_a_wall_that_fails_is_nobodys_verdict() -> None:
    """Where no child can be started any more, grading stops with an error of ours."""
    submission = Submission("s", Path("s.py"), {"q01_twice": Source("twice.py", DOUBLE)})
    with Sandbox() as wall:
        assert wall.versions

        def cut(student):
            yield equal(student.double(1), 2)
            wall.close()
            yield equal(student.crash(), 2)

        source = Source("twice.py", DOUBLE + "def crash():\n    import os\n    os._exit(1)")
        submission = Submission("s", Path("s.py"), {"q01_twice": source})
        asked = exercise(question(cut), doubled(1))
        with pytest.raises(SandboxError, match="no child could be started"):
            runner.grade_exercise(asked, submission, wall)


def test_progress_is_told(sandbox: Sandbox) -> None:
    """A watcher hears of each check and of what the code prints meanwhile."""
    heard: list[tuple[str | None, str]] = []
    source = Source("twice.py", DOUBLE + "print('loading')\n")
    submission = Submission("s", Path("s.py"), {"q01_twice": source})
    result = runner.grade_exercise(
        exercise(doubled(1)),
        submission,
        sandbox,
        watch=lambda _, asked, printed: heard.append((asked and asked.name, printed)),
    )
    assert heard == [(None, ""), (None, "loading\n"), ("double", "")]
    assert result.printed == "loading\n"
    assert fetch(5) == 5
