"""Whatever a submission does, there is a verdict with a sentence, and a child for the next call."""

from __future__ import annotations

import ast
import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from grader.model import Source, Verdict
from grader.sandbox import Limits, Sandbox, Session, fork_launcher
from grader.sandbox.remote import (
    Fault,
    StudentFault,
    each,
    fault_of,
    fetch,
    shown,
    student_of,
    warnings_of,
)
from grader.sandbox.wire import WireError
from grader.show import show
from grader.wording import of_fault

MEBIBYTE = 1 << 20
Open = Callable[[str], Session]

ATTACKS = sorted((Path(__file__).parent / "hostile" / "one_call").glob("*.py"))
assert ATTACKS, "tests/hostile/one_call is empty"
GOOD = "\n\ndef g(x):\n    return x\n"


@pytest.fixture(scope="module")
def wall() -> Iterator[Sandbox]:
    """A wall with little memory, whose children need no TensorFlow."""
    with Sandbox(Limits(memory=192 * MEBIBYTE), preload=("numpy",)) as made:
        assert made.versions
        yield made


@pytest.fixture(autouse=True)
def no_trace(wall: Sandbox) -> Iterator[None]:
    """Each test leaves no process behind and no descriptor of the judge open."""
    gc.collect()
    before = descriptors()
    yield
    assert descriptors() == before
    assert children_of(wall) == []


@pytest.fixture
def run(wall: Sandbox) -> Open:
    """Open a session for a text; its `g` answers with what it is given."""
    return lambda text: wall.open("answers", Source("answers.py", text + GOOD), seed=3)


def descriptors() -> int:
    """Return how many descriptors the judge has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def children_of(wall: Sandbox) -> list[psutil.Process]:
    """Return what the fork server started and what has not ended; the dead are buried."""
    server = psutil.Process(wall.launcher.server.pid)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        alive = [one for one in server.children(recursive=True) if one.status() != "zombie"]
        if not alive:
            return []
        time.sleep(0.02)
    return alive


def answer(session: Session, name: str = "f", seconds: float = 10.0) -> object:
    """Call a function of the student's with 7 as a check does; return the value or the fault."""
    session.allow(seconds)
    try:
        return fetch(getattr(student_of(session), name)(7))
    except StudentFault as met:
        return met.fault


def told(fault: object) -> str:
    """Return the sentence that a student reads."""
    assert isinstance(fault, Fault)
    return of_fault(fault, "f(7)")


@pytest.mark.parametrize("file", ATTACKS, ids=lambda file: file.stem)
def test_each_attack_ends_as_its_first_line_says(run: Open, file: Path) -> None:
    """Every submission of the zoo gets its verdict and a sentence, and the next call an answer."""
    text = file.read_text(encoding="utf-8")
    ends = [line.split(": ", 1) for line in (ast.get_docstring(ast.parse(text)) or "").splitlines()]
    with run(text) as session:
        met = answer(session, seconds=0.7 if ends[0][0] == "timeout" else 20)
        verdict = met.verdict.value if isinstance(met, Fault) else "answers"
        said = told(met) if isinstance(met, Fault) else show(met)
        assert any(verdict == end and words in said for end, words in ends), (verdict, said)
        assert answer(session, "g") == 7
    assert len(session.output) < Limits().printed + 100


def test_tensors_arrive_as_arrays(sandbox: Sandbox) -> None:
    """What TensorFlow computes comes as NumPy has it, nan included."""
    assert sandbox.versions
    text = "import tensorflow as tf\ndef f(x): return tf.constant([x, float('nan')])"
    with sandbox.open("answers", Source("answers.py", text)) as session:
        assert np.array_equal(answer(session, seconds=60), [7, np.nan], equal_nan=True)


