"""Formats for other programs: each keeps the rules that its reader publishes, whatever is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hostile_words import HOSTILE, poisoned
from markdown_it import MarkdownIt
from published_rules import CLASSROOM50, EXERCISM, GRADESCOPE, PRAIRIELEARN, junit_faults
from rendering import PROVENANCE, finding, outcome, plain_report, report, result, rich_report

from grader.model import Report, Verdict
from grader.render.classroom50 import NEEDS, classroom50
from grader.render.exercism import exercism
from grader.render.formats import FORMATS
from grader.render.github import LARGEST, annotation_lines, summary
from grader.render.gradescope import gradescope
from grader.render.junit import junit
from grader.render.markdown import markdown
from grader.render.prairielearn import prairielearn

RUNNER = dict.fromkeys(NEEDS, "https://example.edu/nn-101") | {"SUBMISSION_TAG": "submit/2026-a1"}
STAMPED = {"owner": "amina", "assignment_type": "individual"}  # by Classroom 50's runner
SECRETS = ("secret_input(41)", "secret 42", "secret 43", "secret message", "training …")
CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

Render = Callable[[Report], str]


def for_classroom(one: Report) -> str:
    """Render as the runner of Classroom 50 asks for it."""
    return classroom50(one, RUNNER)


def for_jobs(one: Report) -> str:
    """Render the summary of a job."""
    return summary([one])


def as_annotations(one: Report) -> str:
    """Render annotations."""
    return annotation_lines([one])


EVERY: dict[str, Render] = {
    "junit": junit,
    "markdown": markdown,
    "gradescope": gradescope,
    "classroom50": for_classroom,
    "exercism": exercism,
    "prairielearn": prairielearn,
    "summary": for_jobs,
    "annotations": as_annotations,
}
JSON: dict[str, tuple[Render, Any]] = {
    "gradescope": (gradescope, GRADESCOPE),
    "classroom50": (for_classroom, CLASSROOM50),
    "exercism": (exercism, EXERCISM),
    "prairielearn": (prairielearn, PRAIRIELEARN),
}


def sound(one: Report) -> Report:
    """Take the exercise whose checker broke out of a report."""
    broken = [r for r in one.results if any(o.verdict is Verdict.BROKEN for o in r.outcomes)]
    return replace(one, results=tuple(r for r in one.results if r not in broken))


def read(name: str, text: str) -> Any:
    """Read a JSON format as its platform does, and hold it against the platform's schema."""
    record = json.loads(text)
    whole = record | STAMPED if name == "classroom50" else record
    jsonschema.validate(whole, JSON[name][1])
    return record


def of_file_that_does_not_load() -> Report:
    """Make a report on one exercise whose file has a syntax error."""
    skipped = (outcome(Verdict.SKIPPED, title="First"), outcome(Verdict.SKIPPED, title="Second"))
    return report(result(8, "Backpropagation", *skipped, problem="SyntaxError: no (", printed="?"))


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> Report:
    """A report every text of which is hostile; only the instant is the grader's own."""
    made = poisoned(sound(rich_report()), HOSTILE[request.param])
    return replace(made, provenance=replace(made.provenance, started=PROVENANCE.started))


@pytest.mark.parametrize("name", JSON)
def test_json_keeps_the_published_schema(name: str) -> None:
    """Rich, plain, broken and unloadable reports all give what the platform reads."""
    render = JSON[name][0]
    for one in (rich_report(), sound(rich_report()), plain_report(), of_file_that_does_not_load()):
        read(name, render(one))


@pytest.mark.parametrize("name", JSON)
def test_json_keeps_the_schema_whatever_students_write(name: str, hostile: Report) -> None:
    """Hostile words change no key, no length and no encoding, and the file stays under 1 MB."""
    text = JSON[name][0](hostile)
    read(name, text)
    assert len(text.encode()) < 1_000_000
    assert not CODES.search("".join(strings(json.loads(text))))


def strings(tree: Any) -> list[str]:
    """Return every text in a JSON tree."""
    if isinstance(tree, str):
        return [tree]
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    return [text for part in inside for text in strings(part)]


def test_junit_keeps_the_rules_whatever_students_write(hostile: Report) -> None:
    """It parses, nothing in it is unknown, and no two cases of a suite share a name."""
    for one in (rich_report(), of_file_that_does_not_load(), hostile):
        root = ET.fromstring(junit(one).encode())
        assert junit_faults(root) == []
        assert len(root) == len(one.results)
        for suite in root:
            names = [case.attrib["name"] for case in suite]
            assert len(set(names)) == len(names) == int(suite.attrib["tests"])


