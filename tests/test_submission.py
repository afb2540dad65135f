"""Handing in: what counts as a submission, what is read, and what is said about the rest."""

from __future__ import annotations

import os
import random
import shutil
import socket
import stat
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from grader.model import Course, Exercise
from grader.submission import file_stems, find, read

WORK = "def area(radius):\n    return 3 * radius\n"


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(path: Path, files: Mapping[str, str]) -> Path:
    """Write a zip and return its path."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def texts(path: Path, course: Course) -> dict[str, str]:
    """Return what was read at a path, by exercise."""
    return {name: source.text for name, source in read(path, course).sources.items()}


def refusal(path: Path, course: Course) -> str:
    """Return why a path cannot be taken as a submission."""
    found = find([path], course)
    assert found.submissions == ()
    (refused,) = found.refused
    return refused.reason


def problem(path: Path, course: Course) -> str:
    """Return why the first exercise of a submission cannot be read."""
    source = read(path, course).sources["q01_circle"]
    assert source.text == ""
    assert source.problem is not None
    return source.problem


# What is a submission


def test_a_file_is_a_submission_named_after_itself(tmp_path: Path, tiny: Course) -> None:
    """A module of the course is one submission, and its suffix no part of the name."""
    file = written(tmp_path, {"circle.py": WORK}) / "circle.py"
    (one,) = find([file], tiny).submissions
    assert (one.student, one.path, one.attempt, one.notes) == ("circle", file, None, ())
    assert one.sources["q01_circle"].file == "circle.py"
    assert one.sources["q01_circle"].text == WORK


def test_a_folder_with_a_module_is_one_submission(tmp_path: Path, tiny: Course) -> None:
    """The folder names the student, and everything below it belongs to the submission."""
    anna = written(tmp_path / "Anna B.", {"circle.py": WORK, "more/smooth.py": "x = 1\n"})
    (one,) = find([anna], tiny).submissions
    assert one.student == "Anna B."
    assert set(one.sources) == {"q01_circle", "q02_smooth"}


def test_a_zip_is_one_submission_whatever_folders_it_wraps(tmp_path: Path, tiny: Course) -> None:
    """The common single top folder of a zip is looked into."""
    path = zipped(tmp_path / "anna.zip", {"homework/circle.py": WORK})
    (one,) = find([path], tiny).submissions
    assert one.student == "anna"
    assert one.sources["q01_circle"].text == WORK


def test_a_folder_with_a_zip_is_one_submission(tmp_path: Path, tiny: Course) -> None:
    """A zip that lies in a student's folder is read as part of it."""
    anna = written(tmp_path / "anna", {"notes.txt": "see zip"})
    zipped(anna / "work.zip", {"circle.py": WORK})
    assert texts(anna, tiny) == {"q01_circle": WORK}
    assert [one.student for one in find([anna], tiny).submissions] == ["anna"]


def test_any_other_folder_is_a_class(tmp_path: Path, tiny: Course) -> None:
    """Each subfolder is a student, also one that handed nothing in; other files are no students."""
    written(tmp_path, {"anna/circle.py": WORK, "ben/src/smooth.py": "", "roster.csv": "anna\n"})
    (tmp_path / "cleo").mkdir()
    found = find([tmp_path], tiny)
    assert {one.student: set(one.sources) for one in found.submissions} == {
        "anna": {"q01_circle"},
        "ben": {"q02_smooth"},
        "cleo": set(),
    }
    assert found.refused == ()
    assert "is empty" in found.submissions[2].notes[0]


def test_one_bad_submission_does_not_stop_the_class(tmp_path: Path, tiny: Course) -> None:
    """The others are read, the refusal names student and file, and nobody lacks a report."""
    written(tmp_path, {"anna/circle.py": WORK, "ben/work.zip": "no zip"})
    found = find([tmp_path], tiny)
    assert [(one.student, set(one.sources)) for one in found.submissions] == [
        ("anna", {"q01_circle"}),
        ("ben", set()),
    ]
    assert found.submissions[1].notes == (found.refused[0].reason,)
    assert [(one.student, one.path.name) for one in found.refused] == [("ben", "ben")]
    assert "work.zip is no zip" in found.refused[0].reason


