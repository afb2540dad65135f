"""A class full of attackers: none earns what it does not deserve, and nobody else pays for it.

The whole zoo of `tests/hostile/` sits in one class with honest students, which is graded as root
and as an ordinary user, behind the full wall and behind one without namespaces.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from as_user import ORDINARY_UID
from markup import Page, safe
from zoo import BREACH, CANARY, KINDS, Attack, attacks

from grader.render import record
from grader.sandbox.namespaces import NAMESPACES

HERE = Path(__file__).parent
ROOT = os.geteuid() == 0
ZOO = attacks()
HONEST = 12
FEW_LAYERS = (*NAMESPACES, "mount_setattr")
LONGEST = 900  # seconds until a run that hangs is given up
SMALL = 1 << 30  # bytes of memory that the judge may use for anything an attacker sends
INSIDE = ("#", "data:")  # how links begin that lead nowhere else
EXERCISES = ("circle", "smooth", "slope")
TABLES = ("grades.csv", "grades_long.csv", "items.csv", "clusters.csv")


@dataclass(frozen=True, slots=True)
class Wall:
    """Who grades, and behind which wall."""

    user: str
    profile: str

    def __str__(self) -> str:
        """Name the wall in the list of tests."""
        return f"{self.user}-{self.profile}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a graded class looks like: its folder, and what its keeper wrote down."""

    wall: Wall
    folder: Path
    told: dict[str, Any]
    without_attackers: dict[str, Any]
    canary: str

    @property
    def records(self) -> dict[str, Any]:
        """The record of each student, with nothing hidden."""
        found: dict[str, Any] = self.told["records"]
        return found

    @property
    def reports(self) -> Path:
        """The folder of what is handed out."""
        return self.folder / "out" / "reports"


WALLS = [Wall(user, profile) for profile in "AB" for user in ("root", "ordinary")
         if ROOT or user == "ordinary"]  # fmt: skip
every_attack = pytest.mark.parametrize("attack", ZOO, ids=lambda attack: attack.id)


@pytest.fixture(scope="session", params=WALLS, ids=str)
def seen(request: pytest.FixtureRequest) -> Iterator[Seen]:
    """Grade the class with its attackers, and once more without them."""
    canary = CANARY + secrets.token_hex(16)
    folder = Path(tempfile.mkdtemp(prefix="zoo-"))
    folder.chmod(0o755)  # the wall's users have to reach what lies in it
    try:
        prepare(folder, canary)
        for path in (folder, *folder.rglob("*")):
            if ROOT and request.param.user == "ordinary":
                os.chown(path, ORDINARY_UID, ORDINARY_UID)
        told = [grade(request.param, folder, name, canary) for name in ("out", "calm")]
        yield Seen(request.param, folder, told[0], told[1], canary)
    finally:
        shutil.rmtree(folder)


def prepare(folder: Path, canary: str) -> None:
    """Write a course whose private half holds a canary, and the same class twice."""
    course = folder / "course"
    for part in ("tiny", "symbols"):
        shutil.copytree(HERE / "courses" / part, course, dirs_exist_ok=True)
    (course / "solutions" / "q01_circle" / "canary.txt").write_text(canary, encoding="utf-8")
    for name in ("out", "calm"):
        for place in ("home", "tmp"):
            (folder / name / place).mkdir(parents=True)
        klass = folder / name / "class"
        klass.mkdir()
        for number in range(HONEST):
            enrol(course, klass / f"honest-{number}", number, canary)
    for attack in ZOO:
        attack.hand_in(folder / "out" / "class")


def enrol(course: Path, home: Path, number: int, canary: str) -> None:
    """Write an honest submission: in turn right, with two mistakes, and not begun."""
    home.mkdir()
    for exercise in sorted((course / "exercises").iterdir()):
        private = course / "solutions" / exercise.name
        stub = next(exercise / f"{name}.py" for name in EXERCISES
                    if (exercise / f"{name}.py").exists())  # fmt: skip
        mistakes = sorted(private.glob("mistakes/*.py"))
        chosen = [private / stub.name, *mistakes[:1], stub][number % 3 if mistakes else 0]
        text = chosen.read_text(encoding="utf-8")
        (home / stub.name).write_text(f"{text}\n\n# {canary}\n", encoding="utf-8")