def test_junit_counts_what_it_lists() -> None:
    """The counts of a suite are those of its cases, and those of the whole their sums."""
    root = ET.fromstring(junit(rich_report()))
    for kind, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        told = [int(suite.attrib[kind]) for suite in root]
        assert told == [len(suite.findall(f"testcase/{element}")) for suite in root]
        assert int(root.attrib[kind]) == sum(told) > 0


def test_a_file_that_does_not_load_is_an_error_once() -> None:
    """The reason stands on the first check, the others were not checked, and no format passes."""
    one = of_file_that_does_not_load()
    first, second = ET.fromstring(junit(one)).iter("testcase")
    assert [child.tag for child in (*first, *second)] == ["error", "system-out", "skipped"]
    assert "SyntaxError" in first[0].attrib["message"]
    assert read("exercism", exercism(one))["status"] == "error"
    assert read("prairielearn", prairielearn(one))["gradable"] is False
    assert annotation_lines([one]).count("::error") == 1


def test_what_was_not_handed_in_is_no_pass() -> None:
    """An absent exercise fails once in every format."""
    one = report(result(9, "Hyperparameters", outcome(Verdict.SKIPPED), submitted=False))
    assert ET.fromstring(junit(one)).attrib["failures"] == "1"
    assert read("exercism", exercism(one))["status"] == "fail"
    assert read("prairielearn", prairielearn(one))["gradable"] is False
    assert read("gradescope", gradescope(one))["score"] == 0
    assert "not handed in" in markdown(one)


@pytest.mark.parametrize("name", EVERY)
def test_no_format_shows_what_hidden_checks_look_at(name: str) -> None:
    """A hidden check leaves its title and nothing of its inputs, values or words."""
    text = EVERY[name](sound(rich_report()))
    assert "No neuron is unused" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_gradescope_gives_points_and_shows_every_test() -> None:
    """The score is the report's; a test that awaits a person has none; all are visible."""
    one = sound(rich_report())
    record = read("gradescope", gradescope(one))
    assert record["score"] == one.points
    assert "Two files named `xor.py` were handed in" in record["output"]
    assert {test["visibility"] for test in record["tests"]} == {"visible"}
    scored = [test for test in record["tests"] if "score" in test]
    assert sum(test["max_score"] for test in scored) == one.out_of - 2
    assert [test["number"] for test in record["tests"]][:3] == ["1.1", "1.2", "2.1"]


def test_gradescope_gives_no_score_where_a_checker_broke() -> None:
    """One test says that the grader failed; no score, not even 0, is anywhere in the file."""
    text = gradescope(rich_report())
    (only,) = read("gradescope", text)["tests"]
    assert only["name"] == "The grader failed; your instructor has been told"
    assert '"score"' not in text


def test_classroom50_counts_in_whole_numbers() -> None:
    """Scores are sums of their tests, in hundredths where a report has fractions."""
    third = outcome(
        Verdict.PARTLY,
        out_of=1.0,
        findings=(finding("f(1)", "1", "1"), finding("f(2)", "2", "3"), finding("f(3)", "3", "4")),
    )
    for one, unit in ((plain_report(right=6), 1), (report(result(1, "Thirds", third, third)), 100)):
        record = read("classroom50", for_classroom(one))
        for total in ("score", "max-score"):
            assert record[total] == sum(test[total] for test in record["tests"])
        assert record["max-score"] == unit * one.out_of
        assert abs(record["score"] - unit * one.points) < 1
        names = [test["test-name"] for test in record["tests"]]
        assert len(set(names)) == len(names)
        assert max(len(name.encode()) for name in names) <= 100


def test_exercism_lists_checks_in_order_with_their_task() -> None:
    """Students see the first failure, so the order is the course's and the task the exercise."""
    record = read("exercism", exercism(sound(rich_report())))
    tasks = [test["task_id"] for test in record["tests"]]
    assert tasks == sorted(tasks)
    assert record["status"] == "fail"
    assert read("exercism", exercism(plain_report()))["status"] == "pass"


def test_prairielearn_takes_no_attempt_for_our_fault() -> None:
    """A broken checker is not gradable; otherwise the score is the share of the points."""
    assert read("prairielearn", prairielearn(rich_report()))["gradable"] is False
    assert read("prairielearn", prairielearn(plain_report(right=6)))["score"] == 0.6


