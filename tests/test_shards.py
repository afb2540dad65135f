"""A batch in parts: who belongs to which, and the parts put together again."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from pathlib import Path

import pytest
from whole_class import CIRCLE, command, grade, hand_in, record, reference, results, stub

from grader.batch.shards import Shard, ShardError, parse

RIGHT = reference(CIRCLE)
NAMES = ["ann", "bob", "cleo", "dan", "eve"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class graded whole into ``whole``, and in two parts into ``one`` and ``two``."""
    home = tmp_path_factory.mktemp("parts")
    for number, name in enumerate(NAMES):
        text = RIGHT if number % 2 else stub(CIRCLE)
        hand_in(home / "class", name, circle=f"{text}\n# {name}\n")
    for out, *more in (("whole",), ("one", "--shard", "1/2"), ("two", "--shard", "2/2")):
        done = grade(home / "class", home / out, "--seed", 7, *more)
        assert done.returncode == 0, done.stderr
    return home


def merge(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run ``grader merge``."""
    return subprocess.run(command("merge", *arguments), capture_output=True, text=True)


def test_merged_parts_are_the_batch_that_one_machine_makes(parts: Path, tmp_path: Path) -> None:
    """Every record and table is the same but for its times, and the class page is there."""
    done = merge(parts / "one", parts / "two", "--out", tmp_path / "out")
    assert done.returncode == 1, done.stderr  # some do not pass
    for name in NAMES:
        assert record(tmp_path / "out", name) == record(parts / "whole", name)
    for table in ("grades.csv", "grades_long.csv", "clusters.csv"):
        merged = (tmp_path / "out" / table).read_text("utf-8")
        assert merged == (parts / "whole" / table).read_text("utf-8")
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_part_writes_no_reports(parts: Path) -> None:
    """What only a part of the class is in would be taken for the class."""
    assert [path.name for path in (parts / "one").iterdir()] == [".grader"]


def test_a_part_that_is_missing_is_named(parts: Path, tmp_path: Path) -> None:
    """Half a class makes no reports; the answer says which part is to be graded."""
    done = merge(parts / "two", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "part 1 of 2 is not there" in done.stderr
    assert not (tmp_path / "out").exists()


def test_parts_of_different_batches_do_not_mix(parts: Path, tmp_path: Path) -> None:
    """A part that was drawn with another seed is refused."""
    other = tmp_path / "other"
    assert grade(parts / "class", other, "--shard", "2/2", "--seed", 8).returncode == 0
    done = merge(parts / "one", other, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "part 2/2 is of another batch" in done.stderr


def test_a_torn_result_of_a_part_is_named(parts: Path, tmp_path: Path) -> None:
    """A part whose results are not whole has to be graded again, and goes on where it was."""
    shutil.copytree(parts / "one", tmp_path / "one")
    results(tmp_path / "one")[0].write_text("{", encoding="utf-8")
    done = merge(tmp_path / "one", parts / "two", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "part 1/2 is not whole" in done.stderr
    mended = grade(parts / "class", tmp_path / "one", "--seed", 7, "--shard", "1/2")
    assert "1 graded" in mended.stderr
    assert merge(tmp_path / "one", parts / "two", "--out", tmp_path / "out").returncode == 1


def test_parts_may_share_one_folder(parts: Path, tmp_path: Path) -> None:
    """On a common disk all parts write into one folder, with one secret seed."""
    for number in (1, 2):
        grade(parts / "class", tmp_path / "out", "--shard", f"{number}/2")
    assert merge(tmp_path / "out").returncode == 1
    assert record(tmp_path / "out", "bob")["points"] == 4
    assert "0 graded" in grade(parts / "class", tmp_path / "out").stderr


def test_every_student_is_in_one_part() -> None:
    """The parts of any count share the class, evenly enough, and the same way each time."""
    names = [f"student-{number}" for number in range(200)]
    for count in (1, 3, 8):
        shares = [[n for n in names if Shard(k, count).holds(n)] for k in range(1, count + 1)]
        assert sorted(itertools.chain(*shares)) == sorted(names)
        assert min(map(len, shares)) > 0
    assert Shard(1, 2).holds("ann") != Shard(2, 2).holds("ann")


@pytest.mark.parametrize(
    ("variables", "part"),
    [
        ({"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "8"}, "4/8"),
        (
            {
                "SLURM_ARRAY_TASK_ID": "3",
                "SLURM_ARRAY_TASK_COUNT": "8",
                "SLURM_ARRAY_TASK_MIN": "1",
            },
            "3/8",
        ),
        ({"JOB_COMPLETION_INDEX": "0", "GRADER_SHARDS": "4"}, "1/4"),
        ({"PBS_ARRAY_INDEX": "2", "GRADER_SHARDS": "4", "GRADER_FIRST_SHARD": "1"}, "2/4"),
    ],
)
def test_schedulers_say_which_part_a_task_is(variables: dict[str, str], part: str) -> None:
    """``--shard auto`` reads the variables of SLURM, Kubernetes and PBS."""
    assert str(parse("auto", variables)) == part


@pytest.mark.parametrize(
    ("text", "variables", "said"),
    [
        ("9/8", {}, "no part 9 of 8"),
        ("0/8", {}, "no part 0 of 8"),
        ("third", {}, "write 3/8"),
        ("auto", {}, "none of SLURM_ARRAY_TASK_ID"),
        ("auto", {"JOB_COMPLETION_INDEX": "1"}, "GRADER_SHARDS is ''"),
        ("auto", {"SLURM_ARRAY_TASK_ID": "8", "SLURM_ARRAY_TASK_COUNT": "8"}, "no part 9 of 8"),
    ],
)
def test_a_part_that_nobody_can_mean_is_refused(
    text: str, variables: dict[str, str], said: str
) -> None:
    """The answer says what was found and what to write."""
    with pytest.raises(ShardError, match=said):
        parse(text, variables)