def test_a_misnamed_file_beside_the_students_is_reported(tmp_path: Path, tiny: Course) -> None:
    """A Python file in a class folder may be somebody's work, so it is not passed over."""
    written(tmp_path, {"anna/circle.py": WORK, "circel.py": WORK})
    found = find([tmp_path], tiny)
    assert [one.student for one in found.submissions] == ["anna"]
    assert "circel.py was ignored" in found.refused[0].reason
    assert "did you mean circle.py?" in found.refused[0].reason


@pytest.mark.parametrize(
    ("attempts", "latest"),
    [
        (["1", "2", "10"], "10"),
        (["attempt 9", "attempt 10"], "attempt 10"),
        (["2026-11-09", "2026-11-23T0900Z", "2026-11-23T1240Z"], "2026-11-23T1240Z"),
        (["20261123_1240", "20261201_0800"], "20261201_0800"),
    ],
)
def test_the_latest_attempt_counts(
    tmp_path: Path, tiny: Course, attempts: list[str], latest: str
) -> None:
    """Numbered and dated folders are attempts, in the order of their numbers and dates."""
    for attempt in attempts:
        written(tmp_path / "anna" / attempt, {"circle.py": f"name = {attempt!r}\n"})
    (one,) = find([tmp_path], tiny).submissions
    assert (one.student, one.attempt) == ("anna", latest)
    assert one.sources["q01_circle"].text == f"name = {latest!r}\n"


def test_numbers_at_the_top_are_students(tmp_path: Path, tiny: Course) -> None:
    """A class whose folders are matriculation numbers has that many students."""
    written(tmp_path, {"4821/circle.py": WORK, "4822/circle.py": WORK})
    found = find([tmp_path], tiny)
    assert [(one.student, one.attempt) for one in found.submissions] == [
        ("4821", None),
        ("4822", None),
    ]


def test_what_systems_add_is_ignored(tmp_path: Path, tiny: Course) -> None:
    """Hidden files, resource forks, byte code and virtual environments are nobody's work."""
    extra = {
        ".circle.py": "1",
        "._circle.py": "1",
        "__MACOSX/._circle.py": "1",
        "__pycache__/smooth.py": "1",
        "venv/pyvenv.cfg": "",
        "venv/lib/smooth.py": "1",
    }
    anna = written(tmp_path / "anna", {"circle.py": WORK, **extra})
    assert texts(anna, tiny) == {"q01_circle": WORK}
    assert read(anna, tiny).notes == ()
    archive = zipped(tmp_path / "ben.zip", {"circle.py": WORK, "__MACOSX/._circle.py": "1"})
    assert texts(archive, tiny) == {"q01_circle": WORK}


def test_a_path_that_is_given_twice_is_read_once(tmp_path: Path, tiny: Course) -> None:
    """Two spellings of one path are one submission."""
    anna = written(tmp_path / "anna", {"circle.py": WORK})
    assert len(find([anna, anna / ".." / "anna"], tiny).submissions) == 1


# Names


@pytest.mark.parametrize(
    "name",
    [
        "CIRCLE.py",
        "circle.PY",
        "circle (1).py",
        "circle-2.py",
        "circle_final.py",
        "Circle - Copy.py",
        "Copy of circle.py",
        "circle_v2 (3).py",
        "circle.py.txt",
        "q01_circle.py",
        "Q1.py",
    ],
)
def test_a_name_that_is_nearly_right_is_understood(tmp_path: Path, tiny: Course, name: str) -> None:
    """One exercise alone can be meant, so it is taken, and the note says what was guessed."""
    anna = written(tmp_path / "anna", {name: WORK})
    one = read(anna, tiny)
    assert one.sources["q01_circle"].text == WORK
    assert one.notes == (f"{name} was read as circle.py: give it that name",)
    assert [found.student for found in find([anna], tiny).submissions] == ["anna"]


