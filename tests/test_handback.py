"""Handing back: what is exported is what the platforms take in, and what they skip is said."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from unittest import mock
from zipfile import ZipFile

import importers
import pytest
from importers import Language, State
from rendering import outcome, plain_report, report, result

from grader.cli import main
from grader.collect import ledger
from grader.collect.ledger import Attempt, Ledger, Student
from grader.collect.people import Person
from grader.model import Report, Verdict
from grader.render import record

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Set 1 (48213),Set 2 (48214),Final Score
,,,,,,Manual Posting,,
    Points Possible,,,,,,10,5,(read only)
"Okafor, Amina",4821,u1,aokafor,NN-101,quick,,4,
"Li, Ben",77,u2,bli,NN-101,,3.50,,
"Roy, Cleo",78,u3,croy,NN-101,,EX,,
"Doe, Dan",79,u4,ddoe,NN-101,,N/A,,
"=HYPERLINK(""http://x"")",80,u5,eve,NN-101,,5.00,,
"Fox, Finn",81,u6,ffox,NN-101,,,,
"Student, Test",99,,,NN-101,,,,
"""
STUDENTS = {
    "4821": ("Okafor, Amina", "u1", "aokafor"),
    "77": ("Li, Ben", "u2", "bli"),
    "78": ("Roy, Cleo", "u3", "croy"),
    "79": ("Doe, Dan", "u4", "ddoe"),
    "80": ('=HYPERLINK("http://x")', "u5", "eve"),
    "81": ("Fox, Finn", "u6", "ffox"),
    "99": ("Student, Test", "", ""),
}
ASSIGNMENTS = {"48213": "Set 1", "48214": "Set 2"}


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


class Class:
    """A class that was collected and graded, in a folder of its own."""

    def __init__(self, root: Path, due: str = "") -> None:
        """Make a course whose settings are ``due``, and nobody in it."""
        self.root = root
        self.students: list[Student] = []
        for folder in ("reports", "submissions", "exercises/q01_first"):
            (root / folder).mkdir(parents=True)
        (root / "exercises/q01_first/check.py").write_text("", encoding="utf-8")
        (root / "course.toml").write_text(due, encoding="utf-8")

    def graded(self, name: str, right: int | Report, *people: Person, **handed_in: object) -> None:
        """Add a report on ten exercises of two points, and who it is about."""
        made = plain_report(name, right) if isinstance(right, int) else right
        made = replace(made, student=name, attempt="1")
        stem = self.root / "reports" / name.replace("/", "_")
        stem.with_suffix(".json").write_text(record.dumps(made), encoding="utf-8")
        stem.with_suffix(".html").write_text(f"<p>{right}", encoding="utf-8")
        values = {"late": False, "received": None} | handed_in
        attempt = Attempt("1", "x.zip", files={}, digest="", **values)  # type: ignore[arg-type]
        if people:
            self.students.append(Student(name, people, (attempt,)))
        ledger.write(self.root / "submissions", Ledger(tuple(self.students)))

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file that a platform exported."""
        data = text.encode() if isinstance(text, str) else text
        (self.root / name).write_bytes(data)

    def run(self, *arguments: str) -> Done:
        """Run a command of the grader there."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            mock.patch.dict(os.environ, COLUMNS="80"),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as left,
        ):
            main(list(arguments))
        return Done(int(left.value.code or 0), out.getvalue(), err.getvalue())

    def exported(self, *arguments: str, code: int = 0) -> tuple[bytes, str]:
        """Export, and return what was written and what was said."""
        done = self.run("export", *arguments, "-o", "out.csv")
        assert done.returncode == code, done.stdout + done.stderr
        return (self.root / "out.csv").read_bytes(), done.stdout


