"""The student's loop: start, check, watch, hint and list, in real terminals and without one."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import course, handout, progress
from grader.errors import CourseError, GraderError
from grader.own_work import public

TINY = Path(__file__).parent / "courses" / "tiny"
RIGHT = (TINY / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")
SMOOTH = (TINY / "solutions" / "q02_smooth" / "smooth.py").read_text(encoding="utf-8")
DIAMETER = "def area(r):\n    return 3.141592653589793 * (2 * r) ** 2\n"
PATIENCE = 60.0  # seconds until a screen that does not come is a failure


def run(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the tiny course in a process of its own, without a terminal."""
    command = [sys.executable, "-m", "grader", *map(str, arguments), "--course", str(TINY)]
    variables = os.environ | {"COLUMNS": "80"} | environment
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=variables)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder as ``grader start`` lays it out."""
    folder = tmp_path / "work"
    handout.lay_out(handout.stubs(course.load(TINY)), folder)
    return folder


def take_terminal() -> None:
    """Make the terminal the process's own, so that Ctrl-C in it reaches the process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A command in a terminal of 80 columns."""

    def __init__(self, *arguments: object, cwd: Path, **environment: str) -> None:
        self.near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.before = termios.tcgetattr(far)
        command = [sys.executable, "-m", "grader", *map(str, arguments), "--course", str(TINY)]
        left = {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}
        variables = {key: value for key, value in os.environ.items() if key not in left}
        variables |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | environment
        self.process = subprocess.Popen(
            command, cwd=cwd, env=variables, stdin=far, stdout=far, stderr=far,
            start_new_session=True, preexec_fn=take_terminal,  # noqa: PLW1509
        )  # fmt: skip
        self.far = far
        self.text = ""

    def until(self, words: str) -> str:
        """Read until some words are on the screen, and return the screen without its codes."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.screen():
            left = deadline - time.monotonic()
            assert left > 0, f"{words!r} never came:\n{self.screen()}"
            if select.select([self.near], [], [], left)[0]:
                self.text += os.read(self.near, 65536).decode(errors="replace")
        return self.screen()

    def screen(self) -> str:
        """Return what was printed since the screen was last cleared."""
        shown = self.text.rpartition("\x1b[2J")[2]
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "")

    def press(self, keys: str) -> None:
        """Press keys; what is on the screen is forgotten."""
        self.text = ""
        os.write(self.near, keys.encode())

    def save(self, path: Path, text: str) -> None:
        """Save a file; what is on the screen is forgotten."""
        self.text = ""
        path.write_text(text, encoding="utf-8")

    def close(self) -> None:
        """End the command, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self.near)
        os.close(self.far)


@pytest.fixture
def watching(work: Path) -> Iterator[Terminal]:
    """Watch mode in a terminal."""
    terminal = Terminal("watch", cwd=work)
    yield terminal
    terminal.close()


# start


def test_start_lays_out_what_students_get(tmp_path: Path) -> None:
    """Stubs, provided files and tasks; nothing of the checks; and the next command."""
    done = run("start", "work", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert files == [
        "work/circle.py", "work/readings.csv", "work/smooth.py",
        "work/tasks/q01_circle.md", "work/tasks/q02_smooth.md",
    ]  # fmt: skip
    assert done.stdout.endswith("\nNext: cd work && grader watch\n")
    assert run("check", cwd=tmp_path / "work").returncode == 1  # it is one submission, all to do


def test_start_never_touches_work(work: Path) -> None:
    """A second run adds what is missing and keeps what is there, or says that nothing was."""
    (work / "circle.py").write_text(RIGHT, encoding="utf-8")
    (work / "smooth.py").unlink()
    again = run("start", ".", cwd=work)
    assert again.returncode == 0
    assert again.stdout.startswith("smooth.py\n")
    assert "circle.py" in again.stderr
    assert (work / "circle.py").read_text(encoding="utf-8") == RIGHT
    full = run("start", ".", cwd=work)
    assert full.returncode == 2
    assert "nothing was missing" in full.stderr


def test_start_writes_one_notebook(tmp_path: Path) -> None:
    """The notebook and the provided files; a second run leaves both alone."""
    done = run("start", "work", "--notebook", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "work").iterdir())
    assert names == ["exercises.ipynb", "readings.csv"]
    (tmp_path / "work" / "exercises.ipynb").write_text("mine", encoding="utf-8")
    assert run("start", "work", "--notebook", cwd=tmp_path).returncode == 2
    assert (tmp_path / "work" / "exercises.ipynb").read_text(encoding="utf-8") == "mine"


