"""What goes wrong around a batch: full disks, torn files, closed folders, keys and clocks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from whole_class import (
    CIRCLE,
    TINY,
    begin,
    command,
    descendants,
    grade,
    hand_in,
    record,
    reference,
    results,
    slow,
    stored,
    stub,
    wait_for,
)

RIGHT = reference(CIRCLE)


@pytest.fixture
def the_class(tmp_path: Path) -> Path:
    """A class of three that is graded in a moment."""
    return written(tmp_path)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a class beside the reports of its first run."""
    home = tmp_path_factory.mktemp("graded")
    done = grade(written(home), home / "out")
    assert done.returncode == 0, done.stderr
    return home


def written(home: Path) -> Path:
    """Write the class of three into a folder."""
    for student, text in {"ann": RIGHT, "bob": stub(CIRCLE), "cleo": "x = 1\n"}.items():
        hand_in(home / "class", student, circle=text)
    return home / "class"


def copied(home: Path, here: Path) -> tuple[Path, Path]:
    """Return a copy of a class and of its reports, to be harmed."""
    shutil.copytree(home, here, dirs_exist_ok=True)
    return here / "class", here / "out"


@pytest.fixture
def slow_class(tmp_path: Path) -> Path:
    """A class of six whose files take a moment each to load."""
    for number in range(5):
        hand_in(tmp_path / "slow", f"s{number}", circle=slow(f"{RIGHT}\n# {number}\n", 0.5))
    return tmp_path / "slow"


def on_disk(options: str, out: Path, the_class: Path) -> subprocess.CompletedProcess[str]:
    """Grade into a disk of its own, mounted with some options; its files are kept beside it."""
    line = command("grade", the_class, "--out", out, "--course", TINY, "--jobs", 1)
    script = 'mount -t tmpfs -o "$1" tmpfs "$0" && shift && "$@"; code=$?; cp -a "$0/." "$0.kept"'
    unshared = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]
    return subprocess.run(
        [*unshared, "sh", "-c", f"{script}; exit $code", str(out), options, *line],
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(b'"passed"', b'"failed"', 1),
        lambda text: b"\x00\xff" * 500,
    ],
    ids=["cut", "changed", "noise"],
)
def test_a_torn_result_is_graded_again(
    graded: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    """Whatever became of the file, its work is done once more, and that is said."""
    the_class, out = copied(graded, tmp_path)
    before = record(out, "ann")
    torn = stored(out, "ann", CIRCLE)
    torn.write_bytes(harm(torn.read_bytes()))
    done = grade(the_class, out)
    assert done.returncode == 0, done.stderr
    assert "ann, q01_circle is graded again" in done.stderr
    assert "1 graded, 3 unchanged" in done.stderr
    assert record(out, "ann") == before


def test_a_torn_roll_or_ledger_costs_no_result(graded: Path, tmp_path: Path) -> None:
    """Where only the account of the last run is lost, nothing is graded again."""
    the_class, out = copied(graded, tmp_path)
    for name in ("rolls/1-of-1.json", "written.json"):
        (out / ".grader" / name).write_text('{"schema": "grader/ro', encoding="utf-8")
    done = grade(the_class, out)
    assert done.returncode == 0, done.stderr
    assert "0 graded" in done.stderr
    assert "earlier scores are not compared" in done.stderr


def test_a_full_disk_ends_the_run_and_loses_nothing(the_class: Path, tmp_path: Path) -> None:
    """The command names the file and what to do; with room again it goes on."""
    for number in range(30):
        hand_in(the_class, f"more-{number}", circle=f"{RIGHT}\n# {number}\n" + "#" * 20_000)
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "out.kept").mkdir()
    done = on_disk("size=400k", out, the_class)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "No space left on device" in done.stderr
    assert "the same command goes on from there" in done.stderr
    assert "Traceback" not in done.stderr
    kept = len(results(tmp_path / "out.kept"))
    assert 3 <= kept < 30
    shutil.copytree(tmp_path / "out.kept", out, dirs_exist_ok=True)
    again = grade(the_class, out)
    assert f"{kept} unchanged" in again.stderr, again.stderr
    assert not list(out.glob(".*.part"))