def canvas_class(root: Path, due: str = "") -> Class:
    """Return a class that was collected from Canvas: one of each kind."""
    made = Class(root, due)
    made.graded("Amina", 9, Person("okaforamina", canvas_id="4821"))
    made.graded("Ben", 7, Person("liben", canvas_id="77"))
    made.graded("Cleo", 8, Person("roycleo", canvas_id="78"))
    made.graded("Dan", 8, Person("doedan", canvas_id="79"))
    made.graded("Eve", 5, Person("eve", canvas_id="80"))
    made.graded("Zed", 5, Person("zed", canvas_id="500"))
    made.graded("Nemo", 5, Person("anon x7Gq2", canvas_anonymous="x7Gq2"))
    first = result(1, "Exercise number 1", outcome(Verdict.BROKEN))
    broken = report(first, *plain_report().results[1:])
    made.graded("Fox", broken, Person("foxfinn", canvas_id="81"))
    return made


# Canvas


def test_canvas_takes_exactly_what_was_filled_in(tmp_path: Path) -> None:
    """Scaled to the assignment's points; what it skips is listed with the reason."""
    made = canvas_class(tmp_path)
    made.write("exported.csv", CANVAS)
    data, said = made.exported("canvas", "--gradebook", "exported.csv", "--column", "Set 1", code=1)
    taken = importers.canvas(data, STUDENTS, ASSIGNMENTS)
    assert taken.strangers == []
    assert taken.new_columns == []
    assert taken.grades == {
        "4821": "9.00", "77": "7.00", "78": "EX", "79": "N/A", "80": "5.00", "81": "", "99": "",
    }  # fmt: skip
    for line in (
        "2 grades, 1 of them in place of another: out.csv",
        "  Li, Ben: 3.50 becomes 7.00",
        "  line 6, Roy, Cleo: excused in Canvas: left so",
        "  line 7, Doe, Dan: not assigned to this student: Canvas takes no grade",
        '  line 8, =HYPERLINK("http://x"): unchanged, 5.00: Canvas\'s preview will not',
        "  line 9, Fox, Finn: no report is this student's",
        "  Fox: the report is not final",
        "  zed: no row is this student's, or several may be",
        "  anon x7Gq2: anonymous: show the names in Canvas, download again and collect",
        "the points, out of 20, are scaled to 10",
    ):
        assert line in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_only_student_columns_and_ours_are_written(tmp_path: Path) -> None:
    """Nothing else can be overwritten by accident, and no name is a formula."""
    made = canvas_class(tmp_path)
    made.write("exported.csv", CANVAS)
    data, _ = made.exported("canvas", "--gradebook", "exported.csv", "--column", "48213", code=1)
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert rows[:3] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Set 1 (48213)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Okafor, Amina", "4821", "u1", "aokafor", "NN-101", "9.00"],
    ]
    assert [row[0] for row in rows[3:]][3] == '\'=HYPERLINK("http://x")'
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_semicolon_and_a_decimal_comma_are_kept(tmp_path: Path) -> None:
    """As Canvas exports them where people write so, with its byte order mark."""
    made = Class(tmp_path)
    made.graded("Amina", 9, Person("okaforamina", canvas_id="4821"))
    text = (
        "\ufeffLastName;FirstName;ID;SIS Login ID;Section;Set 1 (48213)\r\n"
        "    Points Possible;;;;;7,50\r\nOkafor;Amina;4821;aokafor;NN;1,00\r\n"
    )
    made.write("exported.csv", text)
    data, _ = made.exported("canvas", "--gradebook", "exported.csv")
    assert data == text.replace("1,00", "6,75").encode()
    assert importers.canvas(data, STUDENTS, ASSIGNMENTS).grades == {"4821": "6.75"}