def test_a_second_answer_does_not_pass_for_the_next_one(run: Open) -> None:
    """An answer that was sent ahead is no answer to the next question."""
    text = (
        "import gc, os\nfrom grader.sandbox import wire\ndef f(x):\n"
        "    for piece in wire.pack({'value': 9, 'number': 1, 'nonce': 0}): os.write(3, piece)\n"
        "    return x"
    )
    with run(text) as session:
        met = answer(session)
        assert "another question" in told(met)
        assert answer(session, "g") == 7


def test_what_was_printed_before_the_end_is_kept(run: Open) -> None:
    """Output is kept up to a limit, also that of a call that never came back."""
    with run("import sys\ndef f(x):\n    print('step', x)\n    while True: pass") as session:
        answer(session, seconds=0.5)
        assert session.output == "step 7\n"
    with run("def f(x): print('é' * 500_000)") as session:
        answer(session)
        assert session.output.endswith("… and 934,465 more bytes")


def test_many_calls_in_one_request_are_as_good_as_many_requests(run: Open) -> None:
    """Values, exceptions, warnings and what was printed come as if asked for one by one."""
    text = (
        "import warnings\ndef f(x, by=1):\n    print(x)\n    warnings.warn(f'near {x}')\n"
        "    return [x, by / (x - 300)]"
    )
    with run(text) as session:
        session.allow(20)
        function = student_of(session).f
        answers = list(each(function, [(number,) for number in range(600)], {"by": 6}))
        single = function(297, by=6)
        assert fetch(answers[297]) == fetch(single) == [297, -2.0]
        assert warnings_of(answers[297]) == warnings_of(single) == [("UserWarning", "near 297")]
        assert shown(answers[297]) == shown(single) == "f(297, by=6)"
        assert fault_of(answers[300]).type == "ZeroDivisionError"
        assert fetch(answers[599][1]) == 6 / 299
        assert session.output == "".join(f"{x}\n" for x in (*range(600), 297))


def test_calls_before_the_one_that_never_comes_back_keep_their_answers(run: Open) -> None:
    """The fault names the call that met it, however many waited behind it."""
    ends = {"os._exit(1)": "ended its own process", "time.sleep(60)": "Stopped after 1 seconds"}
    for end, said in ends.items():
        with run(f"import os, time\ndef f(x):\n    if x == 3: {end}\n    return x") as session:
            session.allow(1)
            answers = each(student_of(session).f, [(number,) for number in range(9)])
            assert [fetch(next(answers)) for _ in range(3)] == [0, 1, 2]
            with pytest.raises(StudentFault, match=said) as met:
                next(answers)
            assert met.value.call == "f(3)"
            assert answer(session, "g") == 7


def test_more_answers_than_were_asked_for_spoil_the_next_question(run: Open) -> None:
    """A frame too many inside a series is taken for an answer, and then the count is off."""
    text = (
        "import os, sys\nfrom grader.sandbox import wire\ndef f(x):\n"
        "    nonce = sys._getframe(2).f_locals['request']['nonce']\n"
        "    frame = wire.pack({'value': 9, 'number': 1, 'nonce': nonce})\n"
        "    if x == 1: os.write(3, b''.join(frame))\n    return x"
    )
    with run(text) as session:
        session.allow(20)
        calls = each(student_of(session).f, [(0,), (1,), (2,)])
        assert [fetch(call) for call in calls] == [0, 9, 1]
        assert "another question" in told(answer(session))


def test_a_handle_outlives_its_process_in_name_only(run: Open) -> None:
    """What a dead process held cannot be asked any more, and the message says why."""
    with run("import os\ndef f(x): os._exit(1)\nclass C: v = 5\ndef make(): return C()") as session:
        made = student_of(session).make()
        assert fetch(made.v) == 5
        answer(session)
        for use in (lambda: fetch(made.v), lambda: student_of(session).g(made)):
            with pytest.raises(
                StudentFault, match=r"process that held `make\(\).*` is gone"
            ) as met:
                use()
            assert met.value.fault.verdict is Verdict.SKIPPED
        assert fetch(student_of(session).make().v) == 5


