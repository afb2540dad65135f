"""Collecting: what platforms hand out becomes a folder per student and attempt, and no other."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from grader.collect import Collection, collect, ledger, roster
from grader.collect.folders import compiled
from grader.collect.people import Person, pair
from grader.errors import CourseError, GraderError, SubmissionError
from grader.model import Course
from grader.submission import find

WORK = "def area(radius):\n    return 3 * radius\n"
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (48213)
    Points Possible,,,,,10
"Okafor, Amina",4821,u100123,aokafor,NN-101,
"Li, Ben",77,u100124,bli,NN-101,
"García López, María",78,u100125,mgarcia,NN-101,
"Student, Test",99,,,NN-101,
"""


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a download."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def collected(tmp_path: Path, *names: str, out: str = "submissions") -> Collection:
    """Collect a download with these members, each of them saying its own name."""
    source = zipped(tmp_path / "download.zip", {name: name for name in names})
    return collect(source, tmp_path / out)


def copies(out: Path) -> dict[str, str]:
    """Return every copy by its path, except the ledger."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name != ledger.LEDGER)
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in files}


# Canvas


def test_canvas_files_are_sorted_by_student(tmp_path: Path) -> None:
    """Late marks, anonymous students, text and links are understood, and other files named."""
    names = [
        "okaforamina_4821_99231_circle.py",
        "okaforamina_4821_text.html",
        "liben_LATE_77_99232_my_smooth_v2.py",
        "liben_LATE_77_link.html",
        "LATE_anon_x7Gq2_99233_circle.py",
        "anon_x7Gq3_99234_circle.py",
        "garcíalópezmaría_78_99235_circle.py",
        "readme.txt",
    ]
    found = collected(tmp_path, *names)
    assert copies(tmp_path / "submissions") == {
        "okaforamina/1/circle.py": names[0],
        "okaforamina/1/text.html": names[1],
        "liben/1/my_smooth_v2.py": names[2],
        "liben/1/link.html": names[3],
        "anon x7Gq2/1/circle.py": names[4],
        "anon x7Gq3/1/circle.py": names[5],
        "garcíalópezmaría/1/circle.py": names[6],
    }
    assert found.platform == "canvas"
    assert found.unmatched == (("readme.txt", "is not named as Canvas names files"),)
    late = {line.folder for line in found.lines if line.attempts[-1].late}
    assert late == {"liben", "anon x7Gq2"}
    known = {
        student.folder: student.people[0]
        for student in ledger.read(tmp_path / "submissions").students
    }
    assert known["liben"].canvas_id == "77"
    assert known["anon x7Gq2"].canvas_anonymous == "x7Gq2"


def test_a_file_that_was_handed_in_again_makes_attempts(tmp_path: Path) -> None:
    """Canvas's numbers are taken off, and the latest attempt has the newest file of every name."""
    names = ["a_1_20_circle-1.py", "a_1_10_circle.py", "a_1_11_smooth.py", "a_1_30_circle-2.py"]
    collected(tmp_path, *names)
    assert copies(tmp_path / "submissions") == {
        "a/1/circle.py": "a_1_10_circle.py",
        "a/2/circle.py": "a_1_20_circle-1.py",
        "a/3/circle.py": "a_1_30_circle-2.py",
        **{f"a/{attempt}/smooth.py": "a_1_11_smooth.py" for attempt in (1, 2, 3)},
    }


def test_numbers_that_students_gave_their_files_stay(tmp_path: Path) -> None:
    """Two parts are no versions of a file that is not there, and neither is lost."""
    collected(tmp_path, "a_1_10_part-1.py", "a_1_11_part-2.py", "b_2_12_circle-3.py")
    assert set(copies(tmp_path / "submissions")) == {
        "a/1/part-1.py", "a/1/part-2.py", "b/1/circle.py",
    }  # fmt: skip


def test_two_students_of_one_name_stay_two(tmp_path: Path) -> None:
    """Each folder has the number by which Canvas tells them apart."""
    collected(tmp_path, "liben_77_1_circle.py", "liben_78_2_circle.py")
    assert copies(tmp_path / "submissions") == {
        "liben 77/1/circle.py": "liben_77_1_circle.py",
        "liben 78/1/circle.py": "liben_78_2_circle.py",
    }