def test_without_a_ledger_students_are_told_by_what_folders_are_called(tmp_path: Path) -> None:
    """A login, a school's number, or a name in either order; two of one name are nobody."""
    made = Class(tmp_path)
    for name in ("aokafor", "u2", "Cleo Roy", "Dan Doe"):
        made.graded(name, 10)
    twin = '"Doe, Dan",82,u9,ddoe2,NN-101,,,,\n'
    made.write("exported.csv", CANVAS.replace(",EX,", ",,").replace("N/A", "") + twin)
    data, said = made.exported(
        "canvas", "--gradebook", "exported.csv", "--column", "Set 1 (48213)", code=1
    )
    taken = importers.canvas(data, STUDENTS, ASSIGNMENTS)
    assert {one for one, grade in taken.grades.items() if grade == "10.00"} == {"4821", "77", "78"}
    assert "  Dan Doe: no row is this student's, or several may be" in said


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (CANVAS, [], "'Set 1 (48213)', 'Set 2 (48214)'\n  next: name one with --column"),
        (CANVAS, ["--column", "Set 3"], "'Set 3' is not one column: there are"),
        (CANVAS, ["--column", "Final Score"], "next: rename the assignment in Canvas"),
        ("Name,Grade\nA,1\n", [], "next: in Canvas, choose Grades, Export"),
        (CANVAS.replace(",10,", ",(read only),"), ["--column", "Set 1"], "is read only"),
    ],
)
def test_a_gradebook_that_cannot_be_filled_is_refused(
    tmp_path: Path, text: str, more: list[str], said: str
) -> None:
    """With the next step, and without a file."""
    made = canvas_class(tmp_path)
    made.write("exported.csv", text)
    done = made.run("export", "canvas", "--gradebook", "exported.csv", *more, "-o", "out.csv")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_the_export_itself_is_never_overwritten(tmp_path: Path) -> None:
    """It is what one returns to."""
    made = canvas_class(tmp_path)
    made.write("exported.csv", CANVAS)
    done = made.run("export", "canvas", "--gradebook", "exported.csv", "-o", "./exported.csv")
    assert done.returncode == 2
    assert "is the export itself\n  next: name another file" in done.stderr
    assert (tmp_path / "exported.csv").read_text(encoding="utf-8") == CANVAS


# Moodle

ENGLISH = Language("Identifier", "Grade", "Last modified (grade)", "Participant ")
SPANISH = Language(
    "Identificador", "Calificación", "Última modificación (calificación)", "Participante ", ","
)
GERMAN = Language("ID", "Bewertung", "Zuletzt geändert (Bewertung)", "Teilnehmer/in", ",")
FRENCH = Language("Identifiant", "Note", "Dernière modification (note)", "Participant ", ",")
HEADINGS = {
    "English": (
        ENGLISH, ",", "no", b"",
        ("Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments"),
        "Monday, 23 November 2026, 12:40 PM",
    ),
    "Spanish": (
        SPANISH, ";", "No", b"\xef\xbb\xbf",
        ("Identificador;Nombre completo;Dirección de correo;Estado;Calificación;"
        "Calificación máxima;La calificación puede ser cambiada;Última modificación (entrega);"
        "Última modificación (calificación);Comentarios de retroalimentación"),
        "lunes, 23 de noviembre de 2026, 12:40",
    ),
    "German": (
        GERMAN, ",", "Nein", b"",
        ("ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,"
        "Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),"
        "Feedback als Kommentar"),
        "Montag, 23. November 2026, 12:40",
    ),
    "German, semicolons": (
        GERMAN, ";", "Nein", b"\xef\xbb\xbf",
        ("ID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Bestwertung;"
        "Bewertung kann geändert werden;Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung)"),
        "Montag, 23. November 2026, 12:40",
    ),
    "French": (
        FRENCH, ";", "Non", b"",
        ("Identifiant;Nom complet;Adresse de courriel;Statut;Note;Note maximale;"
        "La note peut être modifiée;Dernière modification (travail remis);"
        "Dernière modification (note)"),
        "lundi 23 novembre 2026, 12:40",
    ),
}  # fmt: skip


def worksheet(kind: str) -> tuple[bytes, Language, str]:
    """Return a worksheet as Moodle exports it: five students, CRLF, odd but legal quotes."""
    language, sign, no, mark, headings, stamp = HEADINGS[kind]
    feedback = headings.count(sign) > 8
    lines = [headings]
    for number, name, grade, changeable in (
        ("12", 'Amina "A" Okafor', "", "x"),
        ("13", "Ben Li", "30.00", "x"),
        ("14", "Cleo Roy", "80.00", "x"),
        ("15", "Dan Doe", "", no),
        ("16", "=1+2", "5.50", "x"),
    ):
        quoted = name.replace('"', '""')
        cells = [
            f"{language.participant}{number}",
            f'"{quoted}"',
            f"s{number}@example.edu",
            "x",
            _cell(grade.replace(".", language.decimal), sign),
            _cell(f"100{language.decimal}00", sign),
            changeable,
            f'"{stamp}"',
            "-",
            *(['"said before"'] if feedback else []),
        ]
        lines.append(sign.join(cells))
    return mark + "".join(f"{line}\r\n" for line in lines).encode(), language, sign


