"""The page of one student: what it says, and that nothing a student writes can change it."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hostile_words import HOSTILE, poisoned
from markup import Page, safe
from rendering import finding, outcome, plain_report, report, result, rich_report

from grader.model import Report, Verdict
from grader.render import states
from grader.render.page import page


@pytest.fixture(scope="module")
def rich() -> Page:
    """Render a report that holds everything."""
    return Page(page(rich_report()))


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> Page:
    """Render a report every text of which is hostile."""
    return Page(page(poisoned(rich_report(), HOSTILE[request.param])))


def test_no_text_of_a_student_becomes_markup(hostile: Page) -> None:
    """Hostile words in every field leave the page as it was: same tags, no scripts, no handlers."""
    safe(hostile)
    assert [level for level, _ in hostile.headings][:2] == [1, 2]
    assert "graded: 100" not in [text for level, text in hostile.headings if level == 1][1:]


def test_no_text_of_a_student_hides_codes(hostile: Page) -> None:
    """Control characters, half surrogates and turns of the reading direction never arrive."""
    html = hostile.html
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", html
    )
    html.encode("utf-8")


def test_a_page_stays_small_whatever_a_student_prints(hostile: Page) -> None:
    """A megabyte on a line in every field still gives a page that fits into a mail."""
    assert len(hostile.html) < 1_000_000


def test_the_page_is_whole_and_harmless(rich: Page) -> None:
    """The page of an ordinary report nests, refers only to itself, and says its language."""
    safe(rich)
    assert rich.html.startswith("<!doctype html>")
    assert rich.all("html", lang="en")
    assert len(rich.html) < 200_000


def test_the_policy_admits_the_one_style_sheet(rich: Page) -> None:
    """The hash in the policy is that of the style sheet, and everything else is refused."""
    policy = rich.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    digest = base64.b64encode(hashlib.sha256(rich.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_headings_skip_no_level(rich: Page) -> None:
    """There is one h1, and each heading is at most one level below the one before."""
    levels = [level for level, _ in rich.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in rich.headings)


def test_tables_can_be_read_aloud(rich: Page) -> None:
    """Every table has a caption, every head cell a scope, every scrolling region a name."""
    tables = len(rich.all("table"))
    assert tables > 5
    assert len(rich.all("caption")) == tables
    assert all(cell.get("scope") in {"row", "col"} for cell in rich.all("th"))
    regions = rich.all("div", class_="scroll")
    assert all(one.get("role") == "region" and one.get("tabindex") == "0" for one in regions)
    assert all(one.get("aria-label") for one in regions)


def test_every_picture_has_words(rich: Page) -> None:
    """Drawings have title, description and size; images have an alternative; signs are silent."""
    drawings = [found for found in rich.all("svg") if "aria-hidden" not in found]
    assert len(drawings) > 8
    assert len(rich.all("title")) - 1 == len(rich.all("desc")) == len(drawings)
    for found in drawings:
        assert found["role"] == "img"
        assert len(found["aria-labelledby"].split()) == 2
    assert all("width" in found and "height" in found for found in rich.all("svg"))
    assert all(found.get("alt") for found in rich.all("img"))


def test_the_page_says_where_the_student_stands(rich: Page) -> None:
    """Score, sentence, student, file and time stand at the top, and that it is not final."""
    for words in (
        "Introduction to artificial neural networks",
        "amina-okafor",
        "exercises.ipynb attempt 3",
        "graded 23 Nov 2026, 12:40 UTC",
        "19 / 52",
        "not final",
        "1 of 10 exercises pass.",
        "Not final: a checker of Q4 broke, and your instructor has to repair it;",
        "a person has yet to read Q3.",
    ):
        assert words in rich.text


def test_each_state_has_its_word(rich: Page) -> None:
    """Every way in which something can end is a badge with a sign and a word."""
    assert len(rich.all("span", class_="badge")) >= 20
    met = {state.word for state in states.ALL}
    assert {word for word in met if word in rich.text} == met
    assert "? / 4" in rich.text


def test_a_wrong_answer_is_shown_as_call_expected_and_yours(rich: Page) -> None:
    """The call, the expected value and the student's, in that order; what differs is marked."""
    wanted = (
        "We called sigmoid_prime(np.array([-4.0, 0.0, 4.0])) "
        "Expected [0.0177, 0.2500, 0.0177] You returned [0.0177, 0.2500, 3.9280] "
        "the derivative of the output was taken for the derivative of z "
        "exercises.ipynb, cell 22, line 9"
    )
    assert wanted in rich.text
    assert "<mark>3.9280</mark>" in rich.html
    assert "We looked at W_h.shape" in rich.text
    assert "All 4 answers: 3 right, 1 not" in rich.text