def test_a_closed_folder_for_reports_is_told(the_class: Path, tmp_path: Path) -> None:
    """Where nothing may be written, one sentence says where, and how to go on."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed.kept").mkdir()
    done = on_disk("ro", tmp_path / "closed", the_class)
    assert done.returncode == 4, done.stderr
    assert str(tmp_path / "closed") in done.stderr
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_lets_what_runs_end_and_says_how_to_go_on(slow_class: Path, tmp_path: Path) -> None:
    """Once: those under way are kept, nothing new begins; the same command grades the rest."""
    running = begin(slow_class, tmp_path / "out", "--jobs", 1)
    wait_for(lambda: len(results(tmp_path / "out")) >= 2)
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    kept = len(results(tmp_path / "out"))
    assert running.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert 2 <= kept < 6
    assert f"{6 - kept} graded, {kept} unchanged" in grade(slow_class, tmp_path / "out").stderr


def test_a_second_ctrl_c_stops_at_once_and_blames_nobody(tmp_path: Path) -> None:
    """Twice: what was under way is cut off and leaves no result that says so."""
    for number in range(3):
        hand_in(tmp_path / "class", f"s{number}", circle=slow(f"{RIGHT}\n# {number}\n", 20))
    out = tmp_path / "out"
    running = begin(tmp_path / "class", out, "--jobs", 2, "--only", "q1")
    wait_for(lambda: len(descendants(running.pid)) >= 5)  # a server, two wardens, two children
    os.kill(running.pid, signal.SIGINT)
    assert running.stderr is not None
    assert "Ctrl-C once more" in running.stderr.readline()
    os.kill(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=15)
    assert running.returncode == 130
    assert "the same command goes on from there" in said
    assert results(out) == []


def test_a_clock_that_jumps_costs_nothing(graded: Path, tmp_path: Path) -> None:
    """Files from the future are used, times stay positive, and nothing is graded again."""
    the_class, out = copied(graded, tmp_path)
    for path in (*results(out), *the_class.rglob("*.py")):
        os.utime(path, (4e9, 4e9))
    done = grade(the_class, out)
    assert "0 graded" in done.stderr
    seconds = [check["seconds"] for name in ("ann", "bob") for check in checks(out, name)]
    assert min(seconds) >= 0


def checks(out: Path, student: str) -> list[dict[str, float]]:
    """Return the checks of a student's record, with their times."""
    read = json.loads((out / f"{student}.json").read_text(encoding="utf-8"))
    return [check for exercise in read["exercises"] for check in exercise["checks"]]


def test_two_commands_on_one_folder_do_not_mix(slow_class: Path, tmp_path: Path) -> None:
    """The second is refused by name of the folder; the first goes on as if it were alone."""
    running = begin(slow_class, tmp_path / "out", "--jobs", 1)
    wait_for(lambda: bool(results(tmp_path / "out")))
    second = grade(slow_class, tmp_path / "out")
    assert second.returncode == 4
    assert "another 'grader grade' is writing there" in second.stderr
    assert str(tmp_path / "out") in second.stderr
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert record(tmp_path / "out", "s4")["points"] == 4


def test_a_folder_that_vanishes_takes_nobody_with_it(slow_class: Path, tmp_path: Path) -> None:
    """Work that was read is graded, though its folder goes while the others run."""
    running = begin(slow_class, tmp_path / "out", "--jobs", 1)
    wait_for(lambda: bool(results(tmp_path / "out")))
    shutil.rmtree(slow_class / "s4")
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert record(tmp_path / "out", "s4")["points"] == 4
    done = grade(slow_class, tmp_path / "out")
    assert "0 graded" in done.stderr
    assert "s4" not in (tmp_path / "out" / "grades.csv").read_text("utf-8")


def test_ten_thousand_files_are_not_read(the_class: Path, tmp_path: Path) -> None:
    """A student's heap of files is cut, and said; their own work and that of others is graded."""
    heap = the_class / "ann" / "node_modules"
    heap.mkdir()
    for number in range(10_000):
        (heap / f"f{number}.txt").touch()
    done = grade(the_class, tmp_path / "out", "--only", "q1")
    assert done.returncode == 0, done.stderr
    found = record(tmp_path / "out", "ann")
    assert found["points"] == 4
    assert any("more than 2,000 files" in note for note in found["notes"])


def test_names_that_differ_by_case_or_accents_stay_apart(tmp_path: Path) -> None:
    """Each gets files of their own, on any file system, and their own score."""
    names = ["Ann", "ann", "ANN", "Zoë", unicodedata.normalize("NFD", "Zoë")]
    for number, name in enumerate(names):
        hand_in(tmp_path / "class", name, circle=RIGHT if number % 2 else stub(CIRCLE))
    out = tmp_path / "out"
    done = grade(tmp_path / "class", out, "--only", "q1")
    assert done.returncode == 0, done.stderr
    stems = [path.stem for path in out.glob("*.json")]
    folded = {unicodedata.normalize("NFC", stem.casefold()) for stem in stems}
    assert len(stems) == len(folded) == len(names)
    points = {read["student"]: read["points"] for read in (record(out, stem) for stem in stems)}
    assert points == {name: 4 if number % 2 else 0 for number, name in enumerate(names)}
    odd = grade(tmp_path / "class", out, "--only", "q1", "--student", "aNN")
    assert "may be" in odd.stderr