def _cell(text: str, sign: str) -> str:
    return f'"{text}"' if sign in text else text


def moodle_class(root: Path, due: str = "") -> Class:
    """Return a class that was collected from Moodle."""
    made = Class(root, due)
    for name, number, right in (
        ("Amina Okafor", "12", 9),
        ("Ben Li", "13", 7),
        ("Cleo Roy", "14", 8),
        ("Dan Doe", "15", 10),
        ("Zed", "99", 1),
    ):
        path = f"G1-{name}_{number}_assignsubmission_file/"
        made.graded(name, right, Person(name, moodle_id=number, moodle_path=path))
    return made


@pytest.mark.parametrize("kind", HEADINGS)
def test_moodle_takes_exactly_what_was_filled_in(tmp_path: Path, kind: str) -> None:
    """In its own language, with its signs; all other bytes are those of the export."""
    made = moodle_class(tmp_path)
    exported, language, sign = worksheet(kind)
    made.write("exported.csv", exported)
    data, said = made.exported("moodle", "--worksheet", "exported.csv", code=1)
    states = {
        "12": State(), "13": State(Decimal(30)), "14": State(Decimal(80)),
        "15": State(locked=True), "16": State(Decimal("5.5")),
    }  # fmt: skip
    taken = importers.moodle(data, language, states, Decimal(100), sign)
    assert taken.grades == {"12": "90.00", "13": "70.00"}
    assert taken.strangers == []
    old, new = exported.split(b"\r\n"), data.split(b"\r\n")
    assert [at for at, line in enumerate(new) if line != old[at]] == [1, 2]
    before, now = (_cell(f"{grade}{language.decimal}00", sign).encode() for grade in ("30", "70"))
    assert new[2] == old[2].replace(before, now)
    assert len(old[1].split(sign.encode())) <= len(new[1].split(sign.encode()))
    for line in (
        "2 grades, 1 of them in place of another: out.csv",
        "line 4, Cleo Roy: unchanged, 80",
        "line 5, Dan Doe: locked: the grade cannot be changed",
        "line 6, =1+2: no report is this student's",
        "Zed: no row is this student's, or several may be",
        "the points, out of 20, are scaled to 100",
        "Note: line 6: cells that a spreadsheet would run as formulas are kept",
    ):
        assert line in " ".join(said.split())


def test_a_worksheet_in_another_language_needs_the_columns_number(tmp_path: Path) -> None:
    """Without it the headings are listed; with it the identifiers are found by their form."""
    made = moodle_class(tmp_path)
    text = "Azonosító,Név,Pont,Módosítva\r\nRésztvevő 12,Amina,,-\r\nRésztvevő 13,Ben,3,-\r\n"
    made.write("exported.csv", text)
    done = made.run("export", "moodle", "--worksheet", "exported.csv", "-o", "out.csv")
    assert done.returncode == 2
    assert "1 'Azonosító', 2 'Név', 3 'Pont'" in done.stderr
    assert "--grade-column" in done.stderr
    data, said = made.exported(
        "moodle", "--worksheet", "exported.csv", "--grade-column", "3", code=1
    )
    assert data.decode() == text.replace("Amina,,", "Amina,18.00,").replace("Ben,3,", "Ben,14.00,")
    assert "the maximum grade is not known" in said


