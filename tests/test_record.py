"""The JSON record: it loses nothing, it keeps to its schema, and it keeps hidden checks hidden."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pictures import every_evidence, odd_numbers
from rendering import finding, outcome, plain_report, report, result, rich_report

from grader import evidence, model
from grader.errors import GraderError
from grader.evidence import KINDS
from grader.marking import Mark, Review
from grader.model import Outcome, Report, Verdict
from grader.render.record import dump, dumps, load, loads
from grader.render.visibility import NEUTRAL, UNPRINTED, for_student

TEXTS = st.text(st.characters(), max_size=30)  # half surrogates and control characters too
NUMBERS = st.floats()


@cache
def schema() -> dict[str, Any]:
    """Return the schema that the package carries."""
    text = files("grader.render").joinpath("schema", "report-v1.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def complaints(record: object) -> list[str]:
    """Return what the schema has against a record."""
    return [error.message for error in Draft202012Validator(schema()).iter_errors(record)]


def strictly(text: str) -> Any:
    """Read JSON as the standard has it, without NaN and Infinity."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("made", [rich_report(), plain_report(), report()])
def test_a_record_holds_all_of_a_report(made: Report) -> None:
    """What is loaded equals what was dumped, every field of it."""
    assert load(dump(made)) == made
    assert loads(dumps(made)) == made