def test_annotations_are_nine_and_a_notice(hostile: Report) -> None:
    """GitHub keeps ten of a step: nine, each one line and one command, and how many more."""
    for one in (rich_report(), hostile):
        lines = annotation_lines([one]).split("\n")[:-1]
        assert len(lines) == 10
        assert lines[-1] == f"::notice::{'6' if one is not hostile else '5'} more in the summary"
        for line in lines[:-1]:
            assert re.fullmatch(
                r"::(?:error|warning) (?:file=[^:,]*,(?:line=\d+,endLine=\d+,)?)?title=[^:,]*::.*",
                line,
            )


def test_annotations_stand_at_the_line_or_name_the_cell() -> None:
    """A Python file gets its line; a notebook only its name, and the cell in the text."""
    text = annotation_lines([rich_report()])
    assert "::error file=shapes.py,line=61,endLine=61,title=Q6%3A Hidden weights" in text
    assert "::error file=exercises.ipynb,title=" in text
    assert "::exercises.ipynb, cell 22, line 9: return z * (1 - z)%0A" in text


def test_annotations_of_a_class_name_students_and_no_files() -> None:
    """Files of several students would be taken for files of the repository."""
    text = annotation_lines([plain_report("ann", right=9), plain_report("bob", right=9)])
    assert "title=ann%2C Q10%3A" in text
    assert "title=bob%2C Q10%3A" in text
    assert "file=" not in text


def test_annotations_escape_what_github_reads_as_syntax() -> None:
    """Percent signs, line ends, colons and commas of a student stay text."""
    wrong = outcome(Verdict.ERROR, title="50 %, or: less", message="100 %\n::error::mine")
    assert annotation_lines([report(result(1, "One", wrong))]) == (
        "::error title=Q1%3A 50 %25%2C or%3A less::100 %25%0A::error::mine\n"
    )


def tokens(text: str) -> list[tuple[str, str]]:
    """Return what a reader of CommonMark, tables included, makes of a text: kinds and words."""
    found = []
    for block in MarkdownIt("commonmark").enable("table").parse(text):
        found += [(token.type, token.content) for token in (block, *(block.children or []))]
    return found


def test_markdown_holds_no_markup_of_a_student(hostile: Report) -> None:
    """No link, picture or HTML comes of hostile words, and no heading that is not ours."""
    kinds = [kind for kind, _ in tokens(markdown(hostile))]
    assert not {"html_block", "html_inline", "link_open", "image", "hr"} & set(kinds)
    open_ = [one for one in hostile.results if not one.passed]
    assert kinds.count("heading_open") == 1 + len(open_)
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 1 + len(hostile.results)


def test_the_summary_holds_no_markup_of_a_student(hostile: Report) -> None:
    """The only HTML is the fold around each exercise, and it always ends."""
    found = tokens(summary([hostile]))
    html = [text.strip() for kind, text in found if kind.startswith("html_")]
    assert {re.sub("<summary>.*", "", text) for text in html} == {"<details>", "</details>"}
    assert all(text.count("<") in {1, 3} for text in html)
    assert not {"link_open", "image"} & {kind for kind, _ in found}


@pytest.mark.parametrize("words", ["@team", "https://evil.example", "see #12", "www.evil.example"])
def test_words_that_github_links_become_code(words: str) -> None:
    """A mention in a student's exception notifies nobody, and an address is no link."""
    wrong = outcome(Verdict.ERROR, message=f"It raised {words} and stopped")
    kinds = tokens(markdown(report(result(1, "One", wrong))))
    assert ("code_inline", words.rsplit(maxsplit=1)[-1]) in kinds


def test_a_summary_stays_under_the_limit_of_github() -> None:
    """Whole exercises are left out at the end and counted; nothing is cut in the middle."""
    text = summary([plain_report(f"student-{number}", right=0) for number in range(500)])
    assert LARGEST - 2000 < len(text.encode()) < LARGEST + 100
    assert text.count("<details>") == text.count("</details>")
    assert re.search(r"\n\d+ more parts have no room here", text)


def test_every_format_ends_its_files_in_its_own_way() -> None:
    """Two formats of one student never write the same file."""
    endings = [one.ending for one in FORMATS.values()]
    assert len(set(endings)) == len(endings)