def test_a_scale_in_words_is_refused(tmp_path: Path) -> None:
    """Points are no words, and Moodle would skip every row."""
    made = moodle_class(tmp_path)
    made.write("exported.csv", worksheet("English")[0].replace(b"100.00", b"Excellent"))
    done = made.run("export", "moodle", "--worksheet", "exported.csv", "-o", "out.csv")
    assert done.returncode == 2
    assert "Excellent" in done.stderr


def test_feedback_lies_in_the_folders_that_moodle_named(tmp_path: Path) -> None:
    """Each final report once, where the importer finds the participant's number."""
    made = moodle_class(tmp_path)
    flat = "Eve Fox_16_assignsubmission_file_"
    made.graded("Eve Fox", 3, Person("Eve Fox", moodle_id="16", moodle_path=flat))
    made.graded("Plain", 3, Person("Plain"))
    (tmp_path / "reports" / "Zed.html").unlink()
    made.write("exported.csv", worksheet("English")[0])
    _, said = made.exported(
        "moodle", "--worksheet", "exported.csv", "--feedback-zip", "out.zip", code=1
    )
    with ZipFile(tmp_path / "out.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    assert pages == {
        "G1-Amina Okafor_12_assignsubmission_file/report.html": "<p>9",
        "G1-Ben Li_13_assignsubmission_file/report.html": "<p>7",
        "G1-Cleo Roy_14_assignsubmission_file/report.html": "<p>8",
        "G1-Dan Doe_15_assignsubmission_file/report.html": "<p>10",
        "Eve Fox_16_assignsubmission_file_report.html": "<p>3",
    }
    assert {path.split("/")[0].split("_", 4)[1] for path in pages} == {"12", "13", "14", "15", "16"}
    assert "5 reports for students: out.zip" in said
    assert "Plain: was not collected from Moodle's download" in said
    assert "Zed: Zed.html is not there: grade with --format html,json" in said


# Late work

POLICY = (
    "[course]\ndue = 2026-11-21T12:40:00+01:00\n"
    "[late]\ngrace_minutes = 30\nper_day_percent = 10\nfloor_percent = 50\n"
)


def test_lateness_is_taken_off_what_is_handed_back_alone(tmp_path: Path) -> None:
    """Each student's change is said; records stay as they are; unknown times cost nothing."""
    made = Class(tmp_path, POLICY)
    made.graded("Amina", 9, Person("A", canvas_id="4821"), received="2026-11-21T13:10:00+01:00")
    made.graded("Ben", 7, Person("B", canvas_id="77"), received="2026-11-23T11:40:01+00:00")
    made.graded("Cleo", 8, Person("C", canvas_id="78"), late=True)
    made.graded("Dan", 8, Person("D", canvas_id="79"), received="2027-01-01T00:00:00Z")
    before = {path: path.read_bytes() for path in (tmp_path / "reports").iterdir()}
    made.write("exported.csv", CANVAS.replace(",EX,", ",,").replace("N/A", ""))
    data, said = made.exported("canvas", "--gradebook", "exported.csv", "--column", "Set 1")
    grades = importers.canvas(data, STUDENTS, ASSIGNMENTS).grades
    assert [grades[one] for one in ("4821", "77", "78", "79")] == [
        "9.00", "4.90", "8.00", "4.00",
    ]  # fmt: skip
    assert "  Ben: 14.00 becomes 9.80, 3 days late" in said
    assert "  Dan: 16.00 becomes 8.00, 41 days late" in said
    assert "Perhaps late, but nobody knows when: nothing was taken off (1)\n  Cleo" in said
    assert before == {path: path.read_bytes() for path in (tmp_path / "reports").iterdir()}


@pytest.mark.parametrize("kind", HEADINGS)
def test_moodles_worksheet_says_when_work_came(tmp_path: Path, kind: str) -> None:
    """Two days late, in the time zone of the due date and in the language of the export."""
    made = moodle_class(tmp_path, POLICY)
    exported, language, sign = worksheet(kind)
    made.write("exported.csv", exported)
    data, said = made.exported("moodle", "--worksheet", "exported.csv", code=1)
    states = {number: State() for number in ("12", "13", "14", "15", "16")}
    taken = importers.moodle(data, language, states, Decimal(100), sign)
    assert (taken.grades["12"], taken.grades["13"]) == ("72.00", "56.00")
    assert "  Amina Okafor: 18.00 becomes 14.40, 2 days late" in said