@given(st.lists(NUMBERS, max_size=5), TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_number_and_no_text_is_lost(values: list[float], shown: str, printed: str) -> None:
    """nan, infinities, half surrogates and control characters come back from strict JSON."""
    line = evidence.plot(shown, evidence.series(printed, values, values))
    made = report(
        result(1, "One", outcome(evidence=(line,), message=shown), printed=printed), student=shown
    )
    text = dumps(made)
    strictly(text)
    assert text.isascii()
    assert dumps(loads(text)) == text


@pytest.mark.parametrize("made", [rich_report(), plain_report()])
def test_records_keep_to_their_schema(made: Report) -> None:
    """The schema has nothing against a record, as the instructor or as the student gets it."""
    Draft202012Validator.check_schema(schema())
    assert complaints(dump(made)) == []
    assert complaints(dump(for_student(made))) == []


def test_numbers_that_json_has_no_words_for_keep_to_the_schema() -> None:
    """Infinities and nan are strings, in a record that the schema accepts."""
    record = dump(report(result(1, "One", outcome(evidence=(odd_numbers(),)))))
    series = record["exercises"][0]["checks"][0]["evidence"][0]["series"][0]
    assert series["ys"] == ["nan", "inf", "-inf", 1.0]
    assert complaints(record) == []


def objects(data: Any) -> list[dict[str, Any]]:
    """Return every JSON object in some data, but for the two that map free names."""
    if isinstance(data, list):
        return [found for part in data for found in objects(part)]
    if not isinstance(data, dict):
        return []
    inner = (part for key, part in data.items() if key not in {"sources", "versions"})
    return [data, *(found for part in inner for found in objects(part))]


def one_of_each() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a short record, and one object of each form in it."""
    veiled = outcome(
        Verdict.PARTLY, findings=(finding("f(1)", "1", "1"), finding("f(2)", "1", "2"))
    )
    source, place = model.Source("f.py", "x = 1\n"), model.Place("f.py", 1)
    line = evidence.plot("Line", evidence.series("line", [1], [2]))
    pictures = (line, *every_evidence()[1:])
    review = Review(1.0, (Mark("An item", -0.5),), ("A comment",))
    veiled = replace(veiled, review=review)
    shown = result(1, "One", outcome(evidence=pictures), veiled, place=place, source=source)
    record = dump(report(shown))
    return record, list({tuple(sorted(found)): found for found in objects(record)}.values())


def test_the_schema_knows_every_key() -> None:
    """A key that the schema does not name is refused, wherever in the record it stands."""
    record, places = one_of_each()
    assert len(places) > 15
    for found in places:
        found["surprise"] = 1
        assert complaints(record), sorted(found)
        del found["surprise"]


LATER = {"review"}  # what records of this version did not have from the start


def test_the_schema_misses_no_key() -> None:
    """A key that is left out is refused, wherever in the record it was, unless it came later."""
    record, places = one_of_each()
    for found in places:
        for key in found.keys() - LATER:
            kept = found.pop(key)
            assert complaints(record), key
            found[key] = kept


def test_a_record_from_before_there_were_reviews_is_read() -> None:
    """A record without reviews keeps to the schema, and loads as one that nobody reviewed."""
    record = dump(plain_report())
    for exercise in record["exercises"]:
        for check in exercise["checks"]:
            del check["review"]
    assert complaints(record) == []
    assert load(record) == plain_report()


def test_the_schema_names_the_words_of_the_nouns() -> None:
    """Verdicts, kinds of evidence and roles are the same words in schema and code."""
    parts = schema()["$defs"]
    assert set(parts["check"]["properties"]["verdict"]["enum"]) == set(Verdict)
    assert [ref["$ref"].removeprefix("#/$defs/") for ref in parts["evidence"]["oneOf"]] == [*KINDS]
    assert parts["role"]["enum"] == list(evidence.Role.__args__)
    for kind, made in KINDS.items():
        assert set(parts[kind]["properties"]) == {one.name for one in dataclasses.fields(made)}
    for noun in (model.Finding, model.Place, Review, model.Source):
        name = noun.__name__.lower()
        assert set(parts[name]["properties"]) == {one.name for one in dataclasses.fields(noun)}


def test_the_names_that_other_programs_rely_on() -> None:
    """The fields of the contract are there under exactly these names."""
    record = dump(rich_report())
    assert record["schema"] == "grader/report/v1"
    assert record.keys() >= {"student", "points", "out_of", "final", "exercises", "provenance"}
    exercise = record["exercises"][1]
    assert exercise.keys() >= {"id", "title", "submitted", "points", "out_of", "problem", "checks"}
    check = exercise["checks"][1]
    assert check.keys() >= {
        *("name", "title", "hidden", "verdict", "points", "out_of"),
        *("message", "diagnosis", "seconds", "findings"),
    }
    assert check["verdict"] == "partly"
    assert (check["points"], check["out_of"]) == (3.0, 4.0)
    assert check["diagnosis"] == "This is OR: it also fires when both inputs are 1."
    assert check["findings"][3].keys() >= {"shown", "expected", "got", "ok"}
    assert record["provenance"].keys() >= {
        *("grader", "course", "sandbox", "seed", "sources", "started", "seconds"),
    }


def test_points_are_computed_and_not_believed() -> None:
    """A record whose sums were changed by hand loads with the points that its verdicts earn."""
    record = dump(plain_report(right=3))
    record["points"] = record["exercises"][5]["points"] = 100.0
    assert load(record).points == 6.0


@pytest.mark.parametrize(
    ("way", "value", "said"),
    [
        ([], "x", "not the record of a report"),
        (["schema"], "grader/report/v0", "grader/report/v0"),
        (["student"], 7, "record at student: expected a value of type str, found int"),
        (
            ["exercises", 1, "checks", 0, "verdict"],
            "great",
            "exercises.1.checks.0.verdict: expected",
        ),
        (
            ["exercises", 1, "checks", 0, "out_of"],
            "two",
            "exercises.1.checks.0.out_of: expected a n",
        ),
        (["exercises", 0, "submitted"], 1, "exercises.0.submitted: expected a value of type bool"),
        (["exercises"], {}, "exercises: expected a value of type list, found dict"),
        (["exercises", 4, "checks", 1, "evidence", 0, "png"], "!", "png: expected base64 text"),
        (
            ["exercises", 4, "checks", 1, "evidence", 0, "kind"],
            "film",
            "evidence.0.kind: expected one",
        ),
        (["provenance", "seed"], True, "provenance.seed: expected a value of type int, found bool"),
        (["exercises", 9, "source", "lines"], [[1]], "source.lines.0: expected 2 values in a row"),
    ],
)
def test_a_damaged_record_is_refused_with_its_place(
    way: list[Any], value: object, said: str
) -> None:
    """Where a record does not fit, the error names the place and the next step."""
    record: Any = {"top": dump(rich_report())}
    inner = record
    *steps, last = ["top", *way]
    for step in steps:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(GraderError) as refused:
        load(record["top"])
    assert said in str(refused.value)
    assert "grade the submission again" in str(refused.value)


def test_what_is_not_json_is_refused() -> None:
    """Half a file is an error that says so, not a traceback."""
    with pytest.raises(GraderError, match="not JSON"):
        loads(dumps(plain_report())[:-40])


def test_students_see_nothing_of_hidden_checks_but_how_they_ended() -> None:
    """Of a hidden check remain name, title, verdict and points; the record holds no secret."""
    made = rich_report()
    seen = for_student(made)
    assert "secret" in dumps(made)
    assert "secret" not in dumps(seen)
    failed = seen.results[1].outcomes[3]
    assert (failed.title, failed.verdict, failed.points) == ("No neuron is unused", "failed", 0.0)
    assert failed.message == NEUTRAL


@pytest.mark.parametrize("verdict", list(Verdict))
def test_hiding_changes_no_points(verdict: Verdict) -> None:
    """A hidden check earns what it earned, partly right ones included."""
    findings = (
        finding("secret(1)", "1", "1", weight=0.7, evidence=(odd_numbers(),)),
        finding("secret(2)", "1", "0", diagnosis="secret", subject="secret", weight=2.0),
        finding("secret(3)", "1", "1", weight=0.1),
    )
    hidden = outcome(
        verdict, hidden=True, out_of=3.0, findings=findings, hints=("secret",), seconds=2.0
    )
    made = report(result(1, "One", hidden, outcome(Verdict.FAILED, findings=findings)))
    seen = for_student(made)
    veiled: Outcome = seen.results[0].outcomes[0]
    assert (seen.points, seen.out_of, seen.final) == (made.points, made.out_of, made.final)
    assert veiled.points == hidden.points
    assert "secret" not in repr(veiled)
    assert seen.results[0].outcomes[1] == made.results[0].outcomes[1]


def test_what_hidden_checks_make_a_student_print_is_hidden_too() -> None:
    """Printing one's arguments does not give hidden inputs away; a note says what is missing."""
    hidden = result(1, "One", outcome(hidden=True), printed="secret input 41")
    open_one = result(2, "Two", outcome(), printed="hello")
    seen = for_student(report(hidden, open_one))
    assert seen.results[0].printed == ""
    assert seen.results[0].notes == (UNPRINTED,)
    assert seen.results[1].printed == "hello"


def test_hiding_twice_is_hiding_once() -> None:
    """Every step on a report's way may hide, and a report without hidden checks stays as it is."""
    once = for_student(rich_report())
    assert for_student(once) == once
    assert for_student(plain_report()) == plain_report()