# Moodle


@pytest.mark.parametrize(
    "joint", ["_assignsubmission_file/", "_assignsubmission_file_/", "_assignsubmission_file_"]
)
def test_moodle_names_students_in_three_ways(tmp_path: Path, joint: str) -> None:
    """Since 4.1, before, and without folders; what must be handed back is kept as it was."""
    found = collected(tmp_path, f"Amina Okafor_123456{joint}circle.py")
    assert copies(tmp_path / "submissions") == {
        "Amina Okafor/1/circle.py": f"Amina Okafor_123456{joint}circle.py"
    }
    assert found.platform == "moodle"
    (student,) = ledger.read(tmp_path / "submissions").students
    assert student.people == (
        Person("Amina Okafor", moodle_id="123456", moodle_path=f"Amina Okafor_123456{joint}"),
    )


def test_moodle_groups_text_and_blind_marking(tmp_path: Path) -> None:
    """A group's name is no part of a student's; participants go by their numbers."""
    text = "_assignsubmission_onlinetext/onlinetext.html"
    collected(
        tmp_path,
        "G1-Amina Okafor_1_assignsubmission_file/src/circle.py",
        f"G1-Amina Okafor_1{text}",
        "G2-Anne-Marie Li_2_assignsubmission_file/circle.py",
        "Jean-Paul Roy_3_assignsubmission_file/circle.py",
    )
    assert set(copies(tmp_path / "submissions")) == {
        "Amina Okafor/1/src/circle.py", "Amina Okafor/1/onlinetext.html",
        "Anne-Marie Li/1/circle.py", "Jean-Paul Roy/1/circle.py",
    }  # fmt: skip
    blind = [f"Participant_{number}_assignsubmission_file/circle.py" for number in (654321, 654322)]
    collected(tmp_path, *blind, out="blind")
    assert set(copies(tmp_path / "blind")) == {
        "Participant 654321/1/circle.py", "Participant 654322/1/circle.py",
    }  # fmt: skip


# Gradescope


METADATA = """\
---
submission_11:
  :submitters:
  - :name: Amina Okafor
    :sid: '3031234567'
    :email: amina@example.edu
  :created_at: 2026-11-23 12:40:07.123456000 Z
  :score: 1.0
submission_12:
  :submitters:
  - :name: Ben Li
    :sid: 303
    :email: ben@example.edu
  - :name: Cleo Roy
    :sid:
    :email: cleo@example.edu
  :created_at: '2026-11-23T13:40:07+01:00'
submission_13:
  :submitters:
  - :name: Dan Ohneland
"""


def test_gradescope_says_whose_each_submission_is(tmp_path: Path) -> None:
    """Times and addresses are kept, and a group's submission is one of several people."""
    source = zipped(
        tmp_path / "export.zip",
        {
            "assignment_5_export/submission_metadata.yml": METADATA,
            "assignment_5_export/submission_11/circle.py": WORK,
            "assignment_5_export/submission_12/src/circle.py": WORK,
            "assignment_5_export/submission_99/circle.py": WORK,
            "__MACOSX/assignment_5_export/submission_11/._circle.py": "",
        },
    )
    found = collect(source, tmp_path / "out")
    assert found.platform == "gradescope"
    assert set(copies(tmp_path / "out")) == {
        "Amina Okafor/1/circle.py", "Ben Li and Cleo Roy/1/src/circle.py",
    }  # fmt: skip
    assert {path for path, _ in found.unmatched} == {
        "assignment_5_export/submission_99/circle.py", "submission_13",
    }  # fmt: skip
    amina, group = ledger.read(tmp_path / "out").students
    assert amina.people == (Person("Amina Okafor", number="3031234567", email="amina@example.edu"),)
    assert amina.attempts[0].received == "2026-11-23T12:40:07.123456+00:00"
    assert group.attempts[0].received == "2026-11-23T13:40:07+01:00"
    assert [person.number for person in group.people] == ["303", None]