@pytest.mark.parametrize("name", ["1.py", "circle_test.py", "acircle.py", "circles.py", "final.py"])
def test_other_names_are_not_guessed(tmp_path: Path, tiny: Course, name: str) -> None:
    """What may mean something else is left alone and named."""
    anna = written(tmp_path / "anna", {name: WORK, "smooth.py": ""})
    one = read(anna, tiny)
    assert set(one.sources) == {"q02_smooth"}
    assert one.notes[0].startswith(f"{name} was ignored")


def test_an_ambiguous_name_is_not_guessed(tmp_path: Path) -> None:
    """Where two modules differ by case alone, another case of them means neither."""
    exercises = [
        Exercise(f"q0{n}_{name}", name, "", name, "", tmp_path, (), ())
        for n, name in ((1, "net"), (2, "Net"))
    ]
    course = Course("cases", tmp_path, tuple(exercises))
    anna = written(tmp_path / "anna", {"NET.py": WORK, "net.py": WORK})
    one = read(anna, course)
    assert set(one.sources) == {"q01_net"}
    assert "NET.py was ignored" in one.notes[0]


def test_files_that_the_course_gives_out_are_no_surprise(tmp_path: Path, tiny: Course) -> None:
    """Whoever hands the whole exercise folder in gets no remark on what was in it."""
    anna = shutil.copytree(tiny.exercises[1].folder, tmp_path / "anna")
    assert read(anna, tiny).notes == ()


def test_the_exact_name_counts_then_the_nearest_then_the_last(tmp_path: Path, tiny: Course) -> None:
    """Of several files for one exercise one is read, and the note lists them all."""
    files = {"old/circle.py": "1", "new/circle.py": "2", "circle (2).py": "3"}
    anna = written(tmp_path / "anna", files)
    one = read(anna, tiny)
    assert one.sources["q01_circle"].text == "1"  # in natural order "old" comes after "new"
    listed = "circle (2).py, new/circle.py, old/circle.py"
    assert one.notes == (f"3 files could be circle.py ({listed}): old/circle.py was read",)
    written(anna, {"circle.py": "4"})
    assert texts(anna, tiny) == {"q01_circle": "4"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_with_one_path_the_last_counts(tmp_path: Path, tiny: Course) -> None:
    """A zip may hold a path twice; unpacking it would leave the last."""
    path = tmp_path / "anna.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("circle.py", "first")
        archive.writestr("circle.py", "last")
    assert texts(path, tiny) == {"q01_circle": "last"}


def test_hostile_names_are_kept_as_data_and_shown_harmless(tmp_path: Path, tiny: Course) -> None:
    """Line ends, broken bytes and endless names reach no message as they are."""
    name = os.fsdecode(b"anna\n\xff\x1b[31m")
    written(tmp_path / name, {"circle.py": WORK, "two\nlines.py": "", f"{'x' * 240}.py": ""})
    (one,) = find([tmp_path], tiny).submissions
    assert one.student == name
    assert len(one.notes) == 2
    assert all(note.isprintable() and len(note) < 200 for note in one.notes)
    (archive_note,) = read(
        zipped(tmp_path / "b.zip", {"circle.py": WORK, f"{'y' * 300}.py": ""}), tiny
    ).notes
    assert len(archive_note) < 200


def test_names_that_collide_elsewhere_cost_nothing_here(tmp_path: Path, tiny: Course) -> None:
    """Archives are never unpacked: neither case, accents nor devices overwrite or open a file."""
    accents = ["é.py", unicodedata.normalize("NFD", "é.py")]
    names = ["circle.py", "CIRCLE.PY", "NUL", "con.py", "aux/smooth.py", *accents, f"{'n' * 300}/x"]
    one = read(zipped(tmp_path / "anna.zip", {name: f"# {name}\n" for name in names}), tiny)
    found = {name: source.text for name, source in one.sources.items()}
    assert found == {"q01_circle": "# circle.py\n", "q02_smooth": "# aux/smooth.py\n"}
    assert any("CIRCLE.PY" in note for note in one.notes)
    assert all(note.isprintable() for note in one.notes)


# Text


def test_a_text_that_reads_otherwise_than_it_runs_is_noted(tmp_path: Path, tiny: Course) -> None:
    """Marks that turn the direction of reading are named with file and line; the text counts."""
    text = 'def area(radius):\n    return 0  # "\u202e" kcehc "\u2066\n'
    one = read(written(tmp_path / "anna", {"circle.py": text, "smooth.py": WORK}), tiny)
    assert one.sources["q01_circle"].text == text
    (note,) = one.notes
    assert note.startswith("circle.py holds a hidden character on line 2 ")
    assert note.isprintable()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfx = '\xc3\xa4'\r\n", "x = 'ä'\n"),
        ("x = 'ä'\n".encode("utf-16"), "x = 'ä'\n"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe4'\n", "# -*- coding: latin-1 -*-\nx = 'ä'\n"),
        (b"x = 1\ry = 2\r", "x = 1\ny = 2\n"),
        (b"", ""),
    ],
)
def test_declared_encodings_are_honoured(
    tmp_path: Path, tiny: Course, data: bytes, text: str
) -> None:
    """Byte order marks and encoding lines count, and every line ends alike."""
    assert texts(written(tmp_path / "anna", {"circle.py": data}), tiny) == {"q01_circle": text}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x = 1\nname = 'Andr\xe9'\n", "is not UTF-8 text: byte 18, on line 2, is 0xe9"),
        (b"# Andr\xe9\n", "is not UTF-8 text: byte 6, on line 1, is 0xe9"),
        (b"x = 1\n\0", "holds a NUL character (number 6, line 2)"),
        (b"# coding: klingon\n", "unknown encoding"),
        (b"# coding: punycode\nx = 1\n", "declares the encoding 'punycode'"),
        (b"# coding: hex\n41\n", "declares the encoding 'hex'"),
        (b"x = 0\n" * 200_000, "holds more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_source_text_says_why(
    tmp_path: Path, tiny: Course, data: bytes, said: str
) -> None:
    """The message names the file, the place and what to do; other exercises still count."""
    anna = written(tmp_path / "anna", {"circle.py": data, "smooth.py": "x = 1\n"})
    message = problem(anna, tiny)
    assert message.startswith("circle.py")
    assert said in message
    assert "save it as UTF-8" in message or "keep data and pictures out" in message
    assert texts(anna, tiny)["q02_smooth"] == "x = 1\n"