def grade(wall: Wall, folder: Path, name: str, canary: str) -> dict[str, Any]:
    """Grade a class in a process of its own; return what its keeper saw."""
    out = folder / name
    layers = FEW_LAYERS if wall.profile == "B" else ()
    keeper = [sys.executable, HERE / "zoo_keeper.py", folder / "course", out / "class", out]
    done = subprocess.run(
        [sys.executable, HERE / "as_user.py", wall.user, *keeper, *layers],
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(out / "home"),
            "TMPDIR": str(out / "tmp"),
            "ZOO_CANARY": canary,
        },
        cwd="/",
        check=False,
        stderr=subprocess.PIPE,
        text=True,
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads((out / "seen.json").read_text(encoding="utf-8"))
    return told


def result_of(seen: Seen, attack: Attack) -> Any:
    """Return the one exercise that an attack handed in."""
    exercises = seen.records[attack.student]["exercises"]
    return next(one for one in exercises if one["submitted"])


def test_the_zoo_is_large_and_every_kind_is_there() -> None:
    """There are at least sixty attacks, some of each kind, no two of one name."""
    assert len(ZOO) >= 60
    assert {attack.kind for attack in ZOO} == set(KINDS)
    assert len({attack.student for attack in ZOO}) == len(ZOO)


def test_the_class_was_graded_behind_the_wall_that_is_meant(seen: Seen) -> None:
    """The profile is the one asked for, nobody was turned away, and honest work earns points."""
    assert seen.told["profile"] == seen.wall.profile
    assert seen.told["refused"] == []
    assert len(seen.records) == HONEST + len(ZOO)
    assert seen.records["honest-0"]["points"] == seen.records["honest-0"]["out_of"] > 0


@every_attack
def test_an_attack_ends_as_its_first_line_says(seen: Seen, attack: Attack) -> None:
    """Its question gets the verdict that the file names, and never an excuse of the checker's."""
    result = result_of(seen, attack)
    asked = next(one for one in result["checks"] if attack.question in {None, one["name"]})
    got = "problem" if result["problem"] else asked["verdict"]
    expected = attack.verdict if seen.wall.profile == "A" else attack.verdict_under_b
    assert got in expected.split(" or "), result["problem"] or asked["message"]
    assert result["final"]


@every_attack
def test_an_attack_earns_no_more_than_its_honest_part(seen: Seen, attack: Attack) -> None:
    """Points come from questions that the file answers as any other would, and from no other."""
    undeserved = {
        one["name"]: one["points"]
        for one in result_of(seen, attack)["checks"]
        if one["points"] and not attack.deserves(one["name"])
    }
    assert undeserved == {}


@every_attack
def test_an_attack_does_not_get_what_it_is_after(seen: Seen, attack: Attack) -> None:
    """It reports no success, and nothing that it brought back holds the canary."""
    assert BREACH not in result_of(seen, attack)["printed"]
    assert seen.canary not in json.dumps(seen.records[attack.student])


def test_honest_students_are_graded_as_if_they_were_alone(seen: Seen) -> None:
    """But for times, the record of each is the same, byte for byte, without the attackers."""
    alone = seen.without_attackers["records"]
    assert {name: timeless(seen.records[name]) for name in alone} == {
        name: timeless(one) for name, one in alone.items()
    }


def timeless(found: Any) -> str:
    """Return a record as text, without the moments and durations in it."""
    return json.dumps(without_times(found), sort_keys=True)


def without_times(data: Any) -> Any:
    """Return plain data without the entries that hold times."""
    if isinstance(data, dict):
        times = {"seconds", "started"}
        return {key: without_times(value) for key, value in data.items() if key not in times}
    return [without_times(item) for item in data] if isinstance(data, list) else data


def test_nothing_is_left_running_or_on_disk(seen: Seen) -> None:
    """No process, no file, no mount outlives its submission."""
    for name in ("running", "running after", "on disk", "mounted"):
        assert seen.told[name] == [], name


def test_the_judge_stays_small(seen: Seen) -> None:
    """Whatever attackers send, the judge does not swell."""
    assert seen.told["peak"] < SMALL