def test_start_says_what_is_in_the_way(tmp_path: Path) -> None:
    """A folder of a file's name, or a file of a folder's, is told with a next step."""
    (tmp_path / "circle.py").mkdir()
    files = handout.stubs(course.load(TINY))
    with pytest.raises(GraderError, match=r"circle\.py is in the way\n  next: "):
        handout.lay_out(files, tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraderError, match="cannot be written"):
        handout.lay_out({"file/tasks/circle.md": b""}, tmp_path)


def test_two_provided_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """Students have both in one folder, so the course has to rename one."""
    import shutil

    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "exercises" / "q01_circle" / "readings.csv").write_text("1", encoding="utf-8")
    with pytest.raises(CourseError, match="different file of this name"):
        handout.stubs(course.load(tmp_path))


# watch


def test_watch_goes_through_a_course(watching: Terminal, work: Path) -> None:
    """Save, hints one at a time, list, next and quit: each shows the screen that it should."""
    first = watching.until("q quit")
    assert "0 of 2 pass" in first
    assert "h hint 1 of 2" in first
    assert "NumPy calls" not in first
    watching.press("h")
    assert "Hint 1 of 2  Multiply the radius" in watching.until("h hint 2 of 2")
    watching.press("h")
    second = watching.until("q quit")
    assert "Hint 2 of 2  NumPy calls π np.pi." in second
    assert "h hint" not in second
    watching.save(work / "circle.py", DIAMETER)
    wrong = watching.until("q quit")
    assert "✗ The area of a circle" in wrong
    assert re.search(r"Yours +28\.27", wrong)
    watching.save(work / "circle.py", RIGHT)
    right = watching.until("q quit")
    assert "1 of 2 pass" in right
    assert "2 of 2 visible checks pass. 1 hidden one runs when it is graded." in right
    assert "passed" not in right
    watching.press("n")
    assert "Q2  A moving average  0 / 4" in watching.until("q quit")
    watching.press("l")
    listed = watching.until("q quit")
    assert re.search(r"Q1 +Circles and rings +✓ passes +3 / 3", listed)
    assert re.search(r"Q2 +A moving average +✗ not yet +0 / 4", listed)
    watching.press("x")
    assert "Q2  A moving average  0 / 4" in watching.until("q quit")
    watching.press("q")
    assert watching.process.wait(PATIENCE) == 0
    assert termios.tcgetattr(watching.far) == watching.before


def test_watch_follows_to_the_file_that_is_saved(watching: Terminal, work: Path) -> None:
    """Saving another exercise's file turns to it; deleting all says what is missing, and waits."""
    watching.until("q quit")
    watching.save(work / "smooth.py", SMOOTH)
    assert "Q2  A moving average  4 / 4" in watching.until("q quit")
    (work / "circle.py").unlink()
    watching.text = ""
    (work / "smooth.py").unlink()
    assert "Waiting for a file to be saved." in watching.until("Waiting")
    watching.save(work / "circle.py", "def area(:\n")
    broken = watching.until("circle.py, line 1")
    assert "Traceback" not in broken
    watching.press("\x03")
    watching.until("Interrupted.")
    assert watching.process.wait(PATIENCE) == 130
    assert termios.tcgetattr(watching.far) == watching.before


def test_watch_without_colour_uses_words(work: Path) -> None:
    """With NO_COLOR the marks are words, and nothing is coloured."""
    terminal = Terminal("watch", "q2", cwd=work, NO_COLOR="1")
    try:
        shown = terminal.until("q quit")
        assert "TODO   Each value" in shown
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", terminal.text)
        assert max(map(len, shown.split("\n"))) <= 80
    finally:
        terminal.close()