@pytest.mark.parametrize(
    "text", ["!!python/object/apply:os.system ['touch /tmp/x']", "- a\n- b\n", "a: [", "\0"]
)
def test_yaml_that_gradescope_does_not_write_is_refused(tmp_path: Path, text: str) -> None:
    """Nothing in it is run, and the message says what to do."""
    source = zipped(tmp_path / "x.zip", {"submission_metadata.yml": text, "submission_1/a.py": ""})
    with pytest.raises(SubmissionError, match=r"next: export the submissions again"):
        collect(source, tmp_path / "out")
    assert copies(tmp_path / "out") == {}


# Folders and patterns


def test_plain_folders_with_attempts(tmp_path: Path) -> None:
    """Numbered and dated folders are attempts in their order; a time in a name is kept."""
    source = tmp_path / "class"
    for name in (
        "anna/circle.py",
        "ben/9/circle.py",
        "ben/10/circle.py",
        "cleo/2026-11-23T1240Z/circle.py",
    ):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    zipped(source / "dan.zip", {"circle.py": WORK})
    (source / "notes.txt").write_text("notes", encoding="utf-8")
    found = collect(source, tmp_path / "out")
    assert found.unmatched == (("notes.txt", "lies in no student's folder"),)
    (tmp_path / "out/dan/1/dan.zip").unlink()
    assert copies(tmp_path / "out") == {
        "anna/1/circle.py": "anna/circle.py",
        "ben/1/circle.py": "ben/9/circle.py",
        "ben/2/circle.py": "ben/10/circle.py",
        "cleo/1/circle.py": "cleo/2026-11-23T1240Z/circle.py",
    }
    times = {
        one.folder: one.attempts[-1].received for one in ledger.read(tmp_path / "out").students
    }
    assert times == {"anna": None, "ben": None, "cleo": "2026-11-23T12:40:00+00:00", "dan": None}


def test_a_pattern_of_nbgrader_pastes_in(tmp_path: Path) -> None:
    """Its groups give the student, the file, the name, the address and the time."""
    pattern = compiled(
        r"^.+_(?P<student_id>\w+)_attempt_(?P<timestamp>\d{4}(?:-\d\d){5})_(?P<file_id>[^.]+)",
        "--pattern",
    )
    source = zipped(
        tmp_path / "blackboard.zip",
        {
            "Set 1_aokafor_attempt_2026-11-23-12-40-07_circle.py": "1",
            "Set 1_aokafor_attempt_2026-11-24-09-00-00_circle.py": "2",
            "Set 1.txt": "",
        },
    )
    found = collect(source, tmp_path / "out", pattern=pattern)
    assert copies(tmp_path / "out") == {"aokafor/1/circle.py": "1", "aokafor/2/circle.py": "2"}
    assert found.unmatched == (("Set 1.txt", "does not match the pattern"),)
    (student,) = ledger.read(tmp_path / "out").students
    assert student.people == (Person("aokafor", number="aokafor"),)
    assert student.attempts[0].received == "2026-11-23T12:40:07+00:00"


def test_a_pattern_may_name_people(tmp_path: Path) -> None:
    """First and last name make the folder, and the number tells people apart."""
    pattern = re.compile(
        r"(?P<first_name>\w+)\.(?P<last_name>\w+)\.(?P<student_id>\d+)/(?P<file_id>.+)"
    )
    names = {"Ben.Li.7/circle.py": "", "Ben.Li.8/circle.py": ""}
    collect(zipped(tmp_path / "x.zip", names), tmp_path / "out", pattern=pattern)
    assert set(copies(tmp_path / "out")) == {"Ben Li 7/1/circle.py", "Ben Li 8/1/circle.py"}


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("(", "is no regular expression"), ("(?P<student>.+)", "put (?P<student_id>…) around it")],
)
def test_a_pattern_that_cannot_work_is_refused(pattern: str, said: str) -> None:
    """With what to write instead."""
    with pytest.raises(CourseError) as caught:
        compiled(pattern, "course.toml: [collect] pattern")
    assert str(caught.value).startswith("course.toml: [collect] pattern: ")
    assert said in str(caught.value)