def test_nbgraders_table_has_what_was_taken_off(tmp_path: Path) -> None:
    """A row per exercise and student, in UTC, quoted as it must be and harmless."""
    made = Class(tmp_path, POLICY)
    person = Person("Okafor, Amina", number="=u1", email="a@x.org")
    made.graded("Amina", 1, person, received="2026-11-22T12:40:00+01:00")
    group = (Person("Ben Li", number="u2"), Person("Cleo van Roy", number="u3"))
    made.graded("Ben and Cleo", 1, *group, received="2026-11-20T12:40:00+01:00")
    data, said = made.exported("csv", "--flavour", "nbgrader")
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert ",".join(rows[0]) == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
        "late_submission_penalty,score,max_score"
    )
    assert len(rows) == 30
    exercise = rows[0]["assignment"]
    assert list(rows[0].values()) == [
        exercise, "2026-11-21 11:40:00", "2026-11-22 11:40:00", "'=u1", "Okafor", "Amina",
        "a@x.org", "2", "0.2", "1.8", "2",
    ]  # fmt: skip
    assert {(row["first_name"], row["last_name"]) for row in rows[10:]} == {
        ("Ben", "Li"), ("Cleo van", "Roy"),
    }  # fmt: skip
    assert "2 students: out.csv" in said


# Records


def test_reports_on_different_exercises_are_not_mixed(tmp_path: Path) -> None:
    """Their points have no common measure."""
    made = Class(tmp_path)
    made.graded("Amina", 9)
    made.graded("Ben", report(plain_report().results[0]))
    made.write("exported.csv", CANVAS)
    done = made.run("export", "csv", "-o", "out.csv")
    assert done.returncode == 2
    assert "the report of Ben is about other exercises than that of Amina" in done.stderr


def test_records_that_are_missing_or_garbled_are_told(tmp_path: Path) -> None:
    """By file and with what to do; other files of ours are passed over."""
    made = Class(tmp_path)
    done = made.run("export", "csv", "-o", "out.csv")
    assert "holds no records of reports\n  next: run 'grader grade' first" in done.stderr
    made.graded("Amina", 9)
    (tmp_path / "reports" / "class.json").write_text(
        json.dumps({"schema": "grader/class/v1"}), encoding="utf-8"
    )
    made.exported("csv")
    (tmp_path / "reports" / "Ben.json").write_text("{", encoding="utf-8")
    done = made.run("export", "csv", "-o", "out.csv")
    assert done.returncode == 2
    assert "Ben.json: the record is not JSON" in done.stderr


# The command line


def test_a_download_goes_all_the_way_round(tmp_path: Path) -> None:
    """Collected by the course's own pattern, with the roster; what is shown fits 80 columns."""
    made = Class(tmp_path, "[collect]\npattern = '(?P<student_id>\\w+)-(?P<file_id>\\w+)'\n")
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("aokafor-circle.py", "bli-circle.py", f"{'x' * 90}-{'y' * 90}.py", "z.txt"):
            archive.writestr(name, "")
    made.write("roster.csv", "login,name\naokafor,Amina Okafor\nroy,Cleo Roy\n")
    done = made.run("collect", "x.zip", "--roster", "roster.csv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "submissions/Amina Okafor/1/circle.py").is_file()
    for line in (
        "Nobody's (1)\n  z.txt: does not match the pattern",
        "On the roster, and nothing handed in\n  Cleo Roy",
        "3 students (pattern), 3 new attempts in submissions\nNext: grader grade submissions",
    ):
        assert line in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_a_pattern_in_the_settings_must_be_one(tmp_path: Path) -> None:
    """The file, the key and what to write."""
    made = Class(tmp_path, "[collect]\npatern = 'x'\n")
    done = made.run("collect", "x.zip")
    assert done.returncode == 2
    assert "course.toml: [collect] pattern must be a regular expression" in done.stderr