def test_watch_without_a_terminal_prints_each_check(work: Path) -> None:
    """In a pipe there are no keys and no codes: each save is one more block of lines."""
    command = [sys.executable, "-m", "grader", "watch", "q1", "--course", str(TINY)]
    with subprocess.Popen(
        command, cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        patience = threading.Timer(PATIENCE, process.kill)
        patience.start()
        printed = []
        for line in process.stdout:
            printed.append(line)
            if "0 of 2 visible" in line:
                (work / "circle.py").write_text(RIGHT, encoding="utf-8")
            if "2 of 2 visible" in line:
                break
        patience.cancel()
        process.terminate()
    text = "".join(printed)
    assert "\x1b" not in text
    assert "q quit" not in text
    assert "TODO " in text
    assert "PASS " in text


# check, hint and list


def test_check_counts_visible_checks(work: Path) -> None:
    """It never says that all tests passed, and keeps how the exercise stands."""
    (work / "circle.py").write_text(RIGHT, encoding="utf-8")
    done = run("check", "q1", cwd=work)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 visible checks pass. 1 hidden one runs when it is graded." in done.stdout
    assert "passed" not in done.stdout
    known = progress.load(work)
    assert known.standings["q01_circle"].passed


def test_hints_come_one_level_at_a_time(work: Path) -> None:
    """Each call shows one more, the last says so, and a passing exercise needs none."""
    first, second, third = (run("hint", "q1", cwd=work).stdout for _ in range(3))
    assert "Hint 1 of 2  Multiply the radius" in first
    assert "grader hint q1" in first
    assert "NumPy" not in first
    assert "Hint 2 of 2  NumPy calls π np.pi." in second
    assert "last hint" in second
    assert third == second
    (work / "circle.py").write_text(RIGHT, encoding="utf-8")
    run("check", "q1", cwd=work)
    assert run("hint", "q1", cwd=work).stdout == "Q1 passes: nothing to hint at.\n"


def test_hints_are_about_the_question_that_is_open(work: Path) -> None:
    """Once the area is right, the hint is about the ring; hidden questions give none away."""
    text = RIGHT.replace("return area(outer) - area(inner)", "return 0.0")
    (work / "circle.py").write_text(text, encoding="utf-8")
    run("check", "q1", cwd=work)
    assert "Subtract one area from the other." in run("hint", "q1", cwd=work).stdout
    the_course = public(course.load(TINY))
    assert all(not check.hidden for one in the_course.exercises for check in one.checks)


def test_the_list_says_what_changed_since(work: Path) -> None:
    """States come from the last check; a file that was saved after it is told."""
    (work / "circle.py").write_text(RIGHT, encoding="utf-8")
    run("check", "q1", cwd=work)
    (work / "smooth.py").unlink()
    before = run("list", cwd=work).stdout
    assert re.search(r"Q1 +Circles and rings +passes +3 / 3", before)
    assert re.search(r"Q2 +A moving average +no file yet +- / 4", before)
    (work / "circle.py").write_text(f"{RIGHT}\n# later\n", encoding="utf-8")
    assert re.search(r"Q1 .* changed since the last check +3 / 3", run("list", cwd=work).stdout)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"standings": 1, "hints": {}}',
        '{"standings": {}, "hints": {"q01_circle/area": -9}}',
    ],
)
def test_spoilt_progress_is_no_harm(work: Path, text: str) -> None:
    """Whatever lies in ``.grader/``, the next hint is the first."""
    (work / ".grader").mkdir()
    (work / ".grader" / "progress.json").write_text(text, encoding="utf-8")
    known = progress.load(work)
    circle = public(course.load(TINY)).exercises[0]
    asked = known.asked(circle)
    assert asked is not None
    assert known.read(circle, asked) == 0
    progress.save(known.after_hint(circle, asked), work)
    kept = json.loads((work / ".grader" / "progress.json").read_text(encoding="utf-8"))
    assert kept["hints"]["q01_circle/area"] == 1


def test_a_system_without_termios_can_watch() -> None:
    """On Windows there is no termios: everything loads, and a pipe has no keys."""
    code = (
        "import sys\n"
        "sys.modules['termios'] = sys.modules['tty'] = None\n"
        "import grader.watch, grader.cli.student\n"
        "from grader.keyboard import listening\n"
        "with listening() as pressed: assert pressed is None"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_command_line_starts_without_notebooks() -> None:
    """Neither ``--version`` nor ``hint`` loads what reads notebooks, watches files or draws."""
    code = (
        "import sys; from grader.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'nbformat', 'watchfiles', 'IPython', 'tensorflow', 'keras'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    for arguments in (["--version"], ["hint", "q1", "--course", str(TINY)]):
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path("/tmp"))
        assert done.returncode == 0, done.stderr