def test_hints_open_one_after_the_other() -> None:
    """Each hint lies folded inside the one before."""
    check = outcome(Verdict.FAILED, findings=(finding("f(1)", "1", "2"),), hints=("a", "b", "c"))
    html = page(report(result(1, "One", check)))
    ladder = html[html.index('class="ladder"') :]
    order = [ladder.index(f"Hint {n} of 3") for n in (1, 2, 3)]
    assert order == sorted(order)
    assert "</details>" not in ladder[: order[2]]


def test_hidden_checks_show_no_more_than_their_end(rich: Page) -> None:
    """Neither what a hidden check asked nor its message is in the page, only that it is hidden."""
    assert "secret" not in rich.html
    assert "No neuron is unused" in rich.text
    assert "What these ask is not shown: only how they ended." in rich.text
    assert "1 of 2 visible and 1 of 2 hidden checks pass." in rich.text


def test_nothing_claims_that_all_tests_pass() -> None:
    """Even where everything passes, hidden checks are counted apart."""
    html = page(report(result(1, "One", outcome(), outcome(hidden=True))))
    assert "1 of 1 visible and 1 of 1 hidden checks pass." in Page(html).text
    assert not re.search(r"all (tests|checks)", html, re.IGNORECASE)


def test_passing_exercises_fold_to_a_line() -> None:
    """An exercise that passes is one folded line, one that does not is open."""
    found = Page(page(plain_report(right=9)))
    assert len(found.all("section", class_="folded")) == 9
    assert len(found.all("section", class_="exercise")) == 10


def test_a_file_that_does_not_load_is_one_panel(rich: Page) -> None:
    """The problem and its line stand in place of the checks, and other exercises are unaffected."""
    wanted = (
        "This exercise could not be checked SyntaxError: '(' was never closed backprop.py, line 17 "
        "17return np.dot(W.T, delta Other exercises are unaffected."
    )
    assert wanted in rich.text
    assert "Gradients match finite differences" not in rich.text


def test_what_was_printed_is_folded_and_cut(rich: Page) -> None:
    """Of a long output the end is shown, folded, with its whole length."""
    assert "What your code printed (last 500 of 1,320 characters)" in rich.text
    assert "Two files named xor.py were handed in; the newer one was taken." in rich.text


def test_the_foot_says_how_to_repeat_and_appeal(rich: Page) -> None:
    """Version, seed, wall, hashes and the way to an appeal close the page."""
    for words in (
        "grader 1.0.0",
        "seed 20261123",
        "namespaces, seccomp, limits",
        "3f9a" * 16,
        "keras 3.15.1",
        "send this file to your instructor",
    ):
        assert words in rich.text


def test_an_answer_that_a_person_reads_is_shown_as_written(rich: Page) -> None:
    """Prose stands as the student wrote it, with no points taken for it yet."""
    assert "You wrote Replace the step by a sigmoid" in rich.text
    assert "? / 2" in rich.text


def test_a_message_that_repeats_the_answer_is_left_out(rich: Page) -> None:
    """Where call, expected and yours are shown, the sentence that says the same is not."""
    assert rich.text.count("W_h.shape: expected (10, 50)") == 0
    assert "Stopped after 120 s in epoch 31 of 100" in rich.text


def test_rendering_stays_light() -> None:
    """Importing the page renderer loads neither TensorFlow nor SymPy nor the terminal's library."""
    code = (
        "import sys; import grader.render.page, grader.render.class_page, grader.render.record; "
        "heavy = {'tensorflow', 'sympy', 'rich', 'latex2mathml', 'keras'}; "
        "print([*heavy & sys.modules.keys()])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_empty_report_is_a_page() -> None:
    """A report without exercises renders, and says that nothing is left to do."""
    made: Report = report()
    assert "0 of 0 exercises pass." in Page(page(made)).text