# Again


def test_collecting_again_adds_only_what_is_new(tmp_path: Path) -> None:
    """An unchanged student gets no attempt, a changed one another, a newcomer a folder."""
    one, two = "a_1_1_circle.py", "b_2_2_circle.py"
    first = zipped(tmp_path / "monday.zip", {one: "1", two: "1"})
    second = zipped(tmp_path / "friday.zip", {one: "2", two: "1", "c_3_3_circle.py": "1"})
    out = tmp_path / "out"
    assert [line.fresh for line in collect(first, out).lines] == [1, 1]
    assert [line.fresh for line in collect(first, out).lines] == [0, 0]
    assert [line.fresh for line in collect(second, out).lines] == [1, 0, 1]
    assert [line.fresh for line in collect(second, out).lines] == [0, 0, 0]
    assert copies(out) == {
        "a/1/circle.py": "1", "a/2/circle.py": "2", "b/1/circle.py": "1", "c/1/circle.py": "1",
    }  # fmt: skip
    assert [line.fresh for line in collect(first, out).lines] == [1, 0], "a returns to version 1"
    sources = [one.source for one in ledger.read(out).students[0].attempts]
    assert sources == ["monday.zip", "friday.zip", "monday.zip"]


def test_attempts_in_one_download_are_not_repeated(tmp_path: Path) -> None:
    """The second time, both of a student's attempts are known."""
    names = ("a_1_1_circle.py", "a_1_2_circle-1.py")
    assert [line.fresh for line in collected(tmp_path, *names).lines] == [2]
    assert [line.fresh for line in collected(tmp_path, *names).lines] == [0]


def test_what_was_collected_can_be_graded(tmp_path: Path, tiny: Course) -> None:
    """Every student is a submission, and the latest attempt counts."""
    collected(tmp_path, "a_1_1_circle.py", "a_1_2_circle-1.py", "b_2_3_circle.py")
    found = find([tmp_path / "submissions"], tiny)
    assert found.refused == ()
    assert [(one.student, one.attempt) for one in found.submissions] == [("a", "2"), ("b", "1")]
    assert found.submissions[0].sources["q01_circle"].text == "a_1_2_circle-1.py"


def test_a_damaged_ledger_is_not_overwritten(tmp_path: Path) -> None:
    """It holds what grades are handed back by, so a person has to decide."""
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / ledger.LEDGER).write_text('{"schema": 1}', encoding="utf-8")
    with pytest.raises(GraderError, match=r"collected\.json cannot be read"):
        collected(tmp_path, "a_1_1_circle.py")


# The roster


def test_a_roster_gives_names_and_tells_who_is_missing(tmp_path: Path) -> None:
    """Canvas's own gradebook will do: its slugs, and one who is on no list."""
    (tmp_path / "roster.csv").write_text(GRADEBOOK, encoding="utf-8")
    source = zipped(
        tmp_path / "x.zip", {"okaforamina_4821_1_circle.py": "", "roe_500_2_circle.py": ""}
    )
    found = collect(source, tmp_path / "out", roster=roster.read(tmp_path / "roster.csv"))
    assert set(copies(tmp_path / "out")) == {"Okafor, Amina/1/circle.py", "roe/1/circle.py"}
    assert [person.name for person in found.missing] == ["Li, Ben", "García López, María"]
    assert found.strangers == ("roe",)
    amina = ledger.read(tmp_path / "out").students[0].people[0]
    assert (amina.number, amina.login, amina.canvas_id) == ("u100123", "aokafor", "4821")
    again = collect(source, tmp_path / "out")
    assert [line.fresh for line in again.lines] == [0, 0], "known without the roster too"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Amina Okafor\nBen Li\n", [Person("Amina Okafor"), Person("Ben Li")]),
        ("name;email\nAmina;a@x.org\n", [Person("Amina", email="a@x.org")]),
        ("First name,Last name,ID\nAmina,Okafor,7\n", [Person("Amina Okafor", number="7")]),
        (
            "Identifier,Full name,Email address\nParticipant 12,Amina,\n",
            [Person("Amina", moodle_id="12")],
        ),
        (
            "ID;Vollständiger Name\nTeilnehmer/in12;Amina\n",
            [Person("Amina", number="Teilnehmer/in12")],
        ),
    ],
)
def test_a_roster_may_be_any_table(tmp_path: Path, text: str, people: list[Person]) -> None:
    """Names alone, a semicolon, first and last names, a worksheet of Moodle."""
    (tmp_path / "r.csv").write_text(text, encoding="cp1252")
    assert roster.read(tmp_path / "r.csv") == people