def test_nothing_is_done_with_an_answer_that_never_came(run: Open) -> None:
    """A part of a failed call, or another call with it, meets the same fault again."""
    with run("def f(x): raise ValueError('no')") as session:
        student = student_of(session)
        failed = student.f(1)
        for use in (lambda: failed.shape, lambda: failed[0], lambda: student.g(failed)):
            with pytest.raises(StudentFault, match="no"):
                use()


def test_loading_again_is_not_charged_to_a_check(run: Open) -> None:
    """A module that takes longer to load than a check may take is still asked after a death."""
    text = "import os, time\nt = time.process_time()\nwhile time.process_time() - t < 0.8: pass\n"
    with run(text + "def f(x): os._exit(1)") as session:
        session.load()
        answer(session)
        session.allow(0.4, 0.4)
        assert fetch(student_of(session).g(7)) == 7


def test_a_module_that_loads_only_once_says_so(run: Open) -> None:
    """Where a fresh process cannot load the file, every later question gets that answer at once."""
    with run("import os\ndef f(x): os._exit(1)") as session:
        answer(session)
        text = "import time\nprint('again')\ntime.sleep(60)"
        session.module = replace(session.module, source=Source("answers.py", text))
        session.limits = replace(session.limits, load_seconds=0.5)
        faults = [answer(session, name) for name in "gfg"]
    assert {fault.verdict for fault in faults if isinstance(fault, Fault)} == {Verdict.TIMEOUT}
    assert "Stopped after 0.5 seconds. It had loaded before" in told(faults[0])
    assert session.output == "again\n"


def test_processor_time_counts_from_question_to_question(run: Open) -> None:
    """A check's limit of processor time stops the code, whatever the clock says."""
    text = "import time\ndef f(x):\n    while True: pass\ndef sleep(x): time.sleep(1)"
    with run(text) as session:
        session.allow(60, 0.3)
        fetch(student_of(session).sleep(1))
        with pytest.raises(StudentFault, match=r"0\.3 seconds of processor time"):
            student_of(session).f(1)


def test_who_has_no_time_left_is_asked_nothing(run: Open) -> None:
    """Once a check's time is used up, no process is started for another question of it."""
    with run("def f(x):\n    while True: pass") as session:
        answer(session, seconds=0.3)
        generation = session.generation
        with pytest.raises(StudentFault, match=r"Stopped after 0\.3 seconds"):
            student_of(session).g(1)
        assert session.generation == generation
        assert session._line is None


def test_the_judge_sends_only_what_arrives(run: Open) -> None:
    """A value that cannot cross to the student is the author's mistake, not the student's crash."""
    with run("def f(x):\n    x += 1\n    return x") as session:
        with pytest.raises(WireError, match="function"):
            student_of(session).g(lambda: 1)
        mine = np.zeros(3)
        assert fetch(student_of(session).f(mine)).tolist() == [1, 1, 1]
        assert mine.tolist() == [0, 0, 0]


def test_every_child_that_is_ended_is_accounted_for(run: Open) -> None:
    """The warden's last words always arrive: they decide between a crash and a limit."""
    for _ in range(12):
        with run("") as session:
            session.load()
            assert session._line is not None
            assert session._line.end()["killed_for"] == "judge"


def test_a_hundred_sessions_cost_the_judge_nothing(wall: Sandbox) -> None:
    """Neither memory nor descriptors nor user ids are used up by sessions that are over."""

    def memory_after_fifty() -> int:
        for _ in range(50):
            with wall.open("answers", Source("answers.py", GOOD)) as session:
                assert fetch(student_of(session).g(np.zeros(1 << 18))).shape == (1 << 18,)
        gc.collect()
        memory: int = psutil.Process().memory_info().rss
        return memory

    before = memory_after_fifty()
    assert memory_after_fifty() - before < 16 * MEBIBYTE
    assert not fork_launcher._SLOTS