def test_no_attack_changes_a_page(seen: Seen) -> None:
    """Every page nests, runs nothing, links to nothing outside, and hides no codes."""
    pages = sorted(seen.reports.glob("*.html"))
    assert len(pages) == HONEST + len(ZOO) + 1
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert len(html) < 1_000_000, path.name
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
        found = Page(html)
        if path.name == "index.html":
            links = [link for link in found.attributes("href") if not link.startswith(INSIDE)]
            assert set(links) == {*TABLES, *map(quoted, pages)} - {"index.html"}
            for link in links:
                html = html.replace(f'href="{link}"', "")
        safe(Page(html))


def quoted(path: Path) -> str:
    """Return a file's name as a link has it."""
    from urllib.parse import quote

    return quote(path.name, safe="")


def test_every_record_is_strict_json_that_loads(seen: Seen) -> None:
    """A record is ASCII, holds no constant that JSON lacks, and becomes the report again."""
    for path in seen.reports.glob("*.json"):
        text = path.read_text(encoding="ascii")
        data = json.loads(text, parse_constant=pytest.fail)
        assert len(text) < 5_000_000, path.name
        assert record.dump(record.load(data)) == data


def test_no_name_is_a_formula_or_a_row_of_its_own(seen: Seen) -> None:
    """The gradebook has one row a student, and no cell that a spreadsheet would run."""
    text = (seen.reports / "grades.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 1 + HONEST + len(ZOO)
    assert {len(row) for row in rows} == {4 + len(EXERCISES)}
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@＝＋－＠\t\r"))]
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_reports_lie_in_their_folder_under_harmless_names(seen: Seen) -> None:
    """A name is no way out, no device and no option, and differs from all others in any case."""
    names = [path.name for path in seen.reports.iterdir()]
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if re.search(r'[<>:"/\\|?*\x00-\x1f]|^[.~-]', name)]
    devices = {"nul", "con", "aux", "prn"}
    assert not [name for name in names if name.partition(".")[0].casefold() in devices]
    titles = Page((seen.reports / "index.html").read_text(encoding="utf-8")).headings
    assert "A tiny course" in titles[0][1] or titles[0][0] == 1


def test_what_hidden_questions_ask_is_not_shown(seen: Seen) -> None:
    """Code that prints, warns of and raises its arguments does not bring hidden ones to light."""
    spies = [attack for attack in ZOO if attack.name.startswith("hidden_inputs")]
    assert len(spies) == 2
    for spy in spies:
        assert "asked [2.0, 3.0, 5.0]" in json.dumps(seen.records[spy.student])
        for suffix in (".html", ".json"):
            shown = (seen.reports / f"{spy.student}{suffix}").read_text(encoding="utf-8")
            assert "asked [" not in shown


def test_no_student_commands_the_machine_that_runs_a_workflow(tmp_path: Path) -> None:
    """Of what the command line prints on a GitHub runner, no line counts as a command."""
    named = [attack for attack in ZOO if attack.kind == "injecting" and attack.module == "circle"]
    for attack in named:
        attack.hand_in(tmp_path)
    options = ["--course", HERE / "courses" / "tiny", "--out", tmp_path.with_name("reports")]
    for path in (tmp_path, tmp_path / "::set-output name=points::100"):
        done = subprocess.run(
            [sys.executable, "-m", "grader", "grade", path, "--only", "q01_circle", *options],
            env={**os.environ, "GITHUB_ACTIONS": "true", "COLUMNS": "60"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stdout
        assert "points::100" in done.stdout
        assert heeded(done.stdout) == []
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.stdout)


def heeded(log: str) -> list[str]:
    """Return the lines that a runner obeys (actions/runner, ActionCommandManager.cs)."""
    token, obeyed = None, []
    for line in log.splitlines():
        command = re.match(r"\s*::(\S+?)(?: .*?)?::(.*)", line)
        command = command or re.search(r"##\[(.+?)\](.*)", line)
        if command and token is None and command[1] == "stop-commands":
            token = command[2]
        elif command and command[1] == token:
            token = None
        elif command and token is None:
            obeyed.append(line)
    return obeyed