def test_people_are_paired_by_numbers_before_names() -> None:
    """Two of one name are nobody's guess, and other numbers mean another person."""
    rows = [
        Person("Li, Ben", canvas_id="1"),
        Person("Li, Ben", canvas_id="2"),
        Person("Roy, Cleo", canvas_id="3"),
        Person("María José García", email="mj@x.org"),
        Person("Zoë Ö", login="zo"),
    ]
    known = [
        Person("liben", canvas_id="2", canvas_slug="liben"),
        Person("Ben Li"),
        Person("Cleo Roy", canvas_id="4"),
        Person("garcíamaríajosé", canvas_slug="garcíamaríajosé"),
        Person("ZO"),
    ]
    assert pair(known, rows) == {0: 1, 3: 3, 4: 4}


# Hostile and careless


@pytest.mark.parametrize(
    "name", ["../a_1_1_x.py", "/etc/a_1_1_x.py", "C:\\a_1_1_x.py", "a/../../b"]
)
def test_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """The whole download is, before anything is written."""
    with pytest.raises(SubmissionError, match=r"leads out of it.*\n  next: "):
        collected(tmp_path, "b_2_2_circle.py", name)
    assert copies(tmp_path / "submissions") == {}


def test_links_are_refused(tmp_path: Path) -> None:
    """In a zip and in a folder."""
    link = ZipInfo("a_1_1_circle.py")
    link.external_attr = 0o120777 << 16
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SubmissionError, match="a link or device"):
        collect(tmp_path / "x.zip", tmp_path / "out")
    (tmp_path / "class" / "anna").mkdir(parents=True)
    (tmp_path / "class" / "anna" / "circle.py").symlink_to("/etc/passwd")
    with pytest.raises(SubmissionError, match="is a link: links are not collected"):
        collect(tmp_path / "class", tmp_path / "out")
    assert copies(tmp_path / "out") == {}


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    """With the advice to collect a class in parts; 300 students with ten files each are not."""
    names = [f"s{n % 300}_{n % 300}_{n}_e{n}.py" for n in range(1, 20_002)]
    with pytest.raises(
        SubmissionError, match=r"20,001 files.*\n  next: download the class in parts"
    ):
        collected(tmp_path, *names)
    assert len(collected(tmp_path, *names[:3_000]).lines) == 300


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """Half a gigabyte of zeros never reaches the disk."""
    source = zipped(tmp_path / "x.zip", {"a_1_1_circle.py": bytes(30_000_000)})
    with pytest.raises(SubmissionError, match="as a bomb does"):
        collect(source, tmp_path / "out")


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX", "__pycache__", ".hidden", "xor.py", "class.zip", "collected.json", "CON", "..",
        "a\x1b[31mb", "x" * 300, "  ", "\u202eevil", "2026-11-23", "7", "a:b?*",
    ],
)  # fmt: skip
def test_no_name_hides_a_student_or_leaves_the_folder(
    tmp_path: Path, tiny: Course, name: str
) -> None:
    """Whatever a student is called, the copy lies in one folder more, and it is graded."""
    pattern = re.compile(r"n(?P<student_id>\d)")
    source = zipped(tmp_path / "x.zip", {"n1.py": WORK, "n2.py": WORK})
    people = [Person(name, number="1"), Person("Amina", number="2")]
    collect(source, tmp_path / "out", roster=people, pattern=pattern)
    found = find([tmp_path / "out"], tiny)
    assert len(found.submissions) == 2
    assert {path.parent for path in (tmp_path / "out").glob("*/1")} == {
        one.path.parent for one in found.submissions
    }
    assert (tmp_path / "out" / ledger.LEDGER).is_file()


