"""A class as a whole: shared failures, figures of exercises, and classes that nobody taught."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from markup import Page
from rendering import finding, outcome, plain_report, report, result, rich_report

from grader import submission
from grader.classroom.clusters import clusters
from grader.classroom.items import ENOUGH, items
from grader.classroom.light import light
from grader.classroom.signature import of_outcome, of_words
from grader.classroom.synthetic import write_class
from grader.model import Course, Outcome, Place, Report, Source, Verdict
from grader.render.class_page import class_page
from grader.render.tables import clusters_csv, grades_long_csv, items_csv


def failing(student: str, *outcomes: Outcome, text: str = "x = 1\n") -> Report:
    """Make a report of one exercise with some outcomes and a text."""
    made = result(6, "Shapes", *outcomes, source=Source("shapes.py", text))
    return report(made, student=student)


def transposed(name: str = "weights") -> Outcome:
    """Make the failure of a check whose matrix is transposed."""
    wrong = finding("W_h.shape", "(10, 50)", "(50, 10)")
    place = Place("shapes.py", 61, "W_h = np.zeros((50, 10))")
    return outcome(Verdict.FAILED, name=name, title=f"On {name}", findings=(wrong,), place=place)


def raised(call: str, said: str) -> Outcome:
    """Make the failure of a check in which the student's code raised."""
    return outcome(Verdict.ERROR, name="runs", message=f"`{call}` raised {said}")


def test_the_same_failure_is_one_cluster_told_by_its_shortest_text() -> None:
    """Three transposed matrices are one line, shown by the student who wrote the least."""
    texts = {"ann": "x = 1\n# long\n# longer\n", "bob": "x = 1\n", "cleo": "x = 1\n# long\n"}
    (one,) = clusters([failing(name, transposed(), text=text) for name, text in texts.items()])
    assert (one.kind, one.detail) == ("shape", "W_h.shape: (10, 50), not (50, 10)")
    assert one.students == (1, 0, 2)
    assert one.lines == ("W_h = np.zeros((50, 10))",)
    assert len(one.id) == 8
    assert one.id == clusters([failing("dan", transposed())])[0].id


def test_exceptions_are_told_apart_by_what_they_say_not_by_numbers() -> None:
    """Numbers, addresses, quotes and paths do not count; the type and the words do."""
    same = [
        raised("f(1)", "`ValueError`: shapes (3, 4) and (5,) at 0x7f31 in '/tmp/a.py' differ."),
        raised("f(2)", "`ValueError`: shapes (1, 2) and (9,) at 0x11ff in '/home/b.py' differ."),
    ]
    assert of_outcome(same[0]) == of_outcome(same[1])
    assert of_outcome(raised("f(1)", "`TypeError`: shapes differ.")) != of_outcome(same[0])
    assert of_words("it took 3.5e-7 s in /usr/lib/x") == of_words("it took 12 s in /opt/y/z")


def test_values_are_told_apart_by_how_far_they_are_off() -> None:
    """Drawn inputs differ from student to student; a factor of 32 is the same for all."""
    one, other, small = (
        outcome(Verdict.FAILED, name="g", findings=(finding("g(x)", expected, got),))
        for expected, got in (("0.5", "16.0"), ("0.25", "8.0"), ("0.5", "0.45"))
    )
    assert of_outcome(one) == of_outcome(other) != of_outcome(small)


def test_what_the_same_students_fail_in_an_exercise_is_shown_once() -> None:
    """One transposed matrix that costs three checks is one card, which names the others."""
    costs = (transposed("weights"), transposed("forward"), transposed("batch"))
    found = clusters([failing(f"s{number}", *costs) for number in range(5)])
    assert len(found) == 1
    assert found[0].with_it == ("On forward", "On batch")
    apart = [failing("ann", transposed("weights")), failing("bob", transposed("forward"))]
    assert len(clusters(apart)) == 2


def test_what_is_right_or_not_begun_is_no_failure() -> None:
    """Passing checks, stubs, skipped checks and broken checkers make no cluster."""
    quiet = (Verdict.PASSED, Verdict.TODO, Verdict.SKIPPED, Verdict.BROKEN, Verdict.AWAITING)
    assert clusters([failing("ann", *map(outcome, quiet))]) == []


