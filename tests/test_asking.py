"""Questions become outcomes: what each end is called, says, earns and hands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from twice import DOUBLE, doubled, exercise, only, question, verdicts

from grader import asking, equal, table
from grader.errors import SandboxError
from grader.model import Finding, Result, Source
from grader.sandbox import Sandbox

Submit = Callable[..., Result]


@pytest.mark.parametrize(
    ("text", "verdict", "message"),
    [
        (DOUBLE, "passed", None),
        ("def double(x): return 5", "failed", "`double(1)`: expected `2`, yours is `5`."),
        ("def double(x): raise NotImplementedError", "todo", "`double(1)` is still to do"),
        ("", "todo", "`double` is not defined yet."),
        ("def double(x): return x.size", "error", "`double(1)` raised `AttributeError`"),
        ("def double(x):\n    while True: pass", "timeout", "Stopped after 0.5 seconds."),
        ("import numpy\ndef double(x): numpy.ones(1 << 40)", "memory", "more memory"),
        ("import os\ndef double(x): os._exit(3)", "crashed", "(exit code 3)"),
    ],
)
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
    place = only(submit(exercise(doubled(1)), text)).place
    assert place is not None
    assert (str(place), place.code) == ("twice.py, line 3", "return np.reshape(x, (2, 3))")


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
        ("while True: pass", ": Stopped after 0.5 seconds. The answers before it count."),
        ("raise ValueError('no')", " raised `ValueError`: no. The answers before it count."),
        ("import os; os._exit(0)", ": It ended its own process"),
    ],
)
def test_a_fault_costs_a_partial_check_all_that_it_had_yet_to_ask(
    submit: Submit, end: str, message: str
) -> None:
    """One right answer of four before the end is a quarter; the message says what ended it."""
    text = f"def double(x):\n    if x == 2:\n        {end}\n    return 2 * x"
    outcome = only(submit(exercise(doubled(1, 2, 3, 4, points=4, partial=True, seconds=0.5)), text))
    assert (outcome.verdict, outcome.points) == ("partly", 1)
    assert str(outcome.message).startswith(f"`double(2)`{message}")
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
    assert verdicts(submit(asked, DOUBLE)) == ["passed"] * 3
    result = submit(asked, "def double(x): return 4")
    assert verdicts(result) == ["passed", "failed", "skipped"]
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
    assert verdicts(result) == ["passed", "crashed", "skipped", "passed"]
    assert "process that held `double(3)` is gone" in str(result.outcomes[2].message)


def broken() -> dict[str, Callable[..., Any]]:
    """Return checks that fail themselves, by what is said of them."""

    def none(student):
        yield from ()

    def picture(student):
        yield table("T", ["a"], [["b"]])

    def number(student):
        yield 5

    def returned(student):
        return [equal(student.double(1), 2)]

    def raising(student):
        yield equal(student.double(1), 2)
        raise LookupError("the judge's own data")

    def unsendable(student):
        yield equal(student.double(print), 2)

    def endless(student):
        while True:
            yield equal(5, 5)

    return {
        "it yielded no finding": none,
        "it yielded no finding, ": picture,
        "it yielded int": number,
        "is not a generator: write 'yield equal(...)'": returned,
        "LookupError: the judge's own data, test_asking.py line ": raising,
        "a value that cannot cross: builtin_function_or_method": unsendable,
        f"more than {asking.MAX_FINDINGS} findings": endless,
    }


@pytest.mark.parametrize("said", broken())
def test_a_check_that_fails_itself_is_broken(submit: Submit, said: str) -> None:
    """The author's mistakes cost no student a point: the result is not final, and says why."""
    result = submit(exercise(question(broken()[said]), doubled(1)), DOUBLE)
    assert verdicts(result) == ["broken", "passed"]
    assert said in str(result.outcomes[0].message)
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


@pytest.mark.parametrize(
    "reply",
    [
        "{'value': 1, 'number': 'x'}",
        "{}",
        "{'value': wire.Tagged('sympy', ['Eval', 1])}",
        "{'value': [wire.Tagged('model', {'layers': 5})]}",
        "{'raised': 7, 'warnings': 3}",
        "{'raised': {'type': [], 'frames': 5, 'kinds': {}}}",
        "{'missing': {}}",
        "{'later': 1, 'number': 99}",
    ],
)
def test_a_reply_of_nonsense_breaks_no_check(submit: Submit, reply: str) -> None:
    """What a child says is the student's doing, never the judge's failure, however odd it is."""
    text = (
        "from grader.sandbox import wire\nreal = wire.pack\n"
        f"def pack(reply): return real({reply} | {{'nonce': reply['nonce']}})\n"
        "def double(x): wire.pack = pack"
    )
    assert only(submit(exercise(doubled(1)), text)).verdict in {"crashed", "error", "todo"}


def test_a_wall_that_fails_is_nobodys_verdict(sandbox: Sandbox) -> None:
    """Where no child can be started any more, asking stops with an error of ours."""
    text = Source("twice.py", DOUBLE + "def crash():\n    import os\n    os._exit(1)")
    with Sandbox(preload=()) as wall, sandbox.open("twice", text) as session:
        wall.launcher.server.kill()

        def cut(student):
            yield equal(student.double(1), 2)
            session.spawn = wall.open("twice", text).spawn
            yield equal(student.crash(), 2)

        with pytest.raises(SandboxError, match="fork server ended"):
            asking.ask([question(cut), doubled(1)], session)