# Things that are no plain files


def test_pipes_sockets_and_folders_are_no_source(tmp_path: Path, tiny: Course) -> None:
    """Opening them could wait for ever; each is named for what it is."""
    for name in ("pipe", "socket", "folder"):
        (tmp_path / name).mkdir()
    os.mkfifo(tmp_path / "pipe" / "circle.py")
    (tmp_path / "folder" / "circle.py").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket" / "circle.py"))
        said = [problem(tmp_path / name, tiny) for name in ("pipe", "socket", "folder")]
    kinds = ("a named pipe", "a socket", "a folder")
    assert said == [f"circle.py is {k}, not a file: hand in the file itself" for k in kinds]
    assert "a named pipe" in problem(tmp_path / "pipe" / "circle.py", tiny)


def test_a_link_may_not_leave_the_submission(tmp_path: Path, tiny: Course) -> None:
    """A link to anything else on the grader's machine would print it in a report."""
    secret = written(tmp_path, {"secret.py": "answer = 42\n"}) / "secret.py"
    anna = written(tmp_path / "anna", {"real.py": WORK})
    (anna / "circle.py").symlink_to(secret)
    (anna / "smooth.py").symlink_to("real.py")
    assert "leaves the submission" in problem(anna, tiny)
    assert texts(anna, tiny)["q02_smooth"] == WORK
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "more").symlink_to(tmp_path / "anna")
    assert read(tmp_path / "linked", tiny).sources == {}