def test_a_file_that_does_not_load_is_a_failure_of_its_own() -> None:
    """Those whose file has the same fault are together, whatever line it is in."""
    broken = [
        report(result(8, "Backprop", problem=f"SyntaxError: '(' was never closed, line {line}"))
        for line in (3, 17)
    ]
    (one,) = clusters(broken)
    assert (one.check, len(one.students)) == ("", 2)


def graded_class(count: int) -> list[Report]:
    """Make a class in which the second exercise agrees with the total, and the third does not."""
    made = []
    for number in range(count):
        able = number >= count // 2
        odd = number % 2 == 1
        made.append(
            report(
                result(1, "One", outcome() if able else outcome(Verdict.FAILED, seconds=0.4)),
                result(2, "Two", outcome() if able else outcome(Verdict.FAILED)),
                result(3, "Three", outcome() if odd else outcome(Verdict.FAILED)),
                student=f"s{number}",
            )
        )
    return made


def test_figures_of_an_exercise() -> None:
    """Mean, failures, time and how well it tells students apart."""
    one, two, three = items(graded_class(ENOUGH))
    assert (one.mean, one.failed, one.did_not_run) == (0.5, 10, 0)
    assert one.seconds == pytest.approx(0.2)
    assert two.discrimination is not None
    assert two.discrimination > 0.6
    assert three.discrimination == pytest.approx(0.0, abs=0.01)
    assert three.remark == "says little about the rest"


def test_a_small_class_gets_no_correlation() -> None:
    """Below twenty students, and where all have the same, there is none to show."""
    assert {one.discrimination for one in items(graded_class(ENOUGH - 1))} == {None}
    assert items([plain_report(f"s{n}") for n in range(30)])[0].discrimination is None
    small = Page(class_page(graded_class(ENOUGH - 1))).text
    assert "is shown from 20 students on" in small
    assert "Discrimination" not in small


def test_the_class_page_shows_failures_scores_and_figures() -> None:
    """A card for what students share, a bar for each tenth of the points, a row an exercise."""
    made = [failing(f"s{number}", transposed()) for number in range(3)]
    text = Page(class_page([*made, plain_report("ben")])).text
    for words in (
        "3 of 4 students",
        "Expected (10, 50) They returned (50, 10)",
        "Shortest example: s0",
        "Students by score",
        "Most often, 3 of 4",
        "Median time",
    ):
        assert words in text


def rows(text: str) -> list[dict[str, str]]:
    """Read a CSV table."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_tables_beside_the_class_page() -> None:
    """One row a student and exercise, one an exercise, one a failure; no cell is a formula."""
    made = [failing("=cmd()", transposed()), failing("bob", transposed())]
    long = rows(grades_long_csv(made))
    assert [(row["student"], row["exercise"], row["points"]) for row in long] == [
        ("'=cmd()", "q06_shapes", "0"),
        ("bob", "q06_shapes", "0"),
    ]
    (failure,) = rows(clusters_csv(clusters(made), made))
    assert (failure["students"], failure["who"]) == ("2", "'=cmd(); bob")
    below = replace(items(made)[0], discrimination=-0.25)
    assert rows(items_csv([below]))[0]["discrimination"] == "-0.25"


def test_a_light_report_says_the_same_of_the_class() -> None:
    """Without evidence and prints, points, states, failures and the class page stay."""
    whole = [rich_report(), *(plain_report(f"s{n}", n) for n in range(4))]
    lighter = list(map(light, whole))
    assert [one.points for one in lighter] == [one.points for one in whole]
    assert class_page(lighter) == class_page(whole)
    assert all(not result.printed for one in lighter for result in one.results)


def test_a_made_class_is_the_same_for_a_seed(tiny: Course, tmp_path: Path) -> None:
    """The same seed writes the same files, another one others, and all kinds of work are there."""
    written = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_class(tiny.exercises, tmp_path / name, 60, seed)
        files = sorted((tmp_path / name).rglob("*.py"))
        written.append([(str(f.relative_to(tmp_path / name)), f.read_text("utf-8")) for f in files])
    assert written[0] == written[1] != written[2]
    found = submission.find([tmp_path / "a"], tiny)
    assert len(found.submissions) == 60
    texts = [text for _, text in written[0]]
    assert len(set(texts)) < len(texts)  # somebody copied
    assert len(texts) < 120  # somebody handed in less
