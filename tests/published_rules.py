"""What the platforms publish about the files that they read, as schemas and tables to test with.

JUnit: the attributes and elements of the schema that the xUnit plug-in of Jenkins checks with
(junit-10.xsd), and ``file`` and ``line``, which GitLab and the GitHub actions read besides.
Classroom 50: its schema result-v1.  Gradescope: "Autograder specifications", output format.
Exercism: "The test runner interface", version 3.  PrairieLearn: "External grading", results.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

TEXT = {"type": "string"}
NAME = {"type": "string", "minLength": 1}
WHOLE = {"type": "integer", "minimum": 0}
NUMBER = {"type": "number"}


def _closed(required: list[str], **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


CLASSROOM50 = _closed(
    [
        *("schema", "classroom", "assignment", "assignment_type", "owner", "submission"),
        *("commit", "release", "review", "datetime", "score", "max-score", "tests"),
    ],
    **{
        "schema": {"const": "classroom50/result/v1"},
        **dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), NAME),
        "assignment_type": {"enum": ["individual", "group"]},
        "submission": {"type": "string", "pattern": "^submit/"},
        "datetime": {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$",
        },
        "score": WHOLE,
        "max-score": WHOLE,
        "tests": _list(
            {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": NAME,
                    "passed": {"type": "boolean"},
                    "score": WHOLE,
                    "max-score": WHOLE,
                },
            }
        ),
    },
)

_VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}

GRADESCOPE = _closed(
    ["tests"],
    score=NUMBER,
    execution_time=NUMBER,
    output=TEXT,
    output_format=_FORMAT,
    test_output_format=_FORMAT,
    test_name_format=_FORMAT,
    visibility=_VISIBILITY,
    stdout_visibility=_VISIBILITY,
    extra_data={"type": "object"},
    tests=_list(
        _closed(
            ["name"],
            score=NUMBER,
            max_score=NUMBER,
            status={"enum": ["passed", "failed"]},
            name=TEXT,
            name_format=_FORMAT,
            number=TEXT,
            output=TEXT,
            output_format=_FORMAT,
            tags=_list(TEXT),
            visibility=_VISIBILITY,
            extra_data={"type": "object"},
        )
    ),
    leaderboard=_list(_closed(["name", "value"], name=TEXT, value={}, order=TEXT)),
)

_STATUS = {"enum": ["pass", "fail", "error"]}

EXERCISM = {
    **_closed(
        ["version", "status", "tests"],
        version={"const": 3},
        status=_STATUS,
        message={"type": ["string", "null"], "maxLength": 65_535},
        tests=_list(
            _closed(
                ["name", "status", "test_code"],
                name=NAME,
                test_code=TEXT,
                status=_STATUS,
                message={"type": ["string", "null"], "maxLength": 65_535},
                output={"type": "string", "maxLength": 500},
                task_id={"type": "integer"},
            )
        ),
    ),
    "if": {"properties": {"status": {"const": "error"}}},
    "then": {"properties": {"message": NAME}, "required": ["message"]},
    "else": {"properties": {"message": {"type": "null"}}},
}

PRAIRIELEARN = {
    "type": "object",
    "required": ["gradable"],
    "if": {"properties": {"gradable": {"const": False}}},
    "then": {"required": ["format_errors"]},
    "else": {"required": ["score"]},
    "properties": {
        "gradable": {"type": "boolean"},
        "format_errors": {"type": ["string", "array"], "items": NAME},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "message": TEXT,
        "output": TEXT,
        "tests": _list(
            {
                "type": "object",
                "required": ["name", "points", "max_points"],
                "properties": {
                    "name": NAME,
                    "description": TEXT,
                    "points": NUMBER,
                    "max_points": NUMBER,
                    "message": TEXT,
                    "output": TEXT,
                },
            }
        ),
    },
}

_COUNTS = {"tests", "failures", "errors"}
_SAID = ({"type", "message"}, set(), set())
# Element: the attributes it may have, those it must have, and the elements it may hold.
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "time", *_COUNTS, "skipped"}, set(), {"testsuite"}),
    "testsuite": (
        {"name", *_COUNTS, "skipped", "time", "timestamp", "hostname", "id", "package", "file"},
        {"name", *_COUNTS},
        {"testcase", "properties", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "classname", "time", "file", "line"},
        {"name", "classname"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": _SAID,
    "error": _SAID,
    "skipped": _SAID,
    "system-out": (set(), set(), set()),
    "system-err": (set(), set(), set()),
}


def junit_faults(element: ET.Element) -> list[str]:
    """Return what an element and all in it break of the rules, none where it keeps them."""
    may, must, inside = JUNIT[element.tag]
    found = [f"{element.tag} has {name}" for name in set(element.attrib) - may]
    found += [f"{element.tag} lacks {name}" for name in must - set(element.attrib)]
    found += [f"{element.tag} holds {child.tag}" for child in element if child.tag not in inside]
    return found + [fault for child in element for fault in junit_faults(child)]
