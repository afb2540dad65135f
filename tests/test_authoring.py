"""A question is a generator function with a docstring; anything else is refused with a reason."""

from __future__ import annotations

import math
import types
from pathlib import Path

import pytest
from twice import DOUBLE, doubled, question

from grader import check, close, equal, uses
from grader.authoring import paragraphs
from grader.draws import generator
from grader.errors import CourseError
from grader.model import Check
from grader.sandbox.remote import StudentFault


def module(text: str = DOUBLE) -> types.ModuleType:
    """Return a module of a student, in this process."""
    made = types.ModuleType("twice")
    exec(text, made.__dict__)  # a stand-in for an import
    return made


def test_the_docstring_gives_title_and_hints() -> None:
    """The first paragraph is the title, each further one a hint; line breaks are no matter."""

    @check(points=2, partial=True, seconds=3, cpu_seconds=1)
    def slope(student):
        """The slope is
        positive

        Look at the sign.

            An indented
            hint.
        """  # noqa: D205, D400
        yield equal(1, 1)

    assert isinstance(slope, Check)
    assert (slope.name, slope.title) == ("slope", "The slope is positive")
    assert slope.hints == ("Look at the sign.", "An indented hint.")
    assert (slope.points, slope.partial, slope.seconds, slope.cpu_seconds) == (2, True, 3, 1)
    assert not slope.hidden


@pytest.mark.parametrize("text", [None, "", "  \n  "])
def test_a_question_needs_a_title(text: str | None) -> None:
    """Without a docstring there is nothing for students to read."""

    def slope(student):
        yield equal(1, 1)

    slope.__doc__ = text
    with pytest.raises(CourseError, match="'slope' has no docstring"):
        check()(slope)
    with pytest.raises(CourseError, match="'slope' has no docstring"):
        paragraphs(slope)


def test_parentheses_and_after_are_checked() -> None:
    """Forgotten parentheses, and an ``after`` that is no check, are named when the file loads."""
    with pytest.raises(CourseError, match=r"write @check\(\)"):
        check(lambda student: None)
    with pytest.raises(CourseError, match=r"after='slope' is not a check"):
        check(after="slope")


def test_any_module_serves_as_a_student() -> None:
    """Authors run a check at a prompt on a module of their own, or on one of Python's."""
    findings = list(doubled(1, 2).run(module()))
    assert [(finding.shown, finding.ok) for finding in findings] == [
        ("double(1)", True),
        ("double(2)", True),
    ]

    def circle(student):
        yield close(student.pi, 3.14159, within=1e-5)
        yield close(student.cos(0), 1)
        yield equal(generator(student).integers(9), generator(student).integers(9))

    assert all(finding.ok for finding in question(circle).run(math))


def test_a_local_student_fails_as_one_behind_the_wall_does() -> None:
    """Exceptions, missing names and values that cannot cross are the same at a prompt."""
    missing = module("")
    with pytest.raises(StudentFault, match="`double` is not defined yet"):
        list(doubled(1).run(missing))
    with pytest.raises(StudentFault, match="no"):
        list(doubled(1).run(module("def double(x): raise ValueError('no')")))
    (finding,) = doubled(1).run(module("def double(x):\n    yield x"))
    assert (finding.ok, finding.diagnosis) == (False, "It returned a generator.")


def test_a_local_student_has_its_text(tmp_path: Path) -> None:
    """Questions about the source work on a module that was read from a file."""
    made = module()
    made.__file__ = str(tmp_path / "twice.py")
    (tmp_path / "twice.py").write_text("for x in ():\n    pass\n", encoding="utf-8")

    def loops(student):
        yield uses(student, "for")

    assert next(question(loops).run(made)).ok


def test_a_question_is_given_what_the_one_before_returned() -> None:
    """A second parameter receives a value; a function that takes none is called without."""

    def second(student, value):
        yield equal(student.double(value), 10)

    assert next(question(second).run(module(), 5)).ok
    assert next(doubled(1).run(module(), 5)).ok


def test_a_question_that_returns_instead_of_yielding_is_named() -> None:
    """A check that is no generator says so as soon as it is asked."""

    def listed(student):
        return [equal(1, 1)]

    with pytest.raises(CourseError, match="'listed' is not a generator: write 'yield"):
        list(question(listed).run(module()))


def test_handles_say_what_they_cannot_do() -> None:
    """A handle is no value: it is neither true nor false, and fetched before it is looped over."""

    def careless(student):
        yield equal(bool(student.double(1)), True)  # noqa: FBT003

    with pytest.raises(TypeError, match="fetch"):
        list(question(careless).run(module()))

    def loop(student):
        yield equal(list(student.double(1)), [])

    with pytest.raises(TypeError, match="fetch"):
        list(question(loop).run(module()))
    assert repr(doubled(1).run(module())).startswith("<generator")
