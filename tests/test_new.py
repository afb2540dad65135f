"""A new exercise is consistent from the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import course, scaffold, verify
from grader.errors import CourseError
from grader.sandbox import Sandbox


def test_a_new_exercise_verifies_before_it_is_changed(tmp_path: Path, sandbox: Sandbox) -> None:
    """The reference earns everything, the stub nothing, and the mistake is named."""
    scaffold.create(tmp_path, "q11_average")
    exercise = course.find_exercise(course.load(tmp_path), "q11")
    assert (exercise.module, exercise.title, exercise.points) == ("average", "Average", 2)
    assert len(exercise.checks[0].hints) == 3
    verified = verify.verify(list(verify.cases(exercise)), sandbox, 2, lambda one: None)
    assert [one.faults for one in verified] == [()] * 4


@pytest.mark.parametrize("name", ["average", "q1_average", "Q11_average", "q11_lambda", "../q11_x"])
def test_a_name_that_will_not_do_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is written for a name that is no folder or no module."""
    with pytest.raises(CourseError):
        scaffold.create(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_an_exercise_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """A second start under one name changes nothing."""
    scaffold.create(tmp_path, "q11_average")
    readme = tmp_path / "exercises" / "q11_average" / "README.md"
    readme.write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(CourseError, match="there already"):
        scaffold.create(tmp_path, "q11_average")
    assert readme.read_text(encoding="utf-8") == "# Mine\n"