def test_links_to_nothing_and_in_circles_are_said(tmp_path: Path, tiny: Course) -> None:
    """Neither raises, and a circle does not go round."""
    anna, ben = tmp_path / "anna", tmp_path / "ben"
    anna.mkdir()
    ben.mkdir()
    (anna / "circle.py").symlink_to("gone.py")
    (ben / "circle.py").symlink_to("circle.py")
    assert "link to nothing" in problem(anna, tiny)
    assert "cannot be read" in problem(ben, tiny)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder for a user who is not root, whom permissions would not stop."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_what_may_not_be_read_is_said(open_folder: Path, tiny: Course) -> None:
    """A file without the right to read is one exercise's problem, a folder the whole path's."""
    anna = written(open_folder / "anna", {"circle.py": WORK, "smooth.py": "x = 1\n"})
    (anna / "circle.py").chmod(0)
    ben = written(open_folder / "ben", {"circle.py": WORK})
    ben.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        said, read_still = problem(anna, tiny), texts(anna, tiny)["q02_smooth"]
        refused = find([open_folder], tiny).refused
    finally:
        os.seteuid(user)
        ben.chmod(0o755)
    assert said.startswith("circle.py may not be read")
    assert read_still == "x = 1\n"
    assert [one.student for one in refused] == ["ben"]
    assert "cannot be opened (Permission denied)" in refused[0].reason


# Paths that are no submission


def test_a_missing_path_suggests_its_neighbour(tmp_path: Path, tiny: Course) -> None:
    """A slip of the keyboard is told with what may have been meant."""
    written(tmp_path / "okafor", {"circle.py": WORK})
    assert "did you mean okafor?" in refusal(tmp_path / "okafro", tiny)
    assert "cannot be found" in refusal(tmp_path / ("x" * 400), tiny)
    assert "cannot be found" in refusal(tmp_path / "circle.py" / "deeper", tiny)
    assert "cannot be found" in refusal(Path("nul\0byte"), tiny)


@pytest.mark.parametrize("name", ["circel.py", "essay.pdf", "circle"])
def test_a_file_of_another_name_is_refused(tmp_path: Path, tiny: Course, name: str) -> None:
    """The message says what can be handed in."""
    said = refusal(written(tmp_path, {name: WORK}) / name, tiny)
    assert said.startswith(name)
    assert "hand in files named circle.py, smooth.py" in said
    assert ("did you mean circle.py?" in said) == name.startswith("circ")


