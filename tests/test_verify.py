"""Verification finds a course that judges badly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import course, verify
from grader.errors import CourseError
from grader.sandbox import Sandbox

TINY = Path(__file__).parent / "courses" / "tiny"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the tiny course that a test may spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "course"))


def verified(root: Path, sandbox: Sandbox, word: str = "q1") -> list[verify.Verified]:
    """Verify one exercise of a course."""
    exercise = course.find_exercise(course.load(root), word)
    return verify.verify(list(verify.cases(exercise)), sandbox, 2, lambda one: None)


def faults(root: Path, sandbox: Sandbox) -> str:
    """Return all that verification has to say."""
    return "\n".join(fault for one in verified(root, sandbox) for fault in one.faults)


def test_a_sound_course_has_no_faults(sandbox: Sandbox) -> None:
    """The tiny course holds what it claims: two references, a stub and its mistakes."""
    both = verified(TINY, sandbox) + verified(TINY, sandbox, "q2")
    assert [one.faults for one in both] == [()] * len(both)
    assert [one.case.kind for one in both].count("reference") == 4


def test_a_wrong_reference_is_found(copied: Path, sandbox: Sandbox) -> None:
    """A reference that loses points is named with the check that it loses."""
    stub = copied / "exercises" / "q01_circle" / "circle.py"
    shutil.copy(stub, copied / "solutions" / "q01_circle" / "circle.py")
    assert "area should pass" in faults(copied, sandbox)


def test_a_stub_that_earns_is_found(copied: Path, sandbox: Sandbox) -> None:
    """A stub that already holds the answer is a fault of the course."""
    stub = copied / "exercises" / "q01_circle" / "circle.py"
    reference = copied / "solutions" / "q01_circle" / "circle.py"
    text = reference.read_text(encoding="utf-8")
    stub.write_text(text + "\n\ndef later():\n    raise NotImplementedError\n", encoding="utf-8")
    assert "a stub must earn none" in faults(copied, sandbox)


def test_a_mistake_that_is_not_caught_is_found(copied: Path, sandbox: Sandbox) -> None:
    """A recorded mistake that passes the check it claims to lose is a fault."""
    reference = (copied / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")
    mistake = copied / "solutions" / "q01_circle" / "mistakes" / "none.py"
    mistake.write_text(f'"""No mistake at all.\n\nloses: area\n"""\n{reference}', encoding="utf-8")
    assert "area should not pass" in faults(copied, sandbox)


def test_a_mistake_without_its_words_is_found(copied: Path, sandbox: Sandbox) -> None:
    """What a mistake must tell the student is looked for in everything that they read."""
    mistake = copied / "solutions" / "q01_circle" / "mistakes" / "diameter.py"
    text = mistake.read_text(encoding="utf-8")
    unsaid = text.replace('"""loses', '"""says: a sentence that nobody wrote\n\nloses', 1)
    mistake.write_text(unsaid, encoding="utf-8")
    assert "does not say" in faults(copied, sandbox)


def test_a_mistake_must_say_what_it_loses(copied: Path) -> None:
    """A mistake without ``loses:``, or with a check that is none, stops the command by name."""
    exercise = copied / "solutions" / "q01_circle" / "mistakes" / "silent.py"
    exercise.write_text('"""Says nothing."""\n', encoding="utf-8")
    q1 = course.find_exercise(course.load(copied), "q1")
    with pytest.raises(CourseError, match=r"silent\.py.*loses"):
        list(verify.cases(q1))
    exercise.write_text('"""Wrong.\n\nloses: radius\n"""\n', encoding="utf-8")
    with pytest.raises(CourseError, match="radius, which is no check"):
        list(verify.cases(q1))


def test_a_course_without_solutions_cannot_be_verified(copied: Path) -> None:
    """The message names what is missing and the next step."""
    shutil.rmtree(copied / "solutions")
    q1 = course.find_exercise(course.load(copied), "q1")
    with pytest.raises(CourseError, match="solutions/q01_circle"):
        list(verify.cases(q1))


UNLUCKY = """

@check(points=1)
def lucky(student):
    \"\"\"A draw that overflows now and then\"\"\"
    if generator(student).random() < 0.3:
        raise OverflowError
    yield close(student.area(1.0), np.pi)
"""


def test_a_draw_that_breaks_a_check_is_found(copied: Path, sandbox: Sandbox) -> None:
    """What holds for two draws need not hold for the next: the fault names its seed."""
    check = copied / "exercises" / "q01_circle" / "check.py"
    text = check.read_text(encoding="utf-8").replace("close, raises", "close, generator, raises")
    check.write_text(text + UNLUCKY, encoding="utf-8")
    q1 = course.find_exercise(course.load(copied), "q1")
    drawn = [one for one in verify.cases(q1, draws=20) if one.kind == "reference"]
    assert [one.seed for one in drawn[:4]] == [*verify.SEEDS, 1, 2]
    wrong = [one for one in verify.verify(drawn, sandbox, 2, lambda one: None) if one.faults]
    assert 0 < len(wrong) < 20
    assert all("lucky is broken" in one.faults[0] for one in wrong)
    assert f"seed {wrong[0].case.seed}" in wrong[0].case.name