def test_names_that_a_disk_may_confuse_stay_apart(tmp_path: Path) -> None:
    """Case and the form of accents alone tell nothing apart on some systems."""
    composed, apart = (unicodedata.normalize(form, "José") for form in ("NFC", "NFD"))
    source = zipped(
        tmp_path / "x.zip",
        {f"{name}/circle.py": name for name in ("anna", "Anna", composed, apart)}
        | {"ben/Circle.py": "1", "ben/circle.py": "2", f"ben/{apart}.py": "3",
           f"ben/{composed}.py": "4"},
    )  # fmt: skip
    collect(source, tmp_path / "out")
    folders = [path.name for path in (tmp_path / "out").iterdir() if path.is_dir()]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in folders}) == 5
    copied = copies(tmp_path / "out")
    assert len(copied) == 8
    assert copied["ben/1/circle.py"] == "2", "the name that is right as it is stays so"


def test_what_students_name_inside_stays_inside(tmp_path: Path) -> None:
    """No name leads out of the attempt, hides another file, or is too long for a disk."""
    pattern = re.compile(r"(?P<student_id>\w+)@(?P<file_id>.+)", re.DOTALL)
    names = ["con.py", "x|y/circle.py", " .py", "x", "x/smooth.py", f"{'long' * 60}.py"]
    deep = "/".join(["folder" * 10] * 30) + "/deep.py"
    source = zipped(tmp_path / "x.zip", {f"a@{name}": name for name in [*names, deep]})
    collect(source, tmp_path / "out", pattern=pattern)
    home = tmp_path / "out" / "a" / "1"
    copied = copies(home)
    assert sorted(copied.values()) == sorted([*names, deep])
    assert {"_con.py", "x_y/circle.py", "x/smooth.py", "x-2", "deep.py"} <= set(copied)
    assert sum(name.endswith(".py") and name.startswith("long") for name in copied) == 1


def test_a_damaged_file_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    """One student's broken upload does not stop the class."""
    source = zipped(tmp_path / "x.zip", {"a_1_1_circle.py": "x" * 500, "b_2_2_circle.py": WORK})
    data = bytearray(source.read_bytes())
    at = data.index(b"a_1_1_circle.py") + len("a_1_1_circle.py")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    source.write_bytes(data)
    found = collect(source, tmp_path / "out")
    assert set(copies(tmp_path / "out")) == {"b/1/circle.py"}
    ((path, reason),) = found.failed
    assert path == "a_1_1_circle.py"
    assert "damaged" in reason


def test_a_download_without_students_says_what_to_do(tmp_path: Path) -> None:
    """Neither a folder each, nor names that anything is known by."""
    with pytest.raises(
        SubmissionError, match=r"such as a\.txt\)\n  next: give a folder per student"
    ):
        collected(tmp_path, "a.txt", "b.txt")


def test_a_folder_is_not_copied_into_itself(tmp_path: Path) -> None:
    """The copies would be collected the next time."""
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "circle.py").write_text(WORK, encoding="utf-8")
    with pytest.raises(GraderError, match=r"name a folder outside of it with --out"):
        collect(tmp_path, tmp_path / "submissions")


def test_the_ledger_is_plain_json(tmp_path: Path) -> None:
    """It can be read and mended by hand: who, when, late, and what each file was called."""
    collected(tmp_path, "liben_LATE_77_5_circle.py")
    record = json.loads((tmp_path / "submissions" / ledger.LEDGER).read_text(encoding="utf-8"))
    assert record["schema"] == "grader/collected/v1"
    (student,) = record["students"]
    assert student["people"][0]["canvas_id"] == "77"
    (attempt,) = student["attempts"]
    assert (attempt["late"], attempt["received"]) == (True, None)
    assert attempt["files"] == {"circle.py": "liben_LATE_77_5_circle.py"}
