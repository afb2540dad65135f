"""Batches: what is there is used again, what changed is graded anew, what was killed goes on."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from whole_class import (
    CIRCLE,
    SMOOTH,
    TINY,
    begin,
    command,
    grade,
    hand_in,
    kill_all,
    record,
    reference,
    results,
    slow,
    stub,
    wait_for,
)

from grader import course
from grader.batch.crew import parted
from grader.batch.plan import Task
from grader.model import Source

ROOT = Path(__file__).resolve().parents[1]
RIGHT, EVEN = reference(CIRCLE), reference(SMOOTH)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of three beside the reports of its first run; two handed in the same text."""
    home = tmp_path_factory.mktemp("graded")
    hand_in(home / "class", "ann", circle=RIGHT, smooth=EVEN)
    hand_in(home / "class", "bob", circle=stub(CIRCLE))
    hand_in(home / "class", "cleo", circle=RIGHT)
    done = grade(home / "class", home / "out")
    assert done.returncode == 0, done.stderr
    (home / "said").write_text(done.stderr, encoding="utf-8")
    return home


@pytest.fixture
def again(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded class, to be changed."""
    shutil.copytree(graded, tmp_path / "home")
    return tmp_path / "home"


def test_unchanged_work_is_not_graded_again(again: Path) -> None:
    """A second run grades nothing, and every file stays as it is."""
    before = {path: path.read_bytes() for path in (again / "out").glob("[!.]*")}
    done = grade(again / "class", again / "out")
    assert "0 graded, 4 unchanged" in done.stderr
    assert {path: path.read_bytes() for path in (again / "out").glob("[!.]*")} == before


def test_the_same_text_is_graded_once_and_told(graded: Path) -> None:
    """Ann and Cleo share one result, and the instructor reads who handed in the same."""
    assert "q01_circle: the same text from ann, cleo" in (graded / "said").read_text("utf-8")
    assert "bob" not in (graded / "said").read_text("utf-8")
    assert len(results(graded / "out")) == 4  # two circles, one smooth, one smooth that is absent
    one, other = (record(graded / "out", name)["exercises"][0] for name in ("ann", "cleo"))
    assert one == other


def test_a_changed_submission_is_graded_alone(again: Path) -> None:
    """One new text is one result, and the score that changes is said."""
    hand_in(again / "class", "bob", circle=RIGHT)
    hand_in(again / "class", "ann", smooth=stub(SMOOTH))
    done = grade(again / "class", again / "out")
    assert "1 graded" in done.stderr  # Bob's is Ann's by now
    assert "scores: 1 go up, 1 go down, 1 stay" in done.stderr
    assert "up: bob 0 → 4" in done.stderr
    assert "down: ann 8 → 4" in done.stderr
    assert record(again / "out", "bob")["points"] == 4


def test_a_changed_check_regrades_its_exercise_alone(again: Path) -> None:
    """An author's change in one exercise leaves the results of the other."""
    course = again / "course"
    shutil.copytree(TINY, course)
    first = grade(again / "class", again / "out", course=course)
    assert "0 graded" in first.stderr  # a course is the same wherever it lies
    check = course / "exercises" / SMOOTH / "check.py"
    check.write_text(check.read_text("utf-8") + "\n# changed\n", encoding="utf-8")
    second = grade(again / "class", again / "out", course=course)
    assert "2 graded, 2 unchanged" in second.stderr
    assert "scores:" not in second.stderr


def test_what_a_check_leaves_beside_a_reference_regrades_nothing(again: Path) -> None:
    """Hidden files are no part of an exercise: an author may check the reference meanwhile."""
    course = again / "course"
    shutil.copytree(TINY, course)
    subprocess.run(command("check", course / "solutions" / CIRCLE, "--course", course), check=True)
    assert list((course / "solutions" / CIRCLE).glob(".*"))
    assert "0 graded" in grade(again / "class", again / "out", course=course).stderr


def test_work_without_tensorflow_is_forked_beside_none() -> None:
    """Where there is enough of it; one server is enough for a few, and for all of one kind."""
    the_course = course.load(ROOT)
    exercises = {one.id: one for one in the_course.exercises}

    def tasks(exercise: str, count: int, text: str = "") -> list[Task]:
        named = [(f"{exercise}-{number}-{text}", number) for number in range(count)]
        return [
            Task(key, f"s{number}", exercise, Source("x.py", text), ()) for key, number in named
        ]

    small, large = tasks("q03_logistic", 40), tasks("q06_shapes", 40)
    sly = tasks("q03_logistic", 3, "import keras")
    assert parted([*large, *small, *sly], exercises) == [small, [*large, *sly]]
    assert parted(small, exercises) == [small]
    assert parted([*large, *small[:3]], exercises) == [[*large, *small[:3]]]


def test_the_seed_is_secret_and_stays(again: Path) -> None:
    """Only its owner reads it, no report states it, and a given seed takes its place."""
    file = again / "out" / ".grader" / "seed"
    seed = file.read_text("ascii").strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for path in (again / "out").glob("[!.]*"):
        assert seed not in path.read_text("utf-8")
    grade(again / "class", again / "out", "--seed", 7)
    assert len(results(again / "out")) == 8
    assert record(again / "out", "ann")["provenance"]["seed"] == 7
    assert file.read_text("ascii").strip() == seed


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    """With everything killed at any moment, what was kept is neither lost nor made again."""
    for number in range(8):
        hand_in(tmp_path / "class", f"s{number}", circle=slow(f"{RIGHT}\n# {number}\n"))
    running = begin(tmp_path / "class", tmp_path / "out", "--jobs", 1)
    wait_for(lambda: len(results(tmp_path / "out")) >= 3)
    kill_all(running)
    kept = {path: path.stat().st_mtime_ns for path in results(tmp_path / "out")}
    done = grade(tmp_path / "class", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert f"{9 - len(kept)} graded, {len(kept)} unchanged" in done.stderr
    now = {path: path.stat().st_mtime_ns for path in results(tmp_path / "out")}
    assert now.items() >= kept.items()
    assert [record(tmp_path / "out", f"s{n}")["points"] for n in range(8)] == [4] * 8


def test_what_ran_out_of_time_is_graded_again_unless_trusted(tmp_path: Path) -> None:
    """A slow machine's verdict is not for ever: the next run tries once more, if not told not to.

    A run that was killed in between is the same run, and does not.
    """
    loops = f"{RIGHT}\n\ndef area(radius):\n    while True:\n        pass\n"
    course = tmp_path / "course"
    shutil.copytree(TINY, course)
    check = course / "exercises" / CIRCLE / "check.py"
    text = check.read_text("utf-8")
    check.write_text(text.replace("@check(", "@check(seconds=0.3, "), encoding="utf-8")
    hand_in(tmp_path / "class", "ann", circle=loops)
    out = tmp_path / "out"
    first = grade(tmp_path / "class", out, course=course)
    assert "timeout" in (out / "ann.json").read_text("utf-8"), first.stderr
    trusting = grade(tmp_path / "class", out, "--trust-timeouts", course=course)
    assert "0 graded" in trusting.stderr
    word = json.loads(timed_out(out).read_text("utf-8"))["run"]
    (out / ".grader" / "1-of-1.run").write_text(word, encoding="ascii")  # as if it were killed
    assert "0 graded" in grade(tmp_path / "class", out, course=course).stderr
    assert "1 graded, 1 unchanged" in grade(tmp_path / "class", out, course=course).stderr


def timed_out(out: Path) -> Path:
    """Return the stored result that another run might not repeat."""
    (found,) = (path for path in results(out) if '"settled": false' in path.read_text("utf-8"))
    return found


def test_one_student_is_graded_and_the_class_stays(again: Path) -> None:
    """``--student`` takes up one new text; the page of the class still has everybody."""
    hand_in(again / "class", "bob", circle=f"{RIGHT}\n# mine\n")
    hand_in(again / "class", "cleo", circle=stub(CIRCLE))
    done = grade(again / "class", again / "out", "--student", "BOB")
    assert "1 graded" in done.stderr
    assert record(again / "out", "bob")["points"] == 4
    assert record(again / "out", "cleo")["points"] == 4  # not looked at
    table = (again / "out" / "grades.csv").read_text("utf-8")
    assert [line.split(",")[:2] for line in table.splitlines()[1:]] == [
        ["ann", "8"], ["bob", "4"], ["cleo", "4"],
    ]  # fmt: skip


def test_a_student_whom_nobody_knows_is_answered_with_a_name(again: Path) -> None:
    """A misspelt student gets a suggestion, and nothing is graded."""
    done = grade(again / "class", again / "out", "--student", "cloe")
    assert done.returncode == 3
    assert "did you mean cleo?" in done.stderr


def test_the_best_attempt_counts_where_it_is_asked_for(tmp_path: Path) -> None:
    """All are graded; of equals the latest counts, and without the option the latest does."""
    hand_in(tmp_path / "class" / "ann", "1", circle=RIGHT, smooth=stub(SMOOTH))
    hand_in(tmp_path / "class" / "ann", "2", circle=stub(CIRCLE), smooth=stub(SMOOTH))
    hand_in(tmp_path / "class" / "ben", "1", circle=RIGHT)
    hand_in(tmp_path / "class" / "ben", "2", circle=f"{RIGHT}\n# again\n")
    hand_in(tmp_path / "class" / "ben", "3", circle="def area(:\n")
    hand_in(tmp_path / "class", "cleo", circle=RIGHT)
    latest = grade(tmp_path / "class", tmp_path / "latest")
    assert latest.returncode == 0, latest.stderr
    assert [record(tmp_path / "latest", name)["attempt"] for name in ("ann", "ben")] == ["2", "3"]
    out = tmp_path / "best"
    done = grade(tmp_path / "class", out, "--attempt", "best")
    assert done.returncode == 0, done.stderr
    found = {name: record(out, name) for name in ("ann", "ben", "cleo")}
    assert {name: one["attempt"] for name, one in found.items()} == {
        "ann": "1",
        "ben": "2",
        "cleo": None,
    }
    assert found["ben"]["points"] == found["cleo"]["points"] > 0
    assert sorted(path.name for path in out.glob("*.html")) == [
        *("ann.html", "ben.html", "cleo.html", "index.html")
    ]
    assert "0 graded" in grade(tmp_path / "class", out, "--attempt", "best").stderr
    refused = grade(tmp_path / "class", out, "--attempt", "best", "--shard", "1/2")
    assert refused.returncode == 2
    assert "--shard" in refused.stderr
