"""The class page and the grades: who needs the instructor, how each exercise and student did."""

from __future__ import annotations

import csv
import io

import pytest
from hostile_words import HOSTILE, poisoned
from markup import Page, safe
from rendering import outcome, plain_report, report, result, rich_report

from grader.model import Verdict
from grader.render.class_page import class_page
from grader.render.gradebook import grades_csv

TABLES = ("grades.csv", "grades_long.csv", "items.csv", "clusters.csv")


def klass() -> Page:
    """Return the page of a small class."""
    same = [rich_report(), *(plain_report(f"student-{n}", n) for n in range(0, 11, 2))]
    return Page(class_page(same))


def test_the_class_page_is_whole_and_harmless() -> None:
    """It nests, runs nothing, and links to nothing but its students and the tables."""
    found = klass()
    assert [level for level, _ in found.headings if level < 3] == [1, *[2] * 6]
    links = [link for link in found.attributes("href") if not link.startswith(("#", "data:"))]
    assert set(links) == {
        *TABLES,
        "amina-okafor.html",
        *(f"student-{n}.html" for n in range(0, 11, 2)),
    }


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_student_changes_the_class_page(words: str) -> None:
    """Hostile names, messages and titles stay words, and their links stay in the folder."""
    made = poisoned(rich_report(), words)
    html = class_page([made, plain_report()], ["evil", "ben-li"])
    for name in TABLES:
        html = html.replace(f'href="{name}"', "")
    found = Page(html)
    links = found.attributes("href")
    assert {"evil.html", "ben-li.html"} <= set(links)
    safe(Page(found.html.replace('href="evil.html"', "").replace('href="ben-li.html"', "")))


@pytest.mark.parametrize(
    ("student", "link"),
    [
        ("javascript:alert(1)", "javascript%3Aalert%281%29.html"),
        ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd.html"),
        ("a b#c?d", "a%20b%23c%3Fd.html"),
        ("Zoë\udcff", "Zo%C3%AB%3F.html"),
    ],
)
def test_links_lead_to_files_of_the_folder(student: str, link: str) -> None:
    """Whatever a student is called, the link is the name of a file beside the page."""
    found = Page(class_page([plain_report(student)]))
    assert link in found.attributes("href")


def test_the_numbers_on_top() -> None:
    """How many handed in, the median, who passes everything, and how many need the instructor."""
    text = Page(class_page([plain_report(f"s{n}", n) for n in (4, 3, 10)])).text
    for words in ("Submissions 3", "Median score 40 %", "Pass every exercise 1", "Need you 0"):
        assert words in text


def test_what_waits_for_the_instructor_stands_first() -> None:
    """Broken checkers, then what did not run, then answers to read, each with who and why."""
    found = klass()
    order = [
        found.text.index(words)
        for words in (
            "Broken Q4 Why the logistic function mattered ValueError in check.py, line 48",
            "Did not run Q8 Backpropagation SyntaxError: '(' was never closed",
            "Awaiting review Q3 Perceptron and Logistic Regression A person reads this answer.",
        )
    ]
    assert order == sorted(order)


def test_the_same_reason_is_one_line_for_many_students() -> None:
    """Twenty students whose checker broke are one line with their number."""
    broken = result(1, "One", outcome(Verdict.BROKEN, message="it broke"))
    found = Page(class_page([report(broken, student=f"s{n}") for n in range(20)]))
    assert found.text.count("it broke") == 1
    assert "and 12 more" in found.text


def test_prose_to_read_is_listed_though_its_exercise_passes() -> None:
    """Notes that are worth no points still wait for a reader."""
    made = result(1, "One", outcome(), outcome(Verdict.AWAITING, out_of=0.0, message="Read me."))
    found = Page(class_page([report(made)]))
    assert "Awaiting review Q1 One Read me." in found.text


def test_a_class_without_trouble_says_so() -> None:
    """Where nothing waits, one sentence stands in place of the table."""
    assert "Nothing waits for you" in Page(class_page([plain_report()])).text


def test_means_leave_out_what_nobody_handed_in() -> None:
    """Who did not hand an exercise in does not lower its mean, nor does a broken checker."""
    good = result(1, "One", outcome())
    absent = result(1, "One", outcome(Verdict.SKIPPED), submitted=False)
    broken = result(1, "One", outcome(Verdict.BROKEN))
    found = Page(
        class_page([report(good, student="a"), report(absent, student="b"), report(broken)])
    )
    assert "Q1 One 100 %" in found.text


def test_every_state_in_the_table_has_a_word() -> None:
    """A sign in a student's row carries its word for those who hear the page."""
    found = klass()
    cells = found.all("td", class_="state")
    assert len(cells) == 7 * 20
    assert found.text.count("Not yet") > 20


def test_an_empty_class_is_a_page() -> None:
    """No submissions give a page that says so."""
    assert "Submissions 0" in Page(class_page([])).text


def rows(text: str) -> list[dict[str, str]]:
    """Read a CSV table."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_grades_are_a_row_a_student_and_a_column_an_exercise() -> None:
    """Student, points, out_of, final, then the points of each exercise under its id."""
    table = rows(grades_csv([plain_report("ben", 9), rich_report()]))
    assert list(table[0])[:5] == ["student", "points", "out_of", "final", "q01_exercise"]
    assert table[0]["student"] == "ben"
    assert (table[0]["points"], table[0]["out_of"], table[0]["final"]) == ("18", "20", "true")
    assert (table[0]["q09_exercise"], table[0]["q10_exercise"]) == ("2", "0")
    assert table[0]["q02_xor"] == ""


def test_points_that_are_not_known_are_no_number() -> None:
    """A broken checker leaves its cell empty and the row not final."""
    table = rows(grades_csv([rich_report()]))
    assert table[0]["final"] == "false"
    assert table[0]["q04_why"] == ""
    assert table[0]["q09_hyperparameters"] == "0"


def test_points_keep_their_digits() -> None:
    """A third of a point is not rounded to cents."""
    third = outcome(Verdict.PARTLY, out_of=1.0, findings=tuple(
        rich_report().results[1].outcomes[1].findings[1:]))  # fmt: skip
    assert rows(grades_csv([report(result(1, "One", third))]))[0]["points"] == "0.666667"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_name_is_a_formula(name: str) -> None:
    """A name that a spreadsheet would run starts with an apostrophe."""
    assert rows(grades_csv([plain_report(name)]))[0]["student"] == f"'{name}"


def test_names_with_commas_and_quotes_stay_whole() -> None:
    """CSV quoting keeps what a name holds."""
    name = 'Okafor, "Amina"\nx'
    assert rows(grades_csv([plain_report(name)]))[0]["student"] == name


def test_who_handed_in_what_cannot_be_read_stands_first() -> None:
    """A zip that is none is the instructor's turn, with the reason."""
    absent = result(1, "One", outcome(Verdict.SKIPPED), submitted=False)
    text = Page(class_page([report(absent, notes=("dan.zip is no zip",)), plain_report()])).text
    assert "Nothing read the whole submission dan.zip is no zip 1 amina-okafor" in text