def test_a_folder_without_work_is_refused(tmp_path: Path, tiny: Course) -> None:
    """An empty folder is no class, and a folder of other files is told what it holds."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "is empty: hand in files" in refusal(empty, tiny)
    other = written(tmp_path / "other", {"circel.py": "", "essay.pdf": ""})
    assert "circel.py (did you mean circle.py?), essay.pdf: hand in" in refusal(other, tiny)


def test_an_unreadable_notebook_is_told(tmp_path: Path, tiny: Course) -> None:
    """It is never silently worth nothing: alone it is refused, beside modules it is noted."""
    anna = written(tmp_path / "anna", {"work.ipynb": "{}"})
    for path in (anna, anna / "work.ipynb"):
        said = refusal(path, tiny)
        assert "work.ipynb is no notebook: save it in Jupyter" in said
    written(anna, {"circle.py": WORK})
    one = read(anna, tiny)
    assert set(one.sources) == {"q01_circle"}
    assert "work.ipynb is no notebook" in one.notes[0]


# Zips


def patched(path: Path, **fields: int) -> Path:
    """Write a zip whose table of contents claims other things about its one member."""
    with ZipFile(path, "w") as archive:
        archive.writestr("circle.py", WORK)
        for name, value in fields.items():
            setattr(archive.filelist[0], name, value)
    return path


def members(path: Path, *names: str) -> Path:
    """Write a zip with members of these names."""
    return zipped(path, dict.fromkeys(names, WORK))


def test_zips_that_lead_out_of_themselves_are_refused(tmp_path: Path, tiny: Course) -> None:
    """Parent folders, absolute paths, drives and links: none is read, whoever wrote it."""
    bad = [
        "../circle.py",
        "a/../../circle.py",
        "/circle.py",
        "..\\circle.py",
        "C:\\circle.py",
        ".git/../../circle.py",
    ]
    for name in bad:
        said = refusal(members(tmp_path / "anna.zip", "smooth.py", name), tiny)
        assert said.startswith("anna.zip holds ")
        assert "leads out of it" in said
    link = ZipInfo("circle.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "ben.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "a link or device" in refusal(tmp_path / "ben.zip", tiny)


def test_zips_that_are_too_large_are_refused(tmp_path: Path, tiny: Course) -> None:
    """Their tables of contents are enough to tell; nothing is unpacked to find out."""
    many = members(tmp_path / "many.zip", *(f"{n}.txt" for n in range(2_001)))
    assert "2,001 files, more than 2,000" in refusal(many, tiny)
    big = patched(tmp_path / "big.zip", file_size=600_000_000, compress_size=500_000_000)
    assert "unpacks to 600 MB, more than 500" in refusal(big, tiny)
    bomb = zipped(tmp_path / "bomb.zip", {"circle.py": "0" * 20_000_000})
    assert "as a bomb does" in refusal(bomb, tiny)
    lying = patched(tmp_path / "lying.zip", file_size=10)
    assert "is damaged inside lying.zip" in problem(lying, tiny)
    one = zipped(tmp_path / "one.zip", {"circle.py": "x = 0\n" * 200_000})
    assert "more than 1,000,000 bytes" in problem(one, tiny)


def test_an_endless_table_of_contents_is_refused_before_it_is_read(
    tmp_path: Path, tiny: Course
) -> None:
    """The record that closes a zip says how long the table is."""
    data = bytearray(members(tmp_path / "anna.zip", "circle.py").read_bytes())
    end = data.rindex(b"PK\5\6")
    data[end + 12 : end + 16] = (5_000_000).to_bytes(4, "little")
    (tmp_path / "anna.zip").write_bytes(data)
    assert "a zip for large collections" in refusal(tmp_path / "anna.zip", tiny)


def test_zips_that_cannot_be_read_say_what_to_do(tmp_path: Path, tiny: Course) -> None:
    """Empty, encrypted, broken and nested zips each have their own next step."""
    assert "is empty" in refusal(zipped(tmp_path / "empty.zip", {}), tiny)
    assert "is empty" in refusal(zipped(tmp_path / "mac.zip", {"__MACOSX/a": ""}), tiny)
    assert "without a password" in refusal(patched(tmp_path / "locked.zip", flag_bits=1), tiny)
    text = written(tmp_path, {"text.zip": "Dear teacher"}) / "text.zip"
    assert "is no zip, or a broken one" in refusal(text, tiny)
    nested = members(tmp_path / "nested.zip", "work.zip")
    assert "work.zip is a zip in a zip" in refusal(nested, tiny)
    other = members(tmp_path / "other.zip", "essay.txt", "circel.py")
    assert "essay.txt, circel.py (did you mean circle.py?)" in refusal(other, tiny)


def test_damage_to_one_member_is_that_exercises_problem(tmp_path: Path, tiny: Course) -> None:
    """The checksum is compared, and the other members still count."""
    path = tmp_path / "anna.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("circle.py", "spoiled = 1\n")
        archive.writestr("smooth.py", WORK)
        archive.writestr(ZipInfo("rare.py"), WORK, compress_type=ZIP_LZMA)
    path.write_bytes(path.read_bytes().replace(b"spoiled = 1", b"spoiled = 2"))
    assert problem(path, tiny) == "circle.py is damaged inside anna.zip: zip the files again"
    assert texts(path, tiny)["q02_smooth"] == WORK
    rare = tmp_path / "rare.zip"
    with ZipFile(rare, "w", ZIP_LZMA) as archive:
        archive.writestr("circle.py", WORK)
    assert "packed by a rare method" in problem(rare, tiny)


def test_a_broken_zip_beside_modules_is_a_note(tmp_path: Path, tiny: Course) -> None:
    """What can be read is graded, and the rest is said."""
    one = read(written(tmp_path / "anna", {"circle.py": WORK, "more.zip": "PK"}), tiny)
    assert set(one.sources) == {"q01_circle"}
    assert one.notes == ("more.zip is no zip, or a broken one: zip the files again",)


def test_backslashes_part_the_folders_of_old_windows_zips(tmp_path: Path, tiny: Course) -> None:
    """Some tools write them where the format wants slashes."""
    assert texts(members(tmp_path / "anna.zip", "work\\circle.py"), tiny) == {"q01_circle": WORK}


def test_no_damage_to_a_zip_raises_anything_else(tmp_path: Path, tiny: Course) -> None:
    """Whatever bytes are changed or cut, the answer is a submission or a refusal."""
    sound = members(tmp_path / "sound.zip", "work/circle.py", "smooth.py").read_bytes()
    dice = random.Random(1)
    for _ in range(400):
        data = bytearray(sound)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path = written(tmp_path, {"anna.zip": bytes(data[: dice.choice([len(data), 150])])})
        found = find([path / "anna.zip"], tiny)
        assert len(found.submissions) + len(found.refused) == 1


def test_an_enormous_folder_is_read_from_the_top(tmp_path: Path, tiny: Course) -> None:
    """What lies nearest is read, and the note says that not everything was."""
    anna = written(tmp_path / "anna", {"circle.py": WORK, "deep/deeper/smooth.py": ""})
    (anna / "data").mkdir()
    for number in range(2_000):
        (anna / "data" / f"{number}.txt").touch()
    one = read(anna, tiny)
    assert set(one.sources) == {"q01_circle"}
    assert one.notes == ("anna holds more than 2,000 files: the deepest were not read",)


# The files of a report


def test_a_plain_name_is_its_own_file_name() -> None:
    """Whoever has a harmless name finds their report under it."""
    names = ["Amina Okafor", "josé", "李雷", "o'neil-2", "v1.2"]
    assert file_stems(names) == names


def test_file_names_are_safe_everywhere() -> None:
    """No separators, device names, hidden or broken characters, and no endless names."""
    names = ["a/b", "..", "", " . ", "CON", "nul.txt", "com¹", "-rf", ".hidden", "a\nb", "x" * 400]
    names += [
        "a:b?",
        "tab\tbed",
        os.fsdecode(b"\xff"),
        "trailing. ",
        "index",
        "Grades",
        "\u202eabc",
    ]
    stems = file_stems(names)
    assert stems[:8] == ["a_b", "_", "_-2", "_-3", "_CON", "_nul.txt", "_com¹", "_rf"]
    assert stems[-3:-1] == ["index-2", "Grades-2"]
    for stem in stems:
        assert stem.encode()
        assert stem.isprintable()
        assert not set(stem) & set('<>:"/\\|?*')
        assert stem == stem.strip(" ") == stem.rstrip(".")
        assert 0 < len(stem.encode()) <= 130


def test_file_names_differ_where_case_and_accents_do_not_count() -> None:
    """Some systems hold Anna and anna, or two spellings of é, for one file."""
    names = ["anna", "Anna", "ANNA", "é", unicodedata.normalize("NFD", "é"), "straße", "STRASSE"]
    stems = file_stems(names)
    keys = {unicodedata.normalize("NFC", stem).casefold() for stem in stems}
    assert len(keys) == len(names)
    assert stems[:3] == ["anna", "Anna-2", "ANNA-3"]


def test_a_changed_name_never_takes_the_name_of_another_student() -> None:
    """Who is called a_b keeps that name, although a/b comes first in the class."""
    names = ["a/b", "a_b", "a_b-2"]
    assert file_stems(names) == ["a_b-3", "a_b", "a_b-2"]
    assert file_stems(names) == file_stems(list(names))


def test_zips_side_by_side_are_a_class(tmp_path: Path, tiny: Course) -> None:
    """Several zips in a folder, or one beside folders of work, are a submission each."""
    for student in ("anna", "ben"):
        with ZipFile(tmp_path / f"{student}.zip", "w") as archive:
            archive.writestr("circle.py", WORK)
    assert [one.student for one in find([tmp_path], tiny).submissions] == ["anna", "ben"]
    (tmp_path / "ben.zip").unlink()
    alone = find([tmp_path], tiny).submissions
    assert [one.student for one in alone] == [tmp_path.name]
    written(tmp_path / "cleo", {"circle.py": WORK})
    assert [one.student for one in find([tmp_path], tiny).submissions] == ["anna", "cleo"]
